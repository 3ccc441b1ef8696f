import type { Attributes } from '@opentelemetry/api';
import type { MetricDefinition } from '../semconv.js';

/** A histogram as it is exported; `counts` has one more than `bounds`. */
export interface HistogramValue {
  readonly bounds: readonly number[];
  readonly counts: readonly number[];
  readonly count: number;
  readonly sum: number;
}

/** One series at one instant, cumulative since its monitor's construction. */
export interface Point {
  readonly metric: MetricDefinition;
  /** Tells the series of one model apart; equal for equal attributes. */
  readonly key: string;
  readonly attributes: Attributes;
  readonly value: number | HistogramValue;
}

export type Visit = (point: Point) => void;

/** The sum of two histograms of the same bounds. */
export function addHistograms(a: HistogramValue, b: HistogramValue): HistogramValue {
  return {
    bounds: a.bounds,
    counts: a.counts.map((count, i) => count + b.counts[i]!),
    count: a.count + b.count,
    sum: a.sum + b.sum,
  };
}

/** What was added since `earlier`. */
export function subtractHistograms(now: HistogramValue, earlier: HistogramValue): HistogramValue {
  return {
    bounds: now.bounds,
    counts: now.counts.map((count, i) => count - earlier.counts[i]!),
    count: now.count - earlier.count,
    sum: now.sum - earlier.sum,
  };
}
