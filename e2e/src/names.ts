/** Type on a page by name of metric. */
export type Names = Readonly<Record<string, 'counter' | 'gauge' | 'histogram'>>;

/** How OTLP reaches Prometheus through the Collector or its own receiver: a unit of seconds becomes a suffix. */
export const OTLP_NAMES: Names = {
  ml_drift_samples: 'gauge',
  ml_drift_score: 'gauge',
  ml_drift_status: 'gauge',
  ml_feature_baseline_bins: 'gauge',
  ml_feature_bins_total: 'counter',
  ml_feature_out_of_range_total: 'counter',
  ml_inference_active: 'gauge',
  ml_inference_batch_size: 'histogram',
  ml_inference_chunks: 'histogram',
  ml_inference_duration_seconds: 'histogram',
  ml_inference_first_chunk_duration_seconds: 'histogram',
  ml_inference_queue_duration_seconds: 'histogram',
  ml_model_info: 'gauge',
  ml_outcome_absolute_error: 'histogram',
  ml_outcome_count_total: 'counter',
  ml_outcome_error: 'histogram',
  ml_prediction_confidence: 'histogram',
  ml_prediction_count_total: 'counter',
  ml_prediction_value: 'histogram',
  ml_sdk_dropped_total: 'counter',
  ml_sdk_overhead_seconds_total: 'counter',
};

/** What @opentelemetry/exporter-prometheus calls the same: no unit, so four of them differ. */
export const JS_NAMES: Names = Object.fromEntries(
  Object.entries(OTLP_NAMES).map(([name, type]) => [name.replace('_seconds', ''), type]),
);

/** The name of an OpenTelemetry metric among such names. @throws Error when none or several could be it */
export function prometheusName(metric: string, names: Names): string {
  const stem = metric.replaceAll('.', '_');
  const found = [stem, `${stem}_seconds`, `${stem}_total`, `${stem}_seconds_total`].filter(name => name in names);
  if (found.length === 1) return found[0]!;
  throw new Error(`${metric}: met ${found.length} names, expected one`);
}
