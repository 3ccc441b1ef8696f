import type { InferredColumn } from './infer.js';
import type { ColumnProfile } from './profile.js';
import { shellWord } from './shell-word.js';

export interface InferredKind extends Pick<InferredColumn, 'use' | 'kind' | 'reason'> {
  /** Why its kind can't be told. */
  readonly problem?: string;
}

/** From this share on the few others are a fault of the data, and count as invalid. */
const NEARLY_ALL = 0.99;
/** Of a column of several types: within 10 to 90 % nobody can say which are the faults. */
const MOST = 0.9;
/** A CSV column of fewer numbers is one of texts, some of which happen to be numbers. */
const HALF = 0.5;
/** Distinct values, of those that are there: approximate counts are off by a few per cent. */
const NEARLY_DISTINCT = 0.9;
/** Below this many values, that all differ says nothing. */
const ENOUGH_VALUES = 20;
/** Whole numbers of fewer different ones may be codes. */
const FEW_NUMBERS = 50;
/** Characters of a text that somebody wrote, on average; shorter ones are names of something. */
const FREE_TEXT_LENGTH = 25;
/** On average, with or without spaces: no category has so long a name. */
const LONG_TEXT_LENGTH = 100;
const LONGEST_NAME = 256;
const OUTPUT_NAMES = ['prediction.label', 'prediction.confidence', 'prediction.value'];

/** What a column that nobody named is used for, by what it holds. Numbers are never taken for categories without a word of the user. */
export function inferredKind(profile: ColumnProfile): InferredKind {
  const { name, type, rows, missing, nested, lists, booleans } = profile;
  const present = rows - missing;
  if (name === '' || name === '__proto__' || name.length > LONGEST_NAME || OUTPUT_NAMES.includes(name)) {
    return excluded('a name that no feature can have');
  }
  if (present === 0) return excluded('no value in any row');
  if (type === 'time' || type === 'date') return feature('datetime', 'times');
  if (lists >= NEARLY_ALL * present) return listKind(profile);
  if (type === 'other' || nested > (1 - MOST) * present)
    return { use: 'refused', reason: 'nested values, which nothing counts' };
  if (booleans === present) return feature('categorical', 'true or false');
  return type === 'mixed' ? mixedKind(profile, present) : plainKind(profile, present);
}

function listKind({ listLengths }: ColumnProfile): InferredKind {
  const [shortest, longest] = listLengths!;
  if (shortest === longest) return feature('embedding', `lists of ${shortest} numbers`);
  return { use: 'refused', reason: `lists of ${shortest} to ${longest} numbers, no vectors` };
}

/** Of JSON: values of several types in one column. */
function mixedKind(profile: ColumnProfile, present: number): InferredKind {
  const { numbers, texts } = profile;
  const share = numbers / present;
  if (share >= MOST)
    return feature('numeric', `numbers; ${shareOf(1 - share)} of the values are none and count as invalid`);
  if (share > 1 - MOST) return unclear(`${shareOf(share)} numbers among other values`);
  const others = `values of several types, by their text`;
  return texts >= MOST * present ? textKind(profile, present) : feature('categorical', others);
}

function plainKind(profile: ColumnProfile, present: number): InferredKind {
  const { numbers, leadingZeros } = profile;
  const share = numbers / present;
  if (share < HALF) return textKind(profile, present);
  if (leadingZeros > (1 - NEARLY_ALL) * present) return feature('categorical', 'numbers with leading zeros: codes');
  if (share >= NEARLY_ALL) return numberKind(profile, present);
  return unclear(`${shareOf(share)} of the values read as numbers`);
}

function numberKind(profile: ColumnProfile, present: number): InferredKind {
  const { name, numbers, wholes, distinct, min, max } = profile;
  const isWhole = wholes === numbers;
  if (isWhole && isIdName(name) && present >= ENOUGH_VALUES && distinct >= NEARLY_DISTINCT * present) {
    return excluded('every value differs: an identifier');
  }
  if (min === max) return feature('numeric', 'numbers, always the same one');
  const odd =
    numbers < present ? `; ${shareOf(1 - numbers / present)} of the values are none and count as invalid` : '';
  if (isWhole && isEpochMs(min!, max!)) {
    return feature(
      'numeric',
      `numbers${odd}; they look like times: --time-column, or --feature ${shellWord(name)}:datetime`,
    );
  }
  if (isWhole && distinct > 2 && distinct <= FEW_NUMBERS) {
    const code = `${distinct} different whole ones: --feature ${shellWord(name)}:categorical if they are names of something`;
    return feature('numeric', `numbers${odd}; ${code}`);
  }
  return feature('numeric', `numbers${odd}`);
}

function textKind(profile: ColumnProfile, present: number): InferredKind {
  const { times, texts, distinct, meanLength = 0, spaced } = profile;
  if (times >= NEARLY_ALL * present) return feature('datetime', 'times in ISO 8601');
  if (times >= HALF * present) return unclear(`${shareOf(times / present)} of the values are times`);
  const isManifold = distinct >= HALF * texts && present >= ENOUGH_VALUES;
  const isWritten = isManifold && spaced >= HALF * texts && meanLength >= FREE_TEXT_LENGTH;
  if (isWritten || meanLength >= LONG_TEXT_LENGTH)
    return feature('text', `texts of ${Math.round(meanLength)} characters on average`);
  if (isManifold && distinct >= NEARLY_DISTINCT * present) return excluded('nearly every value differs: an identifier');
  if (distinct === 1) return feature('categorical', 'text, always the same one');
  return feature('categorical', `text, ${distinct} categories`);
}

/** `id`, `flight_id`, `flightId`, `uuid`, `row_number`; what pandas writes for an index has no name, or `Unnamed: 0`. */
function isIdName(name: string): boolean {
  return (
    /(^|[^a-z])(ids?|uuid|guid|key|index|idx|row(num(ber)?)?)$/i.test(name) ||
    /[a-z](Id|ID)$/.test(name) ||
    /^unnamed/i.test(name)
  );
}

/** Milliseconds from 2001 to 2100. */
function isEpochMs(min: number, max: number): boolean {
  return min >= 978_307_200_000 && max <= 4_102_444_800_000;
}

function feature(kind: NonNullable<InferredColumn['kind']>, reason: string): InferredKind {
  return { use: 'feature', kind, reason };
}

function excluded(reason: string): InferredKind {
  return { use: 'excluded', reason };
}

function unclear(problem: string): InferredKind {
  return { use: 'refused', reason: problem, problem };
}

/** `12 %`, `0.3 %`; never 0 % for what is there. */
function shareOf(share: number): string {
  const percent = share * 100;
  if (percent < 0.1) return 'under 0.1 %';
  return `${percent < 10 || percent > 99 ? percent.toFixed(1) : Math.round(percent)} %`;
}
