import {
  type Baseline,
  categorical,
  dateTime,
  defineModel,
  embedding,
  type Feature,
  type ModelSpec,
  numeric,
  text,
} from '@driftspan/sketch';
import { checkedColumn } from './column-names.js';
import type { Cursor } from './cursor.js';
import type { ColumnChoices, InferredColumn } from './infer.js';
import type { ColumnKind } from './kinds.js';
import type { DataSource } from './source.js';

export interface PlannedFeature {
  readonly name: string;
  /** undefined: not in the file, every value is missing. */
  readonly column: string | undefined;
  readonly kind: ColumnKind;
  readonly limit?: number;
  readonly sensitive?: boolean;
  /** Of an embedding. */
  readonly projections?: number;
}

/** Which columns are read, and as what. */
export interface ReadPlan {
  readonly features: readonly PlannedFeature[];
  readonly label?: string;
  readonly confidence?: string;
  readonly value?: string;
  readonly time?: string;
}

/** What learning a baseline reads: every column that was found to be a feature, an output or the time. */
export function planOf(inferred: readonly InferredColumn[]): ReadPlan {
  const features = inferred
    .filter(({ use }) => use === 'feature')
    .map(({ name, kind, limit, sensitive }) => ({
      name,
      column: name,
      kind: kind!,
      ...(limit === undefined ? {} : { limit }),
      ...(sensitive ? { sensitive } : {}),
    }));
  const roles = inferred.filter(
    ({ use }) => use === 'label' || use === 'confidence' || use === 'value' || use === 'time',
  );
  return { features, ...Object.fromEntries(roles.map(({ use, name }) => [use, name])) };
}

/**
 * What a comparison with a baseline reads: its features, of the kinds it has, off the columns of those names. Parts are found again as what they are
 * measured of: `note.length`, `note.words`, … as the text of a column `note`, unless the file has the parts themselves. `choices`
 * says of outputs and the time alone.
 *
 * `absent` are columns that the file has not: all their values will count as missing. `extra` are columns that nobody reads.
 *
 * @throws CliError `ERR_DATA_COLUMN` for an output or a time that is not there.
 */
export function planFor(
  baseline: Baseline,
  source: Pick<DataSource, 'columns'>,
  choices: Partial<Pick<ColumnChoices, 'label' | 'confidence' | 'value' | 'time'>>,
): { plan: ReadPlan; absent: readonly string[]; extra: readonly string[] } {
  const names = source.columns.map(({ name }) => name);
  const roles = (['label', 'confidence', 'value', 'time'] as const).flatMap(role => {
    const given = choices[role];
    return given === undefined ? [] : [[role, checkedColumn(given, names)] as const];
  });
  const there = new Set(names);
  const features = featuresOf(baseline, there).map(feature =>
    there.has(feature.name) ? feature : { ...feature, column: undefined },
  );
  const read = new Set([...features.map(({ column }) => column), ...roles.map(([, name]) => name)]);
  return {
    plan: { features, ...Object.fromEntries(roles) },
    absent: features.filter(({ column }) => column === undefined).map(({ name }) => name),
    extra: names.filter(name => !read.has(name)),
  };
}

const TEXT_PARTS = ['length', 'words', 'punctuation', 'digits', 'nonAscii', 'repeated'];
const TIME_PARTS = ['hour', 'weekday'];
const VECTOR_PARTS = ['dimensions', 'norm'];

function featuresOf({ features }: Baseline, there: ReadonlySet<string>): readonly PlannedFeature[] {
  const kinds = new Map(features.map(({ name, kind }) => [name, kind]));
  const measurable = (part: string) => kinds.get(part) === 'numeric' && !there.has(part);
  const planned: PlannedFeature[] = [];
  const taken = new Set<string>();
  for (const { name, kind, sensitive } of features) {
    if (taken.has(name)) continue;
    const marks = sensitive === true ? { sensitive: true } : {};
    const measured = measurable(name) ? measuredOf(name, measurable) : undefined;
    if (measured === undefined) planned.push({ name, column: name, kind, ...marks });
    else {
      const { parts, ...feature } = measured;
      planned.push({ ...feature, column: feature.name, ...marks });
      for (const part of parts) taken.add(part);
    }
  }
  return planned;
}

/** What a feature is the first part of, if all the others are there too. */
function measuredOf(
  first: string,
  measurable: (part: string) => boolean,
): { name: string; kind: ColumnKind; projections?: number; parts: readonly string[] } | undefined {
  for (const [kind, parts] of [
    ['text', TEXT_PARTS],
    ['datetime', TIME_PARTS],
    ['embedding', VECTOR_PARTS],
  ] as const) {
    const name = first.slice(0, -(parts[0]!.length + 1));
    if (name === '' || first !== `${name}.${parts[0]}`) continue;
    const all = parts.map(part => `${name}.${part}`);
    if (!all.every(measurable)) continue;
    if (kind !== 'embedding') return { name, kind, parts: all };
    let projections = 0;
    while (measurable(`${name}.projection.${projections}`)) all.push(`${name}.projection.${projections++}`);
    return { name, kind, projections, parts: all };
  }
  return undefined;
}

export interface ModelIdentity {
  readonly name: string;
  readonly version: string;
  readonly transforms?: string;
  readonly task?: NonNullable<ModelSpec<Cursor>['task']>;
  readonly joint?: boolean;
  readonly sensitiveKey?: string | Uint8Array;
}

/**
 * The model whose features read the row that {@link readRows} of the same plan gives.
 *
 * @throws SketchError `ERR_MODEL` as `defineModel` does.
 */
export function modelOf(plan: ReadPlan, identity: ModelIdentity): ModelSpec<Cursor> {
  const features = plan.features.map((feature, k) => [feature.name, declared(feature, k)] as const);
  return defineModel<Cursor>({ ...identity, features: Object.fromEntries(features) });
}

/** Features of one form share one function's code, so that reading stays monomorphic. */
function declared({ kind, limit, sensitive = false, projections }: PlannedFeature, k: number): Feature<Cursor> {
  const number = ({ numbers, at }: Cursor) => numbers[k]![at];
  // biome-ignore lint/suspicious/noExplicitAny: what the cells of this kind hold, see `Cells`
  const value = ({ values, at }: Cursor): any => values[k]![at];
  switch (kind) {
    case 'numeric':
      return numeric<Cursor>({ select: number, sensitive });
    case 'datetime':
      return dateTime<Cursor>({ select: number, sensitive });
    case 'categorical':
      return categorical<Cursor>({ select: value, sensitive, ...(limit === undefined ? {} : { limit }) });
    case 'text':
      return text<Cursor>({ select: value, sensitive });
    case 'embedding':
      return embedding<Cursor>({ select: value, sensitive, ...(projections === undefined ? {} : { projections }) });
  }
}
