import type { PlainNumericBaseline } from '@driftspan/sketch';
import type { CellTable } from '../view/cells.js';
import type { FeatureView } from '../view/view.js';

/** As good as none: a sixth of what an outer bin usually holds. */
const FEW_OUTSIDE = 0.01;

/** A bin on the feature's own axis, with the share of the values that fall into it. An end that nobody knows is infinite. */
export interface Bin {
  readonly low: number;
  readonly high: number;
  readonly share: number;
}

/** The bins of training, the outer ones to the smallest and largest value; empty of no values. */
export function baselineBins({ values, baselineSamples }: CellTable, { cuts, min, max }: PlainNumericBaseline): Bin[] {
  if (baselineSamples === 0) return [];
  return binsOf(
    cuts,
    values.map(({ baselineShare }) => baselineShare),
    min,
    max,
  );
}

/**
 * The bins of the current values: their own, where they are known, since training's tell little of what lies beyond them. Else training's,
 * whose outer ones are open unless hardly a value lay outside of training's range. Empty of no values.
 */
export function currentBins(view: FeatureView, { values, samples }: CellTable, baseline: PlainNumericBaseline): Bin[] {
  const { shape, min, max } = view;
  if (samples === 0) return [];
  if (shape !== undefined && min !== undefined && max !== undefined) {
    const all = shape.counts.reduce((sum, count) => sum + count, 0);
    return binsOf(
      shape.cuts,
      shape.counts.map(count => count / all),
      min,
      max,
    );
  }
  const isWithin = outsideOf(view, samples) < FEW_OUTSIDE;
  const [low, high] = isWithin ? [baseline.min, baseline.max] : [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  return binsOf(
    baseline.cuts,
    values.map(({ share }) => share),
    min ?? low,
    max ?? high,
  );
}

/** The share of values outside of training's range; of a monitor since it began. NaN where nobody counted. */
function outsideOf({ outOfRange, monitor }: FeatureView, samples: number): number {
  if (outOfRange !== undefined || monitor === undefined) return (outOfRange ?? Number.NaN) / samples;
  return monitor.totals.outOfRange / monitor.totals.valued;
}

/** Bins without values are left out; an end beyond its cut is drawn up to it. */
function binsOf(cuts: readonly number[], shares: readonly number[], min: number, max: number): Bin[] {
  return shares.flatMap((share, i) => {
    if (!(share > 0)) return [];
    const low = Math.max(cuts[i - 1] ?? Number.NEGATIVE_INFINITY, min);
    const high = Math.min(cuts[i] ?? Number.POSITIVE_INFINITY, max);
    return [{ low: Math.min(low, high), high: Math.max(low, high), share }];
  });
}

/** A narrower one, in parts of all that is drawn, is a value by itself if it is heavy. */
const NARROW = 1 / 50;
/** Twice what quantiles give to each of sixteen bins. */
export const HEAVY = 2 / 16;

/** Below what value a part of all lies: straight within a bin; of a value by itself that value, of an open bin its known end. NaN of no bins. */
export function quantile(bins: readonly Bin[], part: number): number {
  let below = 0;
  for (const [i, bin] of bins.entries()) {
    below += bin.share;
    if (below < part - 1e-12) continue;
    const { low, high, share } = bin;
    if (!Number.isFinite(low)) return high;
    if (!Number.isFinite(high)) return low;
    if (share > HEAVY && high - low < NARROW * rangeOf(bins)) return aloneIn(bins, i);
    return low + (high - low) * Math.max(0, Math.min(1, 1 - (below - part) / share));
  }
  return bins.at(-1)?.high ?? Number.NaN;
}

function rangeOf(bins: readonly Bin[]): number {
  const ends = bins.flatMap(({ low, high }) => [low, high]).filter(Number.isFinite);
  return Math.max(...ends) - Math.min(...ends);
}

/** The value that a bin holds by itself: cuts are midway between values, and the outer bins end at one. */
export function aloneIn(bins: readonly Bin[], i: number): number {
  const { low, high } = bins[i]!;
  if (i === 0 && Number.isFinite(low)) return low;
  return i === bins.length - 1 && Number.isFinite(high) ? high : low / 2 + high / 2;
}
