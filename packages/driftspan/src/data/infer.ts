import { CliError } from '../errors.js';
import { checkedColumn, matches } from './column-names.js';
import { inferredKind } from './infer-kind.js';
import type { ColumnKind } from './kinds.js';
import type { ColumnProfile } from './profile.js';
import { shellWord } from './shell-word.js';

/** What the user says of columns. */
export interface ColumnChoices {
  readonly features: ReadonlyMap<string, { readonly kind: ColumnKind; readonly limit?: number }>;
  /** Names or globs. */
  readonly exclude: readonly string[];
  /** Names or globs; all others are left out. */
  readonly only?: readonly string[];
  /** Names or globs. */
  readonly sensitive: readonly string[];
  readonly label?: string;
  readonly confidence?: string;
  readonly value?: string;
  readonly time?: string;
}

/** What a column is used for, and why. */
export interface InferredColumn {
  readonly name: string;
  readonly type: string;
  /** refused: what it holds can't be counted. */
  readonly use: 'feature' | 'label' | 'confidence' | 'value' | 'time' | 'excluded' | 'refused';
  readonly kind?: ColumnKind;
  readonly limit?: number;
  readonly sensitive: boolean;
  /** One short clause. */
  readonly reason: string;
  readonly profile: ColumnProfile;
}

const ROLES = ['label', 'confidence', 'value', 'time'] as const;
/** Parts of a feature, by its kind; `MAX_FEATURES` of @driftspan/sketch counts them. */
const PARTS: Record<ColumnKind, number> = { numeric: 1, categorical: 1, text: 6, datetime: 2, embedding: 10 };
const MAX_FEATURES = 1000;

/**
 * What each column is used for: what the user says of it, or else what it holds.
 *
 * @throws CliError `ERR_DATA_COLUMN` for a name that is not there, `ERR_DATA_PERSONAL` for columns that look personal and are not named,
 * `ERR_DATA_KIND` for columns that could be two things, `ERR_DATA_COLUMNS` for more features than a model has, or none.
 */
export function inferColumns(profiles: readonly ColumnProfile[], choices: ColumnChoices): readonly InferredColumn[] {
  checkNames(profiles, choices);
  const inferred = profiles.map(profile => inferredColumn(profile, choices));
  checkPersonal(inferred, choices);
  checkKinds(inferred);
  checkCount(inferred);
  return inferred.map(({ problem: _, ...column }) => column);
}

interface Draft extends InferredColumn {
  /** Why its kind can't be told. */
  readonly problem?: string;
}

function checkNames(profiles: readonly ColumnProfile[], choices: ColumnChoices): void {
  const names = profiles.map(({ name }) => name);
  for (const role of ROLES) if (choices[role] !== undefined) checkedColumn(choices[role], names);
  for (const name of choices.features.keys()) checkedColumn(name, names);
  for (const pattern of [...choices.exclude, ...choices.sensitive, ...(choices.only ?? [])]) {
    if (!names.some(name => matches(pattern, name))) checkedColumn(pattern, names);
  }
}

function inferredColumn(profile: ColumnProfile, choices: ColumnChoices): Draft {
  const { name, type } = profile;
  const isNamed = (patterns: readonly string[]) => patterns.some(pattern => matches(pattern, name));
  const sensitive = isNamed(choices.sensitive);
  const column = { name, type, sensitive, profile };
  const role = ROLES.find(candidate => choices[candidate] === name);
  if (role !== undefined) return { ...column, use: role, reason: 'named on the command line' };
  if (isNamed(choices.exclude)) return { ...column, use: 'excluded', reason: 'named on the command line' };
  const given = choices.features.get(name);
  if (given !== undefined) {
    const reason = 'named on the command line';
    const problem = problemOf(profile, given.kind);
    return { ...column, use: 'feature', ...given, reason, ...(problem === undefined ? {} : { problem }) };
  }
  if (choices.only !== undefined && !isNamed(choices.only)) {
    return { ...column, use: 'excluded', reason: 'not among those named' };
  }
  return { ...column, ...inferredKind(profile) };
}

/** Why nothing of a column could be counted as the kind that was asked for. */
function problemOf(profile: ColumnProfile, kind: ColumnKind): string | undefined {
  const { rows, missing, type, numbers, booleans, texts, lists, times } = profile;
  if (missing === rows) return undefined;
  const fits = {
    numeric: numbers + booleans > 0,
    categorical: numbers + booleans + texts > 0,
    text: texts > 0,
    datetime: times + numbers > 0 || type === 'time' || type === 'date',
    embedding: lists > 0,
  }[kind];
  return fits ? undefined : `no value that can be ${kind}`;
}

function checkPersonal(inferred: readonly Draft[], { features }: ColumnChoices): void {
  const personal = inferred.filter(
    ({ name, use, sensitive, profile }) =>
      use === 'feature' && profile.looksPersonal !== undefined && !sensitive && !features.has(name),
  );
  if (personal.length === 0) return;
  const list = personal.map(({ name, profile }) => `${name} (${profile.looksPersonal})`).join(', ');
  const names = personal.map(({ name }) => name);
  throw new CliError(
    'ERR_DATA_PERSONAL',
    'columns',
    list,
    'columns that tell of no person, or to be told what to do with them',
    {
      hint: `leave them out with ${flags('--exclude', names)}, or count them without their values in the file, as with --sensitive ${shellWord(names[0]!)}`,
    },
  );
}

function checkKinds(inferred: readonly Draft[]): void {
  const unclear = inferred.filter(({ problem }) => problem !== undefined);
  if (unclear.length === 0) return;
  const list = unclear.map(({ name, problem }) => `${name}: ${problem}`).join('; ');
  const first = shellWord(unclear[0]!.name);
  throw new CliError('ERR_DATA_KIND', 'columns', list, 'a kind for each', {
    hint: `say what they are, as --feature ${first}:numeric or --feature ${first}:categorical, or leave them out with ${flags(
      '--exclude',
      unclear.map(({ name }) => name),
    )}`,
  });
}

function checkCount(inferred: readonly Draft[]): void {
  const features = inferred.filter(({ use }) => use === 'feature');
  const parts = features.reduce((sum, { kind }) => sum + PARTS[kind!], 0);
  if (parts > MAX_FEATURES) {
    throw new CliError('ERR_DATA_COLUMNS', 'columns', `${parts} features, parts counted`, `at most ${MAX_FEATURES}`, {
      hint: "choose some with --only 'a,b,c', or leave some out with --exclude 'x_*'",
    });
  }
  if (inferred.some(({ use }) => use !== 'excluded' && use !== 'refused' && use !== 'time')) return;
  const reasons = inferred.slice(0, 5).map(({ name, reason }) => `${name}: ${reason}`);
  const more = inferred.length > 5 ? '; …' : '';
  const delimiter = inferred.length === 1 ? '. If it is several columns, name what is between them: --delimiter' : '';
  throw new CliError('ERR_DATA_COLUMNS', 'columns', 'none that can be a feature', 'at least one', {
    hint: `${reasons.join('; ')}${more}${delimiter}`,
  });
}

function flags(flag: string, names: readonly string[]): string {
  return names.map(name => `${flag} ${shellWord(name)}`).join(' ');
}
