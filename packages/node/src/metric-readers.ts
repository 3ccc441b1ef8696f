import { metricProducer } from '@driftspan/core';
import { type MetricReader, PeriodicExportingMetricReader, type PushMetricExporter } from '@opentelemetry/sdk-metrics';
import { milliseconds, type Warn } from './environment.js';
import type { MetricOutlets } from './metric-exporters.js';
import type { ScrapedReader } from './scraped-reader.js';

/**
 * Points a request. The SDK turns a request into bytes in one piece: 100 models with 50 features held the process up for
 * 79–145 ms. A point takes about 2 µs as JSON and 1.2 as protobuf (2 cores, Node 20.20), so this is 4 ms, and 1 MB of JSON.
 */
export const MAX_EXPORT_BATCH_SIZE = 2000;

/** The specification's. */
const DEFAULT_INTERVAL_MS = 60_000;
const DEFAULT_TIMEOUT_MS = 30_000;

type ExportDone = Parameters<PushMetricExporter['export']>[1];
type FailedCode = Parameters<ExportDone>[0]['code'];
/** ExportResultCode.FAILED of @opentelemetry/core, on both lines. */
const FAILED = 1 satisfies FailedCode;

/** An exporter that can be told to give up. */
interface Gate {
  readonly exporter: PushMetricExporter;
  /** Resolves when the reader has exported for the last time and shut the exporter down. */
  readonly closed: Promise<void>;
  /** From now on every export fails at once. */
  stop(): void;
}

/** One reader an exporter, each with a producer of its own: a delta is kept per producer. */
export class MetricReaders {
  readonly readers: readonly MetricReader[];
  readonly #gates: readonly Gate[];
  readonly #scraped: readonly ScrapedReader[];

  /** @param intervalMs instead of OTEL_METRIC_EXPORT_INTERVAL. */
  constructor({ exporters, scraped }: MetricOutlets, intervalMs: number | undefined, warn: Warn) {
    const times = exportTimes(intervalMs, warn);
    this.#gates = exporters.map(gate);
    this.#scraped = scraped;
    const pushing = this.#gates.map(
      ({ exporter }) =>
        new PeriodicExportingMetricReader({
          exporter,
          metricProducers: [metricProducer({ like: exporter })],
          maxExportBatchSize: MAX_EXPORT_BATCH_SIZE,
          ...times,
        }),
    );
    this.readers = [...pushing, ...scraped];
  }

  /** Lets scrapers in: to be called when the readers have their provider. */
  open(): void {
    for (const reader of this.#scraped) reader.open();
  }

  /** Resolves when every exporter was shut down, by its reader. */
  get closed(): Promise<unknown> {
    return Promise.all(this.#gates.map(({ closed }) => closed));
  }

  /**
   * Lets no further request begin. A reader goes on to the next batch of a collection when one has failed, ten seconds
   * each while a collector is down: the process would stay for all of them.
   */
  stop(): void {
    for (const { stop } of this.#gates) stop();
  }
}

/** The reader refuses a timeout longer than the interval: it is cut, as the SDK's own set-up does. */
function exportTimes(intervalMs: number | undefined, warn: Warn) {
  const timeoutName = 'OTEL_METRIC_EXPORT_TIMEOUT';
  const timeoutMs = milliseconds(timeoutName, warn);
  const exportIntervalMillis = intervalMs ?? milliseconds('OTEL_METRIC_EXPORT_INTERVAL', warn) ?? DEFAULT_INTERVAL_MS;
  if (timeoutMs !== undefined && timeoutMs > exportIntervalMillis) {
    warn(`${timeoutName}: met ${timeoutMs}, expected at most the interval of ${exportIntervalMillis}, which is used`);
  }
  return { exportIntervalMillis, exportTimeoutMillis: Math.min(timeoutMs ?? DEFAULT_TIMEOUT_MS, exportIntervalMillis) };
}

function gate(exporter: PushMetricExporter): Gate {
  let stopped = false;
  let close = (): void => {};
  const closed = new Promise<void>(resolve => {
    close = resolve;
  });
  const gated: PushMetricExporter = {
    export(metrics, done) {
      if (stopped) done({ code: FAILED, error: new Error('driftspan: the process ends, nothing more is sent') });
      else exporter.export(metrics, done);
    },
    forceFlush: () => exporter.forceFlush(),
    shutdown: () => exporter.shutdown().finally(close),
  };
  // The reader has defaults of its own where the exporter has no preference.
  if (exporter.selectAggregation !== undefined) gated.selectAggregation = exporter.selectAggregation.bind(exporter);
  if (exporter.selectAggregationTemporality !== undefined) {
    gated.selectAggregationTemporality = exporter.selectAggregationTemporality.bind(exporter);
  }
  return {
    exporter: gated,
    closed,
    stop: () => {
      stopped = true;
    },
  };
}
