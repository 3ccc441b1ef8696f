export type {
  Baseline,
  DateTimeOptions,
  EmbeddingOptions,
  Feature,
  FeatureDistances,
  FeatureJudgement,
  FeatureKind,
  Image,
  ImageLayout,
  ImageOptions,
  Instant,
  MeasuredKind,
  ModelSpec,
  ModelTask,
  Num,
  Numbers,
  PixelImage,
  Str,
  TensorOptions,
  TensorValue,
  Verdict,
} from '@driftspan/sketch';
export {
  categorical,
  columns,
  dateTime,
  defineModel,
  embedding,
  image,
  numeric,
  tensor,
  text,
} from '@driftspan/sketch';
export type { DependenceMode, DependenceSource } from './drift/assumptions.js';
export type { DriftTest } from './drift/cause.js';
export type { DriftedBin } from './drift/drifted-bins.js';
export type { DriftExample } from './drift/examples.js';
export type { BudgetPeriod, DriftOptions } from './drift/options.js';
export type { AlertCause, DriftAlert, DriftListener } from './drift/watch.js';
export type { MonitorErrorCode } from './errors.js';
export { MonitorError } from './errors.js';
export type { MetricProducer, MetricProducerOptions, TemporalityPreference } from './export/metric-producer.js';
export { metricProducer } from './export/metric-producer.js';
export type { ExportOptions } from './export/options.js';
export type { FaultReason } from './faults.js';
export type { Limits } from './limits.js';
export type { Call } from './manual-call.js';
export { createMonitor, monitor, monitorBatch } from './monitor.js';
export type { LearnFrom, MonitorOptions, OutputReaders } from './options.js';
export type { LoggerLike, LoggerProviderLike, LogRecordLike } from './record/log-events.js';
export { setLoggerProvider } from './record/log-events.js';
export type { KeepReason, PredictionRecord } from './record/prediction-record.js';
export type { SpanMode } from './record/spans.js';
export type { DependenceReport, DriftReport, ErrorReport, FeatureReport, OutcomeReport, Report } from './report.js';
export type { KeepRules, SamplingOptions } from './sampling/options.js';
export type { Answer, ChunkOf, InputOf, Monitor, Monitored, Outcome, OutputOf, RowOf } from './types.js';
export type { AnyFn } from './wrap.js';
