import type { PlainNumericBaseline } from '@driftspan/sketch';

/** How numbers lie: bins with their counts, and the ends. As `CountedFeature` tells of a sample. */
export interface Spread {
  readonly cuts: readonly number[];
  readonly counts: readonly number[];
  readonly min: number;
  readonly max: number;
}

interface Conversion {
  /** Ends the sentence "The numbers look …". */
  readonly words: string;
  /** From the sample's unit to training's. */
  readonly convert: (value: number) => number;
}

/** With fewer values than this, some conversion would fit by chance. */
const FEWEST_VALUES = 30;
/** As they are the numbers must lie this far from training's, and converted this near: distances of Kolmogorov and Smirnov, from 0 to 1. */
const FAR = 0.5;
const NEAR = 0.1;
/** The next best conversion is this much worse: else several fit, and the guess would be one. */
const APART = 0.15;

/** A factor, what is usually meant where the numbers are too large by it, and where they are too small. */
const FACTORS = [
  [10, 'tenths for wholes', 'tens for ones'],
  [100, 'percent for shares, or cents for the currency', 'shares for percent, or the currency for cents'],
  [1000, 'grams for kilograms, or milliseconds for seconds', 'kilograms for grams, or seconds for milliseconds'],
  [1e6, 'microseconds for seconds', 'seconds for microseconds'],
  [60, 'minutes for hours, or seconds for minutes', 'hours for minutes, or minutes for seconds'],
  [3600, 'seconds for hours', 'hours for seconds'],
  [1.609344, 'kilometres for miles', 'miles for kilometres'],
  [3.28084, 'feet for metres', 'metres for feet'],
  [2.20462, 'pounds for kilograms', 'kilograms for pounds'],
  [2.54, 'centimetres for inches', 'inches for centimetres'],
  [25.4, 'millimetres for inches', 'inches for millimetres'],
  [2.23694, 'miles an hour for metres a second', 'metres a second for miles an hour'],
] as const;

const CONVERSIONS: readonly Conversion[] = [
  ...FACTORS.flatMap(([factor, large, small]): Conversion[] => [
    { words: `${shownFactor(factor)} times too large (${large})`, convert: value => value / factor },
    { words: `${shownFactor(factor)} times too small (${small})`, convert: value => value * factor },
  ]),
  { words: 'like degrees Celsius for Fahrenheit', convert: value => value * 1.8 + 32 },
  { words: 'like degrees Fahrenheit for Celsius', convert: value => (value - 32) / 1.8 },
  { words: 'like kelvins for degrees Celsius', convert: value => value - 273.15 },
  { words: 'like degrees Celsius for kelvins', convert: value => value + 273.15 },
];

/**
 * The conversion that turns a sample's numbers into training's, where that is plain: they lie far from it as they are, near it
 * converted, and no other conversion comes close. Compares whole distributions, so that July's temperatures are not taken for
 * January's in pounds. undefined otherwise, with fewer than 30 values, and of a constant.
 */
export function guessUnit(sample: Spread, baseline: PlainNumericBaseline): string | undefined {
  const values = sample.counts.reduce((sum, n) => sum + n, 0);
  if (values < FEWEST_VALUES || sample.min === sample.max || baseline.min === baseline.max) return undefined;
  if (distance(sample, baseline, value => value) < FAR) return undefined;
  const ranked = CONVERSIONS.map(({ words, convert }) => ({ words, far: distance(sample, baseline, convert) })).sort(
    (a, b) => a.far - b.far,
  );
  const [best, next] = ranked as [(typeof ranked)[number], (typeof ranked)[number]];
  return best.far <= NEAR && next.far - best.far >= APART ? best.words : undefined;
}

/** The largest difference of the shares below, at the sample's own cuts. */
function distance(sample: Spread, baseline: PlainNumericBaseline, convert: (value: number) => number): number {
  const total = sample.counts.reduce((sum, n) => sum + n, 0);
  let below = 0;
  let largest = 0;
  for (const [i, cut] of [...sample.cuts, sample.max].entries()) {
    below += sample.counts[i]!;
    largest = Math.max(largest, Math.abs(below / total - shareBelow(baseline, convert(cut))));
  }
  return Math.max(largest, shareBelow(baseline, convert(sample.min)));
}

/** The share of training's values up to `value`, even within a bin. */
function shareBelow({ cuts, counts, min, max }: PlainNumericBaseline, value: number): number {
  const total = counts.reduce((sum, n) => sum + n, 0);
  let below = 0;
  for (const [i, n] of counts.entries()) {
    const from = cuts[i - 1] ?? min;
    const to = cuts[i] ?? max;
    if (value < to) return (below + n * Math.max(0, (value - from) / (to - from))) / total;
    below += n;
  }
  return 1;
}

function shownFactor(factor: number): string {
  return factor.toLocaleString('en-US', { maximumSignificantDigits: 3 });
}
