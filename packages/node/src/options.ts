import type { Attributes } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { PushMetricExporter } from '@opentelemetry/sdk-metrics';
import type { NodeSDKConfiguration } from '@opentelemetry/sdk-node';
import { MAX_TIMER_MS } from './environment.js';
import { NodeError } from './errors.js';

interface CommonOptions {
  /** `service.name`; stronger than OTEL_SERVICE_NAME. */
  serviceName?: string;
  /** Further attributes of the resource; stronger than OTEL_RESOURCE_ATTRIBUTES and than what is detected. */
  resourceAttributes?: Attributes;
  /** Time between two exports of the metrics, instead of OTEL_METRIC_EXPORT_INTERVAL. Default one minute. */
  exportIntervalMs?: number;
  /** Export what is left on SIGTERM and SIGINT, within 5 s. Default true. */
  handleSignals?: boolean;
}

/** Everything is optional: without options the `OTEL_*` variables decide. */
export interface StartOptions extends CommonOptions {
  /** Instead of what OTEL_TRACES_EXPORTER and the `OTEL_EXPORTER_OTLP_*` variables ask for. Spans go out in batches. */
  traceExporter?: NodeSDKConfiguration['traceExporter'];
  /** Instead of what OTEL_METRICS_EXPORTER and the `OTEL_EXPORTER_OTLP_*` variables ask for. */
  metricExporter?: PushMetricExporter;
  instrumentations?: NodeSDKConfiguration['instrumentations'];
  /** Instead of OTEL_TRACES_SAMPLER. Counts and verdicts don't depend on it. */
  sampler?: NodeSDKConfiguration['sampler'];
}

/** Everything is optional: without options the `OTEL_*` variables decide. */
export interface StartMetricsOptions extends CommonOptions {
  /** Instead of what OTEL_METRICS_EXPORTER and the `OTEL_EXPORTER_OTLP_*` variables ask for. Its temporality is followed. */
  exporter?: PushMetricExporter;
  /**
   * The application's own, so that its metrics, spans and ours speak of one process; without a `service.instance.id` in it a
   * random one is added. Not together with `serviceName` or `resourceAttributes`. Without it the resource is the one that
   * `start` would make: what the application set in code is not known, its instance id neither.
   */
  resource?: Resource;
}

/** @throws NodeError `ERR_START_OPTION` */
export function checkOptions(options: StartOptions): void {
  checkCommon(options);
  const { traceExporter, metricExporter, instrumentations, sampler } = options;
  checkExporter('traceExporter', traceExporter);
  checkExporter('metricExporter', metricExporter);
  if (instrumentations !== undefined && !Array.isArray(instrumentations)) {
    refuse('instrumentations', instrumentations, 'an array');
  }
  if (sampler !== undefined && typeof sampler?.shouldSample !== 'function') refuse('sampler', sampler, 'a sampler');
}

/** @throws NodeError `ERR_START_OPTION` */
export function checkMetricsOptions(options: StartMetricsOptions): void {
  checkCommon(options);
  const { exporter, resource, serviceName, resourceAttributes } = options;
  checkExporter('exporter', exporter);
  if (resource === undefined) return;
  // That of OpenTelemetry 1 has no such method, and could not be merged.
  if (typeof resource?.getRawAttributes !== 'function')
    refuse('resource', resource, 'a Resource of OpenTelemetry 2 or later');
  for (const [name, value] of Object.entries({ serviceName, resourceAttributes })) {
    if (value !== undefined) refuse(name, value, 'it in the resource, which is given');
  }
}

function checkCommon(options: CommonOptions): void {
  if (typeof options !== 'object' || options === null) refuse('options', options, 'an object');
  const { serviceName, resourceAttributes, exportIntervalMs, handleSignals } = options;
  if (serviceName !== undefined && (typeof serviceName !== 'string' || serviceName.trim() === '')) {
    refuse('serviceName', serviceName, 'a name');
  }
  if (resourceAttributes !== undefined && (typeof resourceAttributes !== 'object' || resourceAttributes === null)) {
    refuse('resourceAttributes', resourceAttributes, 'an object of attributes');
  }
  if (exportIntervalMs !== undefined && !(exportIntervalMs > 0 && exportIntervalMs <= MAX_TIMER_MS)) {
    refuse('exportIntervalMs', exportIntervalMs, `milliseconds from 1 to ${MAX_TIMER_MS}`);
  }
  if (handleSignals !== undefined && typeof handleSignals !== 'boolean') {
    refuse('handleSignals', handleSignals, 'true or false');
  }
}

function checkExporter(name: string, exporter: { readonly export: unknown } | undefined): void {
  if (exporter !== undefined && typeof exporter?.export !== 'function') refuse(name, exporter, 'an exporter');
}

function refuse(where: string, value: unknown, expected: string): never {
  const met =
    typeof value === 'string' ? JSON.stringify(value) : typeof value === 'object' ? typeof value : String(value);
  throw new NodeError('ERR_START_OPTION', where, value === null ? 'null' : met, expected);
}
