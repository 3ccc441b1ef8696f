import type { LoggerProviderLike } from '@driftspan/core';
import * as api from '@opentelemetry/api';

interface Provider {
  forceFlush?: () => Promise<void>;
  getDelegate?: () => Provider;
}

/** Where the logs package of the first line keeps its provider: behind a function of that package's version. */
const LOGS_KEY = Symbol.for('io.opentelemetry.js.api.logs');
const LOGS_VERSION = 1;
const logsPackage = globalThis as { [LOGS_KEY]?: (version: number) => unknown };

/** What the OpenTelemetry API keeps for the whole process, by kind. */
type Registered = Readonly<Record<string, unknown>>;

const { trace, metrics, context, propagation } = api;
const KINDS = { trace, metrics, context, propagation };
type Kind = keyof typeof KINDS;

/**
 * The providers that an SDK registered for the whole process, so that they can be taken out again: nothing else does
 * it, and the API takes no second one. What another SDK had registered before stays.
 */
export class Globals {
  readonly #before: Registered = registered();
  readonly #loggerBefore: unknown = loggerProvider();
  #taken: readonly (readonly [Kind, unknown])[] = [];
  #logger: unknown;

  /** To be called when the SDK has started. */
  note(): void {
    const now = registered();
    const kinds = Object.keys(KINDS) as Kind[];
    this.#taken = kinds
      .filter(kind => now[kind] !== undefined && now[kind] !== this.#before[kind])
      .map(kind => [kind, now[kind]]);
    const logger = loggerProvider();
    if (logger !== this.#loggerBefore) this.#logger = logger;
  }

  /** Takes out what is still ours. */
  release(): void {
    const now = registered();
    for (const [kind, ours] of this.#taken) if (now[kind] === ours) KINDS[kind].disable();
    if (this.#logger !== undefined && loggerProvider() === this.#logger) disableLogs();
  }
}

/** Asks the process's tracer and logger providers to export what they hold. */
export function flushSpansAndLogs(): Promise<void>[] {
  const tracers = trace.getTracerProvider() as Provider;
  return [tracers.getDelegate?.() ?? tracers, loggerProvider()].map(async provider => provider?.forceFlush?.());
}

/**
 * The logger provider that an SDK registered for the whole process; undefined where none did: what the API gives then is no
 * place for an event. The second line keeps it with the others.
 */
export function loggerProvider(): (LoggerProviderLike & Provider) | undefined {
  const provider = registered()['logs'] ?? logsPackage[LOGS_KEY]?.(LOGS_VERSION);
  return provider as (LoggerProviderLike & Provider) | undefined;
}

function registered(): Registered {
  // The API gives its providers only behind proxies; this is where it keeps them, on both lines.
  return { ...(globalThis as Record<symbol, Registered | undefined>)[Symbol.for('opentelemetry.js.api.1')] };
}

function disableLogs(): void {
  (api as { logs?: { disable(): void } }).logs?.disable();
  delete logsPackage[LOGS_KEY];
}
