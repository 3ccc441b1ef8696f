import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ReceiverError } from './errors.js';
import { flattenLogs, type ReceivedLog } from './flatten-logs.js';
import { flattenMetrics } from './flatten-metrics.js';
import { flattenSpans, type ReceivedSpan } from './flatten-spans.js';
import { type AnswerMode, otlpEndpoint, type ReceivedRequest } from './http-endpoint.js';
import { Listeners } from './listeners.js';
import type { LogsMessage, Messages, MetricsMessage, TracesMessage } from './messages.js';
import type { MetricPoint } from './metric-point.js';
import { NewestItems } from './newest-items.js';
import { NewestPoints } from './newest-points.js';
import {
  checkInteger,
  DEFAULT_WAIT_MS,
  type ReceiverBounds,
  type ReceiverOptions,
  type RespondOptions,
  resolveOptions,
} from './options.js';
import type { Signal } from './schema.js';
import { Waiting } from './waiting.js';

/** A client has this long to send a whole request. */
const REQUEST_TIMEOUT_MS = 60_000;

const ACCEPT: AnswerMode = { status: undefined, delayMs: 0, retryAfterSeconds: undefined };

/**
 * An OTLP/HTTP receiver on a real socket. Everything it holds is bounded; counts are of all that ever arrived.
 * Arrays are copies taken at the moment they are asked for.
 */
export class Receiver {
  /** `http://HOST:PORT`, without a path. */
  readonly url: string;
  readonly #server: Server;
  readonly #spans: NewestItems<ReceivedSpan>;
  readonly #logs: NewestItems<ReceivedLog>;
  readonly #requests: NewestItems<ReceivedRequest>;
  readonly #points: NewestPoints;
  readonly #spanListeners = new Listeners<ReceivedSpan>();
  readonly #metricListeners = new Listeners<MetricPoint>();
  readonly #waiting = new Waiting();
  #mode = ACCEPT;
  #spanCount = 0;
  #metricPointCount = 0;
  #logCount = 0;
  #requestCount = 0;
  #turnedAwayCount = 0;
  #closing: Promise<void> | undefined;

  /** @internal */
  constructor(server: Server, url: string, bounds: ReceiverBounds) {
    this.url = url;
    this.#server = server;
    this.#spans = new NewestItems(bounds.keep);
    this.#logs = new NewestItems(bounds.keep);
    this.#requests = new NewestItems(bounds.keep);
    this.#points = new NewestPoints(bounds.keepSeries);
    server.on(
      'request',
      otlpEndpoint({
        maxBodyBytes: bounds.maxBodyBytes,
        answerMode: () => this.#mode,
        accept: (signal, message, request) => this.#accept(signal, message, request),
        turnAway: () => {
          this.#turnedAwayCount++;
          this.#waiting.look();
        },
      }),
    );
  }

  /** The newest spans, oldest first. */
  get spans(): ReceivedSpan[] {
    return this.#spans.all();
  }

  get spanCount(): number {
    return this.#spanCount;
  }

  /** The newest point of every series. */
  get metrics(): MetricPoint[] {
    return this.#points.all();
  }

  get metricPointCount(): number {
    return this.#metricPointCount;
  }

  /** The newest log records, oldest first. */
  get logs(): ReceivedLog[] {
    return this.#logs.all();
  }

  get logCount(): number {
    return this.#logCount;
  }

  /** The newest accepted requests, oldest first. */
  get requests(): ReceivedRequest[] {
    return this.#requests.all();
  }

  get requestCount(): number {
    return this.#requestCount;
  }

  /** Requests answered as `respondWith` said; none of them is recorded. */
  get turnedAwayCount(): number {
    return this.#turnedAwayCount;
  }

  /** The newest point of each series of a metric, of those whose attributes hold every pair of `where`. */
  points(name: string, where?: Readonly<Record<string, string | number | boolean>>): MetricPoint[] {
    return this.#points.named(name, where);
  }

  /**
   * Calls `listener` with the points of each request, before that request is answered. Returns what ends it.
   * What a listener throws is thrown again outside the request, as an uncaught exception.
   */
  onMetrics(listener: (batch: readonly MetricPoint[]) => void): () => void {
    return this.#metricListeners.add(listener);
  }

  /** As `onMetrics`, for spans. */
  onSpans(listener: (batch: readonly ReceivedSpan[]) => void): () => void {
    return this.#spanListeners.add(listener);
  }

  /**
   * Gives the first thing `predicate` gives that is neither `undefined` nor `false`: at once, or after a later request.
   *
   * @throws ReceiverError `ERR_RECEIVER_TIMEOUT` after `timeoutMs` (default 10 s), saying what had been received;
   * `ERR_RECEIVER_CLOSED` when the receiver closes first. What `predicate` throws is passed on.
   */
  async waitFor<T>(
    predicate: (receiver: Receiver) => T | undefined | false,
    { timeoutMs = DEFAULT_WAIT_MS }: { readonly timeoutMs?: number } = {},
  ): Promise<T> {
    if (this.#closing) throw closedError();
    return this.#waiting.until(
      () => predicate(this),
      timeoutMs,
      () => this.#describe(),
    );
  }

  /** Forgets all that was received, counts too, and accepts again. Listeners and waiting promises stay. */
  reset(): void {
    this.#spans.clear();
    this.#logs.clear();
    this.#requests.clear();
    this.#points.clear();
    this.#spanCount = 0;
    this.#metricPointCount = 0;
    this.#logCount = 0;
    this.#requestCount = 0;
    this.#turnedAwayCount = 0;
    this.#mode = ACCEPT;
  }

  /**
   * From the next request on, answers with `status` and records nothing; with `undefined` accepts again.
   * `delayMs` holds every answer back, also an accepting one: a request whose client leaves meanwhile is not recorded.
   *
   * @throws ReceiverError `ERR_RECEIVER_OPTION` for a status outside 200–599 or a negative time.
   */
  respondWith(status: number | undefined, { delayMs = 0, retryAfter }: RespondOptions = {}): void {
    if (status !== undefined) checkInteger('respondWith status', status, 200, 599);
    checkInteger('respondWith delayMs', delayMs, 0, 2 ** 31 - 1);
    if (retryAfter !== undefined) checkInteger('respondWith retryAfter', retryAfter, 0, 2 ** 31 - 1);
    this.#mode = { status, delayMs, retryAfterSeconds: retryAfter };
  }

  /** Stops listening and ends every connection, also one within a request. What was received stays readable. */
  close(): Promise<void> {
    this.#closing ??= new Promise((resolve, reject) => {
      this.#server.close(error => (error ? reject(error) : resolve()));
      this.#server.closeAllConnections();
      this.#waiting.failAll(closedError());
    });
    return this.#closing;
  }

  #accept<S extends Signal>(signal: S, message: Messages[S], request: ReceivedRequest): void {
    this.#requests.add([request]);
    this.#requestCount++;
    if (signal === 'traces') {
      const spans = flattenSpans(message as TracesMessage);
      this.#spans.add(spans);
      this.#spanCount += spans.length;
      this.#spanListeners.notify(spans);
    } else if (signal === 'metrics') {
      const points = flattenMetrics(message as MetricsMessage);
      this.#points.add(points);
      this.#metricPointCount += points.length;
      this.#metricListeners.notify(points);
    } else {
      const logs = flattenLogs(message as LogsMessage);
      this.#logs.add(logs);
      this.#logCount += logs.length;
    }
    this.#waiting.look();
  }

  #describe(): string {
    const named = (names: string[]): string => {
      const distinct = [...new Set(names)];
      if (distinct.length === 0) return '';
      return ` (${distinct.slice(0, 20).join(', ')}${distinct.length > 20 ? `, and ${distinct.length - 20} more` : ''})`;
    };
    return [
      `${this.#requestCount} requests accepted and ${this.#turnedAwayCount} turned away`,
      `${this.#spanCount} spans${named(this.spans.map(span => span.name))}`,
      `${this.#metricPointCount} metric points${named(this.metrics.map(point => point.name))}`,
      `${this.#logCount} logs`,
    ].join(', ');
  }
}

/**
 * Starts a receiver and resolves when it listens.
 *
 * @throws ReceiverError `ERR_RECEIVER_OPTION` for an option out of range; the system's error when the port is taken.
 */
export async function startReceiver(options: ReceiverOptions = {}): Promise<Receiver> {
  const { port, host, ...bounds } = resolveOptions(options);
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
  const { port: bound } = server.address() as AddressInfo;
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${bound}`;
  return new Receiver(server, url, bounds);
}

function closedError(): ReceiverError {
  return new ReceiverError('ERR_RECEIVER_CLOSED', 'waitFor', 'a closed receiver', 'one that listens');
}
