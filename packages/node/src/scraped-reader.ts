import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import { metricProducer } from '@driftspan/core';
import { MetricReader } from '@opentelemetry/sdk-metrics';
import { port, text, type Warn } from './environment.js';
import { MetricText } from './metric-text.js';
import { tell } from './tell.js';

/** The specification's. `localhost`, since anybody who reaches the port may read. */
const DEFAULT_HOST = 'localhost';
const DEFAULT_PORT = 9464;
const PATH = '/metrics';
const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/**
 * Serves metrics to Prometheus, cumulative, at `/metrics` of OTEL_EXPORTER_PROMETHEUS_HOST and …_PORT, while the process
 * lives for other reasons.
 *
 * Not the SDK's PrometheusExporter: that one makes its answer at one go (265 ms for 10 models of 50 features, which here is cut into 4), answers 400 to
 * everything where the host is an IPv6 address, does not read the variables on one of the lines, and a scraper's connection
 * keeps the process alive.
 */
export class ScrapedReader extends MetricReader {
  readonly #producer = metricProducer();
  readonly #text: MetricText;
  readonly #host: string;
  readonly #port: number;
  readonly #server: Server;

  /** Throws what `require` throws where the SDK's serializer can't be loaded. */
  constructor(warn: Warn) {
    super();
    this.#text = new MetricText();
    this.#host = text('OTEL_EXPORTER_PROMETHEUS_HOST') ?? DEFAULT_HOST;
    this.#port = port('OTEL_EXPORTER_PROMETHEUS_PORT', warn) ?? DEFAULT_PORT;
    this.#server = createServer((request, response) => void this.#answer(request, response));
    this.#server.unref();
    this.#server.on('connection', socket => socket.unref());
    this.#server.on('error', error => {
      tell(`metrics are not served at port ${this.#port} of ${this.#host}; the application goes on`, error);
    });
  }

  /** To be called when the reader has its provider. A port that is taken is told. */
  open(): void {
    // Or workers of one cluster would share the port, and each scrape would reach another one.
    this.#server.listen({ port: this.#port, host: this.#host, exclusive: true });
  }

  /** Nothing can be pushed. */
  protected async onForceFlush(): Promise<void> {}

  /** Resolves when the last answer is out. */
  protected onShutdown(): Promise<void> {
    return new Promise(resolve => {
      this.#server.close(() => resolve());
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    // On a connection that is older than the end; kept, it would put the end off until it is idle.
    if (!this.#server.listening) return void response.writeHead(503, { connection: 'close' }).end();
    if (request.url?.split('?', 1)[0] !== PATH) return void response.writeHead(404).end();
    try {
      const [own, ours] = await Promise.all([this.collect(), this.#producer.collect()]);
      const errors = [...own.errors, ...ours.errors];
      if (errors.length > 0) tell('a part of the metrics could not be collected', ...errors);
      const pieces = Readable.from(this.#text.of(own.resourceMetrics, ours.resourceMetrics));
      response.setHeader('content-type', CONTENT_TYPE);
      // The labels of a series repeat: a fiftieth is left.
      if (!/\bgzip\b/.test(String(request.headers['accept-encoding']))) return await pipeline(pieces, response);
      response.setHeader('content-encoding', 'gzip');
      await pipeline(pieces, createGzip({ level: constants.Z_BEST_SPEED }), response);
    } catch (error) {
      // A scraper that hangs up is no fault.
      if ((error as NodeJS.ErrnoException).code === 'ERR_STREAM_PREMATURE_CLOSE') return;
      tell('a scrape failed', error);
      response.destroy();
    }
  }
}
