import type { ModelSpec } from '@driftspan/sketch';
import {
  type Attributes,
  type Context,
  context,
  createContextKey,
  INVALID_TRACEID,
  type Span,
  SpanKind,
  type SpanOptions,
  SpanStatusCode,
  TraceFlags,
  type Tracer,
  type TracerProvider,
  trace,
} from '@opentelemetry/api';
import type { Faults } from '../faults.js';
import {
  ATTR_BATCH_SIZE,
  ATTR_ERROR_TYPE,
  ATTR_MODEL_NAME,
  ATTR_MODEL_VERSION,
  ATTR_OPERATION_NAME,
  ATTR_PREDICTION_CONFIDENCE,
  ATTR_PREDICTION_ID,
  ATTR_PREDICTION_LABEL,
  ATTR_PREDICTION_VALUE,
  ATTR_SERVER_ADDRESS,
  ATTR_SERVER_PORT,
  ATTR_TASK_TYPE,
  MAX_LABEL_LENGTH,
  OPERATION_PREDICT,
  OTHER,
  SCHEMA_URL,
  SCOPE_NAME,
  SCOPE_VERSION,
} from '../semconv.js';
import { MAX_CHARACTERS } from './bounded.js';
import { Description } from './description.js';
import { errorType } from './error-type.js';
import { cutText } from './json-text.js';

/** `parent`: as the active span was sampled, the root sampler where there is none; `always` asks the sampler even under an unsampled parent. */
export type SpanMode = 'parent' | 'always' | 'never';

// The key of @opentelemetry/core's suppressTracing: context keys are Symbol.for of their description.
const SUPPRESS_TRACING = createContextKey('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** What was read of the only row's result; label undefined and numbers NaN where there was nothing. */
export interface ReadOutput {
  readonly label: string | undefined;
  readonly confidence: number;
  readonly value: number;
}

export interface SpansOptions {
  readonly mode: SpanMode;
  /** Message and stack of an error too, as an event of the span. Either may quote the input. */
  readonly recordExceptions?: boolean;
  /** Instead of the global one. */
  readonly tracerProvider?: TracerProvider | undefined;
}

/** Characters of a stack: some 50 frames. */
const MAX_STACK = 4096;

/** The spans of one monitor. No method throws: a tracer's fault is counted. */
export class Spans {
  readonly #mode: SpanMode;
  readonly #name: string;
  readonly #options: SpanOptions;
  readonly #description: Description;
  readonly #recordExceptions: boolean;
  readonly #tracer: Tracer | undefined;
  readonly #faults: Faults;

  constructor(model: ModelSpec<never>, options: SpansOptions, faults: Faults) {
    this.#mode = options.mode;
    this.#recordExceptions = options.recordExceptions === true;
    this.#faults = faults;
    this.#name = `${OPERATION_PREDICT} ${model.name}`;
    this.#options = Object.freeze({ kind: model.remote === undefined ? SpanKind.INTERNAL : SpanKind.CLIENT });
    this.#description = new Description(modelAttributes(model));
    this.#tracer = tracer(options.tracerProvider, faults);
  }

  /** Sets these on every span from now on. What is no attribute is dropped. */
  describe(attributes: Attributes): void {
    this.#description.add(attributes);
  }

  /** What was described; undefined if nothing was. */
  get described(): Attributes | undefined {
    return this.#description.added;
  }

  /**
   * A span for a call that begins now, or undefined: none under an unsampled parent that does not record, none under
   * tracing suppression. It must be ended by {@link succeed} or {@link fail}.
   */
  open(): Span | undefined {
    if (this.#mode === 'never' || this.#tracer === undefined) return undefined;
    try {
      const active = context.active();
      if (this.#mode === 'parent') {
        const parent = trace.getSpan(active);
        if (parent !== undefined && isUnsampled(parent)) return undefined;
      }
      if (active.getValue(SUPPRESS_TRACING) === true) return undefined;
      const span = this.#tracer.startSpan(this.#name, this.#options, active);
      return this.#described(span) ? span : undefined;
    } catch (error) {
      this.#faults.count('span', error);
      return undefined;
    }
  }

  /** Sets what is known beforehand; false for a span of no tracer. One that refuses an attribute is kept, and ended. */
  #described(span: Span): boolean {
    try {
      if (!span.isRecording()) return span.spanContext().traceId !== INVALID_TRACEID;
      // Six calls are faster than one object given to startSpan.
      const { keys, values } = this.#description;
      for (let i = 0; i < keys.length; i++) span.setAttribute(keys[i]!, values[i]!);
    } catch (error) {
      this.#faults.count('span', error);
    }
    return true;
  }

  /** The context in which the model runs. */
  context(span: Span): Context {
    return trace.setSpan(context.active(), span);
  }

  /** Ends the span of a call that succeeded; `output` holds what was read of its only row. */
  succeed(span: Span, output: ReadOutput | undefined, predictionId: string | undefined, batchSize: number): void {
    try {
      if (span.isRecording()) {
        if (batchSize >= 0) span.setAttribute(ATTR_BATCH_SIZE, batchSize);
        if (predictionId !== undefined) span.setAttribute(ATTR_PREDICTION_ID, predictionId);
        if (output !== undefined) setOutput(span, output);
      }
    } catch (error) {
      this.#faults.count('span', error);
    }
    this.#end(span);
  }

  /** @param error what was thrown; of it nothing but its type is told, unless exceptions are recorded. */
  fail(span: Span, type: string, batchSize: number, error?: unknown): void {
    try {
      if (batchSize >= 0) span.setAttribute(ATTR_BATCH_SIZE, batchSize);
      span.setAttribute(ATTR_ERROR_TYPE, type);
      span.setStatus({ code: SpanStatusCode.ERROR });
      if (this.#recordExceptions && span.isRecording()) recordException(span, error);
    } catch (error) {
      this.#faults.count('span', error);
    }
    this.#end(span);
  }

  // Whatever a span refused before: one that is not ended is never exported.
  #end(span: Span): void {
    try {
      span.end();
    } catch (error) {
      this.#faults.count('span', error);
    }
  }
}

/** A copy, since the SDKs take a `code` for the type, and print what has neither message nor name. */
function recordException(span: Span, error: unknown): void {
  const { message, stack } = typeof error === 'object' && error !== null ? (error as Partial<Error>) : {};
  const told = typeof error === 'string' ? error : message;
  if (typeof told !== 'string') return;
  const exception: { name: string; message: string; stack?: string } = {
    name: errorType(error),
    message: cut(told, MAX_CHARACTERS),
  };
  if (typeof stack === 'string') exception.stack = cut(stack, MAX_STACK);
  span.recordException(exception);
}

function cut(text: string, characters: number): string {
  return cutText(text, characters, Number.POSITIVE_INFINITY)!.text;
}

function tracer(provider: TracerProvider | undefined, faults: Faults): Tracer | undefined {
  try {
    return (provider ?? trace.getTracerProvider()).getTracer(SCOPE_NAME, SCOPE_VERSION, { schemaUrl: SCHEMA_URL });
  } catch (error) {
    faults.count('span', error);
    return undefined;
  }
}

function isUnsampled(parent: Span): boolean {
  const { traceFlags, traceId } = parent.spanContext();
  return (traceFlags & TraceFlags.SAMPLED) === 0 && traceId !== INVALID_TRACEID && !parent.isRecording();
}

function setOutput(span: Span, output: ReadOutput): void {
  if (output.label !== undefined) {
    span.setAttribute(ATTR_PREDICTION_LABEL, output.label.length <= MAX_LABEL_LENGTH ? output.label : OTHER);
  }
  if (!Number.isNaN(output.confidence)) span.setAttribute(ATTR_PREDICTION_CONFIDENCE, output.confidence);
  if (!Number.isNaN(output.value)) span.setAttribute(ATTR_PREDICTION_VALUE, output.value);
}

const DEFAULT_PORTS: Readonly<Record<string, number>> = { 'http:': 80, 'ws:': 80, 'https:': 443, 'wss:': 443 };

function modelAttributes(model: ModelSpec<never>): Attributes {
  const attributes: Attributes = {
    [ATTR_OPERATION_NAME]: OPERATION_PREDICT,
    [ATTR_MODEL_NAME]: model.name,
    [ATTR_MODEL_VERSION]: model.version,
  };
  if (model.task !== undefined) attributes[ATTR_TASK_TYPE] = model.task;
  if (model.remote !== undefined) {
    const url = new URL(model.remote);
    attributes[ATTR_SERVER_ADDRESS] = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const port = Number(url.port) || DEFAULT_PORTS[url.protocol];
    if (port !== undefined) attributes[ATTR_SERVER_PORT] = port;
  }
  return attributes;
}
