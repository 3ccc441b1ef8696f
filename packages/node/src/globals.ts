import * as api from '@opentelemetry/api';
import { fromSdk } from './from-sdk.js';

interface Provider {
  forceFlush?: () => Promise<void>;
  getDelegate?: () => Provider;
}

interface LogsApi {
  getLoggerProvider(): unknown;
  disable(): void;
}

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
  readonly #loggerBefore: unknown = logsApi()?.getLoggerProvider();
  #taken: readonly (readonly [Kind, unknown])[] = [];
  #logger: unknown;

  /** To be called when the SDK has started. */
  note(): void {
    const now = registered();
    const kinds = Object.keys(KINDS) as Kind[];
    this.#taken = kinds
      .filter(kind => now[kind] !== undefined && now[kind] !== this.#before[kind])
      .map(kind => [kind, now[kind]]);
    const logger = logsApi()?.getLoggerProvider();
    if (logger !== this.#loggerBefore) this.#logger = logger;
  }

  /** Takes out what is still ours. */
  release(): void {
    const now = registered();
    for (const [kind, ours] of this.#taken) if (now[kind] === ours) KINDS[kind].disable();
    if (this.#logger !== undefined && logsApi()?.getLoggerProvider() === this.#logger) logsApi()?.disable();
  }
}

/** Asks the process's tracer and logger providers to export what they hold. */
export function flushSpansAndLogs(): Promise<void>[] {
  const tracers = trace.getTracerProvider() as Provider;
  const loggers = (logsApi()?.getLoggerProvider() ?? {}) as Provider;
  return [tracers.getDelegate?.() ?? tracers, loggers].map(async provider => provider.forceFlush?.());
}

function registered(): Registered {
  // The API gives its providers only behind proxies; this is where it keeps them, on both lines.
  return { ...(globalThis as Record<symbol, Registered | undefined>)[Symbol.for('opentelemetry.js.api.1')] };
}

/** Part of the API from 1.10 on; before, a package that the SDK brings along. */
function logsApi(): LogsApi | undefined {
  const inApi = (api as { logs?: LogsApi }).logs;
  if (inApi !== undefined) return inApi;
  try {
    return (fromSdk('@opentelemetry/api-logs') as { logs: LogsApi }).logs;
  } catch {
    return undefined; // A bundle: its logger provider stays registered.
  }
}
