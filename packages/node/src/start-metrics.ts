import { MeterProvider } from '@opentelemetry/sdk-metrics';
import { flag, isDisabled } from './environment.js';
import { metricOutlets } from './metric-exporters.js';
import { MetricReaders } from './metric-readers.js';
import { checkMetricsOptions, type StartMetricsOptions } from './options.js';
import { refuseConfigFile } from './refuse-config-file.js';
import { metricsResource } from './resource.js';
import { alreadyRunning, type Driftspan, INERT, type Pipeline, run } from './running.js';
import { tell } from './tell.js';

/**
 * Exports the metrics of all monitors of this process beside an SDK of the application's own: a meter provider and readers
 * that nobody else sees. Nothing is registered; the application's metrics, views and readers, its spans and its log events
 * stay as they are, and spans of monitors go where its tracer provider sends them. Its log events do where it calls
 * `setLoggerProvider`.
 *
 * The `OTEL_*` variables of metrics count as with `start`, and before or after the application's SDK makes no difference.
 * Once a process or worker: a call after this or `start` is told to `diag` and gives the first handle, so that nothing is
 * exported twice. With OTEL_SDK_DISABLED or DRIFTSPAN_DISABLED nothing starts.
 *
 * @throws NodeError `ERR_START_OPTION`, `ERR_START_METRICS_EXPORTER`; `ERR_START_CONFIG_FILE` for a configuration file
 * without an `exporter`: what such a file says is the application's.
 */
export function startMetrics(options: StartMetricsOptions = {}): Driftspan {
  checkMetricsOptions(options);
  const first = alreadyRunning();
  if (first !== undefined) return first;
  if (flag('OTEL_SDK_DISABLED') || isDisabled()) return INERT;
  if (options.exporter === undefined) refuseConfigFile('startMetrics({ exporter })');
  return run('startMetrics', startProvider(options), options.handleSignals ?? true);
}

function startProvider(options: StartMetricsOptions): Pipeline {
  const metrics = new MetricReaders(metricOutlets(options.exporter, tell), options.exportIntervalMs, tell);
  const provider = new MeterProvider({ resource: metricsResource(options, tell), readers: [...metrics.readers] });
  metrics.open();
  return { metrics, flushOthers: () => [], stop: () => provider.shutdown(), release() {} };
}
