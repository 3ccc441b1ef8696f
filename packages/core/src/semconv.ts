/*
 * Every telemetry name, once. No OpenTelemetry convention exists for non-generative inference; what is registered
 * is reused (`error.type`, `server.*`), the rest stands under `ml.`. A rename is one edit here.
 */

export const SCOPE_NAME = '@driftspan/core';
export const SCOPE_VERSION = '0.1.0';
export const SCHEMA_URL = 'urn:driftspan:telemetry:v1';

export const ATTR_ERROR_TYPE = 'error.type';
export const ATTR_SERVER_ADDRESS = 'server.address';
export const ATTR_SERVER_PORT = 'server.port';

export const ATTR_OPERATION_NAME = 'ml.operation.name';
export const ATTR_MODEL_NAME = 'ml.model.name';
export const ATTR_MODEL_VERSION = 'ml.model.version';
export const ATTR_TASK_TYPE = 'ml.task.type';
export const ATTR_BATCH_SIZE = 'ml.batch.size';
export const ATTR_PREDICTION_ID = 'ml.prediction.id';
export const ATTR_PREDICTION_LABEL = 'ml.prediction.label';
export const ATTR_PREDICTION_CONFIDENCE = 'ml.prediction.confidence';
export const ATTR_PREDICTION_VALUE = 'ml.prediction.value';
export const ATTR_BASELINE_ID = 'ml.baseline.id';
export const ATTR_FEATURE_NAME = 'ml.feature.name';
export const ATTR_BIN = 'ml.bin';
export const ATTR_BIN_KIND = 'ml.bin.kind';
export const ATTR_DRIFT_METHOD = 'ml.drift.method';
export const ATTR_OUTCOME_CORRECT = 'ml.outcome.correct';
export const ATTR_DROPPED_REASON = 'reason';

export const OPERATION_PREDICT = 'predict';
/** The label, error type or category that stands for all that are over a bound or unknown. */
export const OTHER = '_OTHER';
/** A longer label is free text, not a class: `_OTHER`. */
export const MAX_LABEL_LENGTH = 256;

/** Names under which outputs are judged as features. */
export const OUTPUT_LABEL = 'prediction.label';
export const OUTPUT_CONFIDENCE = 'prediction.confidence';
export const OUTPUT_VALUE = 'prediction.value';

export type MetricKind = 'sum' | 'updown' | 'gauge' | 'histogram';
export interface MetricDefinition {
  readonly name: string;
  readonly kind: MetricKind;
  readonly unit: string;
  readonly description: string;
  /** Whole numbers; the rest are doubles. */
  readonly integer: boolean;
}

const define = (
  name: string,
  kind: MetricKind,
  unit: string,
  integer: boolean,
  description: string,
): MetricDefinition => ({
  name,
  kind,
  unit,
  integer,
  description,
});

// A unit of `1` on a gauge gains `_ratio` through the Collector and not through the JS Prometheus exporter: it stays empty.
export const METRICS = {
  duration: define('ml.inference.duration', 'histogram', 's', false, 'Time from the call to its result or error'),
  active: define('ml.inference.active', 'updown', '{inference}', true, 'Calls in flight'),
  batchSize: define('ml.inference.batch.size', 'histogram', '{row}', true, 'Rows of a batch'),
  predictions: define('ml.prediction.count', 'sum', '{prediction}', true, 'Predictions by label'),
  confidence: define('ml.prediction.confidence', 'histogram', '', false, 'Confidence of the predicted label'),
  value: define('ml.prediction.value', 'histogram', '', false, 'Predicted values'),
  bins: define('ml.feature.bins', 'sum', '{value}', true, 'Values of a feature by bin of its baseline'),
  baselineBins: define('ml.feature.baseline.bins', 'gauge', '{value}', true, 'Counts of the baseline by bin'),
  outOfRange: define(
    'ml.feature.out_of_range',
    'sum',
    '{value}',
    true,
    "Values beyond the baseline's smallest and largest",
  ),
  driftScore: define('ml.drift.score', 'gauge', '', false, 'Distance of the longest window from the baseline'),
  driftStatus: define('ml.drift.status', 'gauge', '', true, '-1 insufficient, 0 ok, 1 notice, 2 warning, 3 critical'),
  driftSamples: define('ml.drift.samples', 'gauge', '{prediction}', true, 'Values in the longest window'),
  outcomes: define('ml.outcome.count', 'sum', '{prediction}', true, 'Predictions whose true outcome is known'),
  dropped: define('ml.sdk.dropped', 'sum', '{item}', true, 'What was not recorded, by reason'),
  overhead: define(
    'ml.sdk.overhead',
    'sum',
    's',
    false,
    'Time spent here instead of in the model, from 1 call in 1,024',
  ),
} as const;

/** Seconds: 10 µs (the smallest onnxruntime call takes 8) to 10 s (a cold start), three a decade. */
export const DURATION_BOUNDS_S: readonly number[] = [
  1e-5, 2.5e-5, 5e-5, 1e-4, 2.5e-4, 5e-4, 1e-3, 2.5e-3, 5e-3, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
];
/** Tenths, and finer where classifiers crowd. */
export const CONFIDENCE_BOUNDS: readonly number[] = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99];
/** For values without a baseline: powers of ten about zero. With a baseline its cuts are the bounds. */
export const VALUE_BOUNDS: readonly number[] = [-1e4, -1e3, -100, -10, -1, -0.1, 0, 0.1, 1, 10, 100, 1e3, 1e4];
export const BATCH_BOUNDS: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096, 16384];
