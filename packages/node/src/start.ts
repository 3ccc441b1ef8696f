import { setLoggerProvider } from '@driftspan/core';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { flag, type Warn } from './environment.js';
import { flushSpansAndLogs, Globals, loggerProvider } from './globals.js';
import { metricOutlets } from './metric-exporters.js';
import { MetricReaders } from './metric-readers.js';
import { checkOptions, type StartOptions } from './options.js';
import { refuseConfigFile } from './refuse-config-file.js';
import { resourceSettings } from './resource.js';
import { alreadyRunning, type Driftspan, INERT, type Pipeline, run } from './running.js';
import { tell } from './tell.js';

/**
 * Starts the OpenTelemetry Node SDK with the metrics of all monitors of this process plugged in: traces, metrics and logs
 * over OTLP, configured by the `OTEL_*` variables; monitors may be made before or after. Once a process or worker: a call
 * after this or `startMetrics` is told to `diag` and gives the first handle. With OTEL_SDK_DISABLED=true nothing starts.
 *
 * Monitors write their log events to the logger provider that the SDK registered; with OTEL_LOGS_EXPORTER=none there is none,
 * and no event is made. Where another SDK is registered already, spans and events go to that one and the metrics of monitors
 * to this one.
 *
 * @throws NodeError `ERR_START_OPTION`, `ERR_START_CONFIG_FILE`, `ERR_START_METRICS_EXPORTER`
 */
export function start(options: StartOptions = {}): Driftspan {
  checkOptions(options);
  const first = alreadyRunning();
  if (first !== undefined) return first;
  if (flag('OTEL_SDK_DISABLED')) return INERT;
  refuseConfigFile('the other OTEL_* variables, or an SDK of your own with startMetrics({ exporter })');
  return run('start', startSdk(options), options.handleSignals ?? true);
}

function startSdk(options: StartOptions): Pipeline {
  const { metricExporter, traceExporter, instrumentations, sampler } = options;
  const warnings: string[] = [];
  const warn: Warn = message => warnings.push(message);
  const metrics = new MetricReaders(metricOutlets(metricExporter, warn), options.exportIntervalMs, warn);
  // Only what both SDK lines have. Given readers switch off the SDK's own from the environment; the rest of the
  // environment (traces, logs, propagators, samplers, limits) is the SDK's to read.
  const sdk = new NodeSDK({
    ...resourceSettings(options, warn),
    metricReaders: [...metrics.readers],
    ...(traceExporter === undefined ? {} : { traceExporter }),
    ...(instrumentations === undefined ? {} : { instrumentations }),
    ...(sampler === undefined ? {} : { sampler }),
  });
  // Only now is there a logger, if OTEL_LOG_LEVEL asks for one.
  for (const warning of warnings) tell(warning);
  const globals = new Globals();
  sdk.start();
  globals.note();
  setLoggerProvider(loggerProvider());
  metrics.open();
  return {
    metrics,
    flushOthers: flushSpansAndLogs,
    stop: () => sdk.shutdown(),
    release() {
      globals.release();
      setLoggerProvider(loggerProvider());
    },
  };
}
