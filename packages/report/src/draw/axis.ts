import type { Bin } from './bins.js';

/**
 * An outer bin of a sixteenth of the values reaches this far beyond the inner cuts at most, in spans of all of them: one outlier is not to
 * flatten everything else. A bin that holds more may reach further.
 */
const LONGEST_TAIL = 0.5;
const USUAL_SHARE = 1 / 16;

/** The stretch of a feature's axis that is drawn. */
export interface Extent {
  readonly low: number;
  readonly high: number;
  /** Values go on beyond it. */
  readonly isCutLow: boolean;
  readonly isCutHigh: boolean;
}

/**
 * All bins of both sides, but for tails: what lies beyond every inner cut is drawn for half the span of these at most. Undefined where no
 * bin has an end that is known.
 */
export function extentOf(series: readonly (readonly Bin[])[]): Extent | undefined {
  const all = series.flat();
  const ends = all.flatMap(({ low, high }) => [low, high]).filter(Number.isFinite);
  if (ends.length === 0) return undefined;
  const [first, last] = [Math.min(...ends), Math.max(...ends)];
  const inner = series.flatMap(innerCuts);
  const [from, to] = inner.length > 0 ? [Math.min(...inner), Math.max(...inner)] : [first, last];
  // Of one cut, or none: what is known of the values' size.
  const span = to > from ? to - from : Math.max(last - first, Math.abs(from) * 0.1) || 1;
  const isOpenLow = all.some(({ low }) => low === Number.NEGATIVE_INFINITY);
  const isOpenHigh = all.some(({ high }) => high === Number.POSITIVE_INFINITY);
  const low = isOpenLow
    ? from - span * LONGEST_TAIL
    : Math.max(first, from - span * tailOf(series.map(bins => bins[0])));
  const high = isOpenHigh
    ? to + span * LONGEST_TAIL
    : Math.min(last, to + span * tailOf(series.map(bins => bins.at(-1))));
  const isEmpty = !(high > low);
  return {
    low: isEmpty ? low - span / 2 : low,
    high: isEmpty ? high + span / 2 : high,
    isCutLow: isOpenLow || first < low,
    isCutHigh: isOpenHigh || last > high,
  };
}

function tailOf(outer: readonly (Bin | undefined)[]): number {
  return LONGEST_TAIL * Math.max(1, ...outer.map(bin => (bin?.share ?? 0) / USUAL_SHARE));
}

function innerCuts(bins: readonly Bin[]): number[] {
  return bins.slice(1).map(({ low }) => low);
}
