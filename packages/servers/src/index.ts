export { type CollectorOptions, type RunningCollector, startCollector } from './collector.js';
export { ServerError, type ServerErrorCode } from './errors.js';
export { findCollector, findEveryPrometheus, findEveryPromtool, findPrometheus, findPromtool } from './find.js';
export { freePort } from './free-port.js';
export {
  type PrometheusOptions,
  prometheusVersion,
  type RunningPrometheus,
  startPrometheus,
  takesOtlp,
} from './prometheus.js';
export type { Alert, Sample, Series } from './prometheus-answers.js';
export type { ScrapeTarget } from './prometheus-config.js';
