import type { Attributes } from '@opentelemetry/api';
import type { MetricDefinition } from '../semconv.js';

/** A histogram as it is exported; `counts` has one more than `bounds`. */
export interface HistogramValue {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
  readonly count: number;
  /** Undefined where none is told. */
  readonly sum: number | undefined;
}

/** One series at one instant, cumulative since its monitor's construction. */
export interface Point {
  readonly metric: MetricDefinition;
  /** Tells the series of one model apart; equal for equal attributes. */
  readonly key: string;
  readonly attributes: Attributes;
  readonly value: number | HistogramValue;
}

/**
 * The sum of two histograms, over the bounds that both have: exact, where the bounds of equal attributes differ because
 * two monitors have different baselines.
 */
export function addHistograms(a: HistogramValue, b: HistogramValue): HistogramValue {
  return combined(a, b, 1);
}

/** What was added since `earlier`. */
export function subtractHistograms(now: HistogramValue, earlier: HistogramValue): HistogramValue {
  return combined(now, earlier, -1);
}

function combined(a: HistogramValue, b: HistogramValue, sign: 1 | -1): HistogramValue {
  const bounds = sameBounds(a.bounds, b.bounds) ? a.bounds : a.bounds.filter(bound => b.bounds.includes(bound));
  const counts = countsOver(bounds, a);
  countsOver(bounds, b).forEach((count, i) => {
    counts[i]! += sign * count;
  });
  const sum = a.sum === undefined || b.sum === undefined ? undefined : a.sum + sign * b.sum;
  return { bounds, counts, count: a.count + sign * b.count, sum };
}

function sameBounds(a: readonly number[], b: readonly number[]): boolean {
  return a === b || (a.length === b.length && a.every((bound, i) => bound === b[i]));
}

/** A histogram's counts over some of its own bounds. */
function countsOver(bounds: readonly number[], { bounds: own, counts }: HistogramValue): number[] {
  if (own.length === bounds.length) return [...counts];
  const coarse = new Array<number>(bounds.length + 1).fill(0);
  let bucket = 0;
  counts.forEach((count, i) => {
    coarse[bucket]! += count;
    if (own[i] === bounds[bucket]) bucket++;
  });
  return coarse;
}
