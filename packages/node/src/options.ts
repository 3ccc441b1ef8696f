import type { Attributes } from '@opentelemetry/api';
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { NodeSDKConfiguration } from '@opentelemetry/sdk-node';
import { MAX_TIMER_MS } from './environment.js';
import { NodeError } from './errors.js';

/** Everything is optional: without options the `OTEL_*` variables decide. */
export interface StartOptions {
  /** `service.name`; stronger than OTEL_SERVICE_NAME. */
  serviceName?: string;
  /** Further attributes of the resource; stronger than OTEL_RESOURCE_ATTRIBUTES and than what is detected. */
  resourceAttributes?: Attributes;
  /** Instead of what OTEL_TRACES_EXPORTER and the `OTEL_EXPORTER_OTLP_*` variables ask for. Spans go out in batches. */
  traceExporter?: NodeSDKConfiguration['traceExporter'];
  /** Instead of what OTEL_METRICS_EXPORTER and the `OTEL_EXPORTER_OTLP_*` variables ask for. */
  metricExporter?: PushMetricExporter;
  /** Time between two exports of the metrics, instead of OTEL_METRIC_EXPORT_INTERVAL. Default one minute. */
  exportIntervalMs?: number;
  instrumentations?: NodeSDKConfiguration['instrumentations'];
  /** Instead of OTEL_TRACES_SAMPLER. Counts and verdicts don't depend on it. */
  sampler?: NodeSDKConfiguration['sampler'];
  /** Export what is left on SIGTERM and SIGINT, within 5 s. Default true. */
  handleSignals?: boolean;
}

/** @throws NodeError `ERR_START_OPTION` */
export function checkOptions(options: StartOptions): void {
  if (typeof options !== 'object' || options === null) refuse('options', options, 'an object');
  const { serviceName, resourceAttributes, traceExporter, metricExporter, exportIntervalMs, handleSignals } = options;
  if (serviceName !== undefined && (typeof serviceName !== 'string' || serviceName.trim() === '')) {
    refuse('serviceName', serviceName, 'a name');
  }
  if (resourceAttributes !== undefined && (typeof resourceAttributes !== 'object' || resourceAttributes === null)) {
    refuse('resourceAttributes', resourceAttributes, 'an object of attributes');
  }
  for (const [name, exporter] of Object.entries({ traceExporter, metricExporter })) {
    if (exporter !== undefined && typeof exporter?.export !== 'function') refuse(name, exporter, 'an exporter');
  }
  if (exportIntervalMs !== undefined && !(exportIntervalMs > 0 && exportIntervalMs <= MAX_TIMER_MS)) {
    refuse('exportIntervalMs', exportIntervalMs, `milliseconds from 1 to ${MAX_TIMER_MS}`);
  }
  if (options.instrumentations !== undefined && !Array.isArray(options.instrumentations)) {
    refuse('instrumentations', options.instrumentations, 'an array');
  }
  if (options.sampler !== undefined && typeof options.sampler?.shouldSample !== 'function') {
    refuse('sampler', options.sampler, 'a sampler');
  }
  if (handleSignals !== undefined && typeof handleSignals !== 'boolean') {
    refuse('handleSignals', handleSignals, 'true or false');
  }
}

function refuse(where: string, value: unknown, expected: string): never {
  const met =
    typeof value === 'string' ? JSON.stringify(value) : typeof value === 'object' ? typeof value : String(value);
  throw new NodeError('ERR_START_OPTION', where, value === null ? 'null' : met, expected);
}
