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
export const ATTR_RUNTIME_NAME = 'ml.runtime.name';
export const ATTR_EXECUTION_PROVIDER = 'ml.execution_provider';
export const ATTR_BATCH_INDEX = 'ml.batch.index';
/** Followed by the name of a feature, or of a part of one. */
export const ATTR_INPUT_PREFIX = 'ml.input.';
export const ATTR_PAYLOAD_SAMPLED = 'ml.payload.sampled';
export const ATTR_PAYLOAD_REASON = 'ml.payload.reason';
export const ATTR_PAYLOAD_PROBABILITY = 'ml.payload.sampling.probability';
export const ATTR_PAYLOAD_CAPTURED = 'ml.payload.captured';
export const ATTR_PAYLOAD_TRUNCATED = 'ml.payload.truncated';
export const ATTR_PAYLOAD_MISSING = 'ml.payload.missing';
export const ATTR_PAYLOAD_INVALID = 'ml.payload.invalid';
/** Seconds, of a prediction that is recorded without a span. */
export const ATTR_DURATION = 'ml.inference.duration';
export const ATTR_STREAM_END = 'ml.stream.end';
export const ATTR_STREAM_CHUNKS = 'ml.stream.chunks';
/** Seconds. */
export const ATTR_STREAM_FIRST_CHUNK = 'ml.stream.first_chunk.duration';
export const ATTR_ACTUAL_LABEL = 'ml.outcome.label';
export const ATTR_ACTUAL_VALUE = 'ml.outcome.value';
export const ATTR_DRIFT_CHANGE = 'ml.drift.change';
export const ATTR_DRIFT_FROM = 'ml.drift.from';
export const ATTR_DRIFT_TO = 'ml.drift.to';
export const ATTR_DRIFT_PSI = 'ml.drift.psi';
export const ATTR_DRIFT_SAMPLES = 'ml.drift.samples';
export const ATTR_DRIFT_TEST = 'ml.drift.test';
/** Seconds. */
export const ATTR_DRIFT_WINDOW = 'ml.drift.window';
export const ATTR_DRIFT_ALSO_MOVED = 'ml.drift.also_moved';
/** Labels of the bins that make the drift, and for each up to three trace ids, in one order. */
export const ATTR_DRIFT_BINS = 'ml.drift.bins';
export const ATTR_DRIFT_EXAMPLES = 'ml.drift.examples';

/** Log events. */
export const EVENT_PREDICTION = 'ml.prediction';
export const EVENT_OUTCOME = 'ml.outcome';
export const EVENT_DRIFT_CHANGED = 'ml.drift.changed';

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
  queue: define(
    'ml.inference.queue.duration',
    'histogram',
    's',
    false,
    'Time a call waited before the model began to run',
  ),
  firstChunk: define(
    'ml.inference.first_chunk.duration',
    'histogram',
    's',
    false,
    'Time from the start of a stream to its first chunk',
  ),
  chunks: define('ml.inference.chunks', 'histogram', '{chunk}', true, 'Chunks of a stream'),
  info: define('ml.model.info', 'gauge', '', true, '1, with what describes the model and its runtime'),
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
  featureValue: define('ml.feature.value', 'histogram', '', false, 'Values of a feature, in its own unit'),
  driftScore: define('ml.drift.score', 'gauge', '', false, 'Distance of the longest window from the baseline'),
  driftStatus: define('ml.drift.status', 'gauge', '', true, '-1 insufficient, 0 ok, 1 notice, 2 warning, 3 critical'),
  driftSamples: define('ml.drift.samples', 'gauge', '{prediction}', true, 'Values in the longest window'),
  outcomes: define('ml.outcome.count', 'sum', '{prediction}', true, 'Predictions whose true outcome is known'),
  outcomeError: define('ml.outcome.error', 'histogram', '', false, 'Predicted value less the actual one'),
  outcomeAbsoluteError: define(
    'ml.outcome.absolute_error',
    'histogram',
    '',
    false,
    'Distance of the predicted value from the actual one',
  ),
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
export const CHUNK_BOUNDS: readonly number[] = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 4096, 16384];
