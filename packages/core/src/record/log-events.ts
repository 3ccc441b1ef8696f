import type { Attributes, Context } from '@opentelemetry/api';
import { MonitorError, shown } from '../errors.js';
import type { Faults } from '../faults.js';
import { settled } from '../promises.js';
import { SCHEMA_URL, SCOPE_NAME, SCOPE_VERSION } from '../semconv.js';

/*
 * The two OpenTelemetry lines keep their global logger provider in different places (`@opentelemetry/api-logs` and, from 1.10
 * on, `@opentelemetry/api`), so that neither is imported: a provider is what has `getLogger`, and a logger what has `emit`.
 */

/** A record of the OpenTelemetry logs API, as far as it is used here. */
export interface LogRecordLike {
  eventName?: string;
  /** Milliseconds since the epoch; the SDK takes the present where it is left out. */
  timestamp?: number;
  severityNumber?: number;
  severityText?: string;
  attributes?: Attributes;
  context?: Context;
}

/** A `Logger` of either line. */
export interface LoggerLike {
  emit(record: LogRecordLike): void;
}

/** A `LoggerProvider` of either line. */
export interface LoggerProviderLike {
  getLogger(name: string, version?: string, options?: { schemaUrl?: string }): LoggerLike;
}

export type EventSeverity = 'info' | 'warn' | 'error';

/** SeverityNumber of the OpenTelemetry log data model: the first of each range of four. */
const SEVERITY: Readonly<Record<EventSeverity, readonly [number: number, text: string]>> = {
  info: [9, 'INFO'],
  warn: [13, 'WARN'],
  error: [17, 'ERROR'],
};

const SCOPE_OPTIONS = Object.freeze({ schemaUrl: SCHEMA_URL });

// One for all copies of this package, so its shape is fixed as long as the symbol says v1.
const KEY = Symbol.for('driftspan.logs.v1');
interface Holder {
  provider: LoggerProviderLike | undefined;
}

/** An object that all copies hold: it is asked at every call, and a property that the global object lacks takes 10 ns to miss. */
function sharedHolder(): Holder {
  const shared = globalThis as { [KEY]?: Holder };
  shared[KEY] ??= { provider: undefined };
  return shared[KEY];
}

/**
 * Where the log events of this process go: those of every monitor without a `loggerProvider` of its own, made before or after.
 * undefined: nowhere, as at first.
 *
 * @throws MonitorError `ERR_OPTION` for what has no `getLogger`.
 */
export function setLoggerProvider(provider: LoggerProviderLike | undefined): void {
  if (provider !== undefined && typeof provider?.getLogger !== 'function') {
    throw new MonitorError('ERR_OPTION', 'setLoggerProvider', shown(provider), 'a logger provider, or undefined');
  }
  sharedHolder().provider = provider;
}

/** The log events of one monitor. No method throws: a logger's fault is counted. */
export class LogEvents {
  readonly #own: LoggerProviderLike | undefined;
  readonly #shared = sharedHolder();
  readonly #faults: Faults;
  #logger: LoggerLike | undefined;
  /** Whose logger that is. */
  #provider: LoggerProviderLike | undefined;

  /** @param provider the monitor's own; without it that of the process is looked up at each emission. */
  constructor(provider: LoggerProviderLike | undefined, faults: Faults) {
    this.#own = provider;
    this.#faults = faults;
  }

  /** Where events go now; undefined for nowhere. */
  get provider(): LoggerProviderLike | undefined {
    return this.#own ?? this.#shared.provider;
  }

  /** Whether an event would go anywhere. One property read. */
  get isOn(): boolean {
    return this.provider !== undefined;
  }

  /** @param context whose span the event belongs to; the active one where it is left out. */
  emit(name: string, severity: EventSeverity, attributes: Attributes, context?: Context): void {
    const { provider } = this;
    if (provider === undefined) return;
    try {
      if (this.#provider !== provider || this.#logger === undefined) {
        this.#logger = provider.getLogger(SCOPE_NAME, SCOPE_VERSION, SCOPE_OPTIONS);
        this.#provider = provider;
      }
      const [severityNumber, severityText] = SEVERITY[severity];
      const record: LogRecordLike = { eventName: name, severityNumber, severityText, attributes };
      // Not `context: undefined`: the SDKs would take it for a context without a span.
      if (context !== undefined) record.context = context;
      settled(this.#logger.emit(record));
    } catch (error) {
      this.#faults.count('log', error);
    }
  }
}
