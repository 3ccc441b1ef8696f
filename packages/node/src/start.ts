import { setLoggerProvider } from '@driftspan/core';
import { diag } from '@opentelemetry/api';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { flag, text, type Warn } from './environment.js';
import { NodeError } from './errors.js';
import { type Ending, exitHooks } from './exit-hooks.js';
import { flushSpansAndLogs, Globals, loggerProvider } from './globals.js';
import { metricExporters } from './metric-exporters.js';
import { MetricReaders } from './metric-readers.js';
import { checkOptions, type StartOptions } from './options.js';
import { resourceSettings } from './resource.js';
import { settleWithin } from './within.js';

/** Orchestrators wait 10 s and more between SIGTERM and SIGKILL; this leaves the application half of it. */
export const EXPORT_LIMIT_MS = 5_000;

/** What `start` gives. Neither method ever rejects or waits longer than 5 s: what went wrong is told to `diag`. */
export interface Driftspan {
  /** Exports metrics, spans and logs now. Past 5 s it goes on in the background. */
  flush(): Promise<void>;
  /**
   * Exports what is left, stops the SDK and unregisters it. Idempotent. `start` may be called again after it, for
   * monitors made after that: a tracer belongs to the SDK it was asked of.
   */
  shutdown(): Promise<void>;
}

// One for all copies of this package in the process.
const KEY = Symbol.for('driftspan.start.v1');
const running = globalThis as { [KEY]?: Driftspan };

/**
 * Starts the OpenTelemetry Node SDK with the metrics of all monitors of this process plugged in: traces, metrics and logs
 * over OTLP, configured by the `OTEL_*` variables; monitors may be made before or after. Once a process or worker: a second
 * call is told to `diag` and gives the first handle. With OTEL_SDK_DISABLED=true nothing starts.
 *
 * Monitors write their log events to the logger provider that the SDK registered; with OTEL_LOGS_EXPORTER=none there is none,
 * and no event is made. Where another SDK is registered already, spans and events go to that one and the metrics of monitors
 * to this one.
 *
 * @throws NodeError `ERR_START_OPTION`, `ERR_START_CONFIG_FILE`, `ERR_START_METRICS_EXPORTER`
 */
export function start(options: StartOptions = {}): Driftspan {
  checkOptions(options);
  if (running[KEY] !== undefined) {
    tell('start() was called before; its first handle is given and the new options are ignored');
    return running[KEY];
  }
  if (flag('OTEL_SDK_DISABLED')) return { flush: async () => {}, shutdown: async () => {} };
  refuseConfigFile();
  running[KEY] = new RunningSdk(options);
  return running[KEY];
}

class RunningSdk implements Driftspan, Ending {
  readonly #sdk: NodeSDK;
  readonly #metrics: MetricReaders;
  readonly #globals: Globals;
  readonly #removeHooks: () => void;
  #ending: Promise<void> | undefined;

  constructor(options: StartOptions) {
    const { metricExporter, traceExporter, instrumentations, sampler } = options;
    const warnings: string[] = [];
    const warn: Warn = message => warnings.push(message);
    const exporters = metricExporter === undefined ? metricExporters(warn) : [metricExporter];
    this.#metrics = new MetricReaders(exporters, options.exportIntervalMs, warn);
    // Only what both SDK lines have. Given readers switch off the SDK's own from the environment; the rest of the
    // environment (traces, logs, propagators, samplers, limits) is the SDK's to read.
    this.#sdk = new NodeSDK({
      ...resourceSettings(options, warn),
      metricReaders: [...this.#metrics.readers],
      ...(traceExporter === undefined ? {} : { traceExporter }),
      ...(instrumentations === undefined ? {} : { instrumentations }),
      ...(sampler === undefined ? {} : { sampler }),
    });
    // Only now is there a logger, if OTEL_LOG_LEVEL asks for one.
    for (const warning of warnings) tell(warning);
    this.#globals = new Globals();
    this.#sdk.start();
    this.#globals.note();
    setLoggerProvider(loggerProvider());
    this.#removeHooks = exitHooks(this, options.handleSignals ?? true);
  }

  async flush(): Promise<void> {
    await this.#flush();
  }

  async lastFlush(): Promise<void> {
    if (!(await this.#flush())) this.#metrics.stop();
  }

  shutdown(): Promise<void> {
    this.#ending ??= this.#end();
    return this.#ending;
  }

  async #flush(): Promise<boolean> {
    if (this.#ending !== undefined) {
      await this.#ending;
      return true;
    }
    return this.#settle('flush', [...this.#metrics.readers.map(reader => reader.forceFlush()), ...flushSpansAndLogs()]);
  }

  async #end(): Promise<void> {
    this.#removeHooks();
    // The SDK's shutdown rejects at the first failure, while the other signals are still on their way: each is awaited.
    const inTime = await this.#settle('shutdown', [...flushSpansAndLogs(), this.#stopSdk(), this.#metrics.closed]);
    if (!inTime) this.#metrics.stop();
    this.#globals.release();
    setLoggerProvider(loggerProvider());
    delete running[KEY];
  }

  // Asynchronous also where a provider throws at once.
  async #stopSdk(): Promise<void> {
    await this.#sdk.shutdown();
  }

  async #settle(what: string, promises: readonly Promise<unknown>[]): Promise<boolean> {
    const inTime = await settleWithin(EXPORT_LIMIT_MS, promises, reason => tell(`a part of ${what} failed`, reason));
    if (!inTime) tell(`${what} took longer than ${EXPORT_LIMIT_MS} ms and is no longer waited for`);
    return inTime;
  }
}

/** A configuration file describes whole pipelines and has no place for the producer: ours would be missing. */
function refuseConfigFile(): void {
  const file = text('OTEL_CONFIG_FILE');
  if (file === undefined) return;
  throw new NodeError(
    'ERR_START_CONFIG_FILE',
    'OTEL_CONFIG_FILE',
    JSON.stringify(file),
    'it unset: such a file has no place for the metrics of monitors. Use the other OTEL_* variables, or an SDK of your own with metricProducer()',
  );
}

/** A logger that throws must not keep the process from ending. */
function tell(message: string, ...details: unknown[]): void {
  try {
    diag.warn(`driftspan: ${message}`, ...details);
  } catch {
    // There is nobody else to tell.
  }
}
