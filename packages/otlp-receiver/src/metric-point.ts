import type { Attributes } from './attributes.js';
import type { Origin } from './origin.js';

export type MetricType = 'gauge' | 'sum' | 'histogram' | 'exponentialHistogram' | 'summary';

export type Temporality = 'delta' | 'cumulative';

/** Counts of consecutive base-2 exponential buckets; `counts[0]` is bucket `offset`. */
export interface ExponentialBuckets {
  readonly offset: number;
  readonly counts: readonly number[];
}

/**
 * One data point with everything around it. 64-bit counts and values are numbers, exact up to 2^53.
 * A field that the type does not have, or that was not sent, is not there.
 */
export interface MetricPoint extends Origin {
  readonly name: string;
  readonly unit: string;
  readonly description: string;
  readonly type: MetricType;
  /** sum, histogram, exponentialHistogram. */
  readonly temporality?: Temporality;
  /** sum. */
  readonly monotonic?: boolean;
  readonly attributes: Attributes;
  /** 0n when it was not sent. */
  readonly startTimeUnixNano: bigint;
  readonly timeUnixNano: bigint;
  /** gauge and sum. */
  readonly value?: number;
  /** histogram, exponentialHistogram, summary; so are `sum`, `min` and `max`. */
  readonly count?: number;
  readonly sum?: number;
  readonly min?: number;
  readonly max?: number;
  /** histogram: n bounds part n + 1 counts; `counts[i]` holds the values in (bounds[i − 1], bounds[i]]. */
  readonly bounds?: readonly number[];
  readonly counts?: readonly number[];
  /** exponentialHistogram: bucket i holds the values in (base^i, base^(i + 1)] with base = 2^(2^−scale). */
  readonly scale?: number;
  readonly zeroCount?: number;
  readonly zeroThreshold?: number;
  readonly positive?: ExponentialBuckets;
  readonly negative?: ExponentialBuckets;
  /** summary. */
  readonly quantiles?: readonly { readonly quantile: number; readonly value: number }[];
}
