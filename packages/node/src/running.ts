import { type Ending, exitHooks } from './exit-hooks.js';
import type { MetricReaders } from './metric-readers.js';
import { tell } from './tell.js';
import { settleWithin } from './within.js';

/** Orchestrators wait 10 s and more between SIGTERM and SIGKILL; this leaves the application half of it. */
export const EXPORT_LIMIT_MS = 5_000;

/** What `start` and `startMetrics` give. Neither method ever rejects or waits longer than 5 s: what went wrong is told to `diag`. */
export interface Driftspan {
  /** Exports metrics, spans and logs now; with `startMetrics` the metrics. Past 5 s it goes on in the background. */
  flush(): Promise<void>;
  /**
   * Exports what is left, stops what was started and unregisters it. Idempotent. `start` may be called again after it, for
   * monitors made after that: a tracer belongs to the SDK it was asked of.
   */
  shutdown(): Promise<void>;
}

/** What there is to export and to stop. */
export interface Pipeline {
  readonly metrics: MetricReaders;
  /** Exports what is no metric. */
  flushOthers(): readonly Promise<unknown>[];
  /** Shuts down everything, the readers too. */
  stop(): Promise<unknown>;
  /** Takes out what was registered for the whole process. */
  release(): void;
}

/** For where nothing is to run. */
export const INERT: Driftspan = { flush: async () => {}, shutdown: async () => {} };

// One for all copies of this package in the process, and for both ways to start: two would export every metric twice.
const KEY = Symbol.for('driftspan.start.v1');
const running = globalThis as { [KEY]?: { readonly starter: string; readonly handle: Driftspan } };

/** The handle of what runs already, which is told; undefined where nothing does. */
export function alreadyRunning(): Driftspan | undefined {
  const found = running[KEY];
  if (found === undefined) return undefined;
  tell(`${found.starter}() was called before; its first handle is given and the new options are ignored`);
  return found.handle;
}

/** Gives the handle of a pipeline that has started, and ends it with the process. */
export function run(starter: string, pipeline: Pipeline, handleSignals: boolean): Driftspan {
  const handle = new RunningPipeline(pipeline, handleSignals);
  running[KEY] = { starter, handle };
  return handle;
}

class RunningPipeline implements Driftspan, Ending {
  readonly #pipeline: Pipeline;
  readonly #removeHooks: () => void;
  #ending: Promise<void> | undefined;

  constructor(pipeline: Pipeline, handleSignals: boolean) {
    this.#pipeline = pipeline;
    this.#removeHooks = exitHooks(this, handleSignals);
  }

  async flush(): Promise<void> {
    await this.#flush();
  }

  async lastFlush(): Promise<void> {
    if (!(await this.#flush())) this.#pipeline.metrics.stop();
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
    const { metrics } = this.#pipeline;
    return this.#settle('flush', [
      ...metrics.readers.map(reader => reader.forceFlush()),
      ...this.#pipeline.flushOthers(),
    ]);
  }

  async #end(): Promise<void> {
    this.#removeHooks();
    const { metrics } = this.#pipeline;
    // The SDK's shutdown rejects at the first failure, while the other signals are still on their way: each is awaited.
    const inTime = await this.#settle('shutdown', [...this.#pipeline.flushOthers(), this.#stop(), metrics.closed]);
    if (!inTime) metrics.stop();
    this.#pipeline.release();
    delete running[KEY];
  }

  // Asynchronous also where a provider throws at once.
  async #stop(): Promise<void> {
    await this.#pipeline.stop();
  }

  async #settle(what: string, promises: readonly Promise<unknown>[]): Promise<boolean> {
    const inTime = await settleWithin(EXPORT_LIMIT_MS, promises, reason => tell(`a part of ${what} failed`, reason));
    if (!inTime) tell(`${what} took longer than ${EXPORT_LIMIT_MS} ms and is no longer waited for`);
    return inTime;
  }
}
