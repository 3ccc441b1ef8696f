import { type InputSeries, type Labels, selector } from '../promtool.js';

/** A feature as a replica reports it: its bins, what the baseline counted in each, and what one minute brings. */
export interface FeatureSpec {
  readonly baselineId: string;
  readonly bins: readonly (readonly [bin: string, kind: string])[];
  /** Counts by bin; null: this replica exports no baseline. */
  readonly baseline: readonly number[] | null;
}

/** What one minute of traffic brings. */
export interface Traffic {
  readonly calls: number;
  /** New values by feature and bin. */
  readonly features: Readonly<Record<string, readonly number[]>>;
  readonly labels: Readonly<Record<string, number>>;
  /** Mean confidence of its predictions. */
  readonly confidence: number;
  /** Calls below 50 ms, from there to 100 ms, and to 200 ms. */
  readonly latency: readonly [number, number, number];
  readonly dropped: Readonly<Record<string, number>>;
}

/** A process from its start to its end: so many minutes of each kind of traffic, one after the other. */
export interface Replica {
  readonly instance: string;
  readonly labels: Labels;
  readonly features: Readonly<Record<string, FeatureSpec>>;
  /** The minute of its first sample. */
  readonly from: number;
  readonly phases: readonly (readonly [minutes: number, traffic: Traffic])[];
}

const LATENCY_BOUNDS = ['0.05', '0.1', '0.2', '+Inf'];

/** The raw series of a replica, as a Collector exposes them. */
export function replicaSeries(replica: Replica): InputSeries[] {
  const { features } = replica;
  const minutes = replica.phases.flatMap(([count, traffic]) => Array.from({ length: count }, () => traffic));
  const name = (metric: string, more: Labels = {}): string =>
    selector(metric, { ...replica.labels, ml_operation_name: 'predict', instance: replica.instance, ...more });
  // Absent before the process, 0 at its start; promtool marks a series that ends as stale.
  const written = (samples: readonly number[]): string =>
    `${replica.from > 0 ? `_x${replica.from} ` : ''}${samples.join(' ')} stale`;
  const counter = (series: string, of: (minute: Traffic) => number): InputSeries => {
    let sum = 0;
    const samples = minutes.map(minute => {
      sum += of(minute);
      return sum;
    });
    return { series, values: written([0, ...samples]) };
  };
  const gauge = (series: string, value: number): InputSeries => ({
    series,
    values: written([value, ...minutes.map(() => value)]),
  });
  const below = (bound: number, { latency }: Traffic): number =>
    latency.slice(0, bound + 1).reduce((sum, count) => sum + count, 0);
  const distinct = (of: (minute: Traffic) => Readonly<Record<string, number>>): string[] => [
    ...new Set(minutes.flatMap(minute => Object.keys(of(minute)))),
  ];
  const duration = 'ml_inference_duration_seconds';
  return [
    gauge(name('ml_inference_active'), 0),
    counter(name(`${duration}_count`), minute => minute.calls),
    counter(name(`${duration}_sum`), minute => minute.calls * 0.03),
    ...LATENCY_BOUNDS.map((le, bound) => counter(name(`${duration}_bucket`, { le }), minute => below(bound, minute))),
    counter(name('ml_prediction_confidence_count'), minute => minute.calls),
    counter(name('ml_prediction_confidence_sum'), minute => minute.calls * minute.confidence),
    counter(name('ml_prediction_confidence_bucket', { le: '+Inf' }), minute => minute.calls),
    ...distinct(minute => minute.labels).map(label =>
      counter(name('ml_prediction_count_total', { ml_prediction_label: label }), minute => minute.labels[label] ?? 0),
    ),
    ...distinct(minute => minute.dropped).map(reason =>
      counter(name('ml_sdk_dropped_total', { reason }), minute => minute.dropped[reason] ?? 0),
    ),
    ...Object.entries(features).flatMap(([feature, { baselineId, bins, baseline }]) =>
      bins.flatMap(([bin, kind], index) => {
        const more = { ml_baseline_id: baselineId, ml_feature_name: feature, ml_bin: bin, ml_bin_kind: kind };
        const live = counter(name('ml_feature_bins_total', more), minute => minute.features[feature]?.[index] ?? 0);
        return baseline === null ? [live] : [live, gauge(name('ml_feature_baseline_bins', more), baseline[index]!)];
      }),
    ),
  ];
}
