import { type Context, context, type Span } from '@opentelemetry/api';
import type { Aside } from '../aside.js';
import type { Calls } from '../call.js';
import { monotonicMs } from '../platform.js';
import { ATTR_STREAM_CHUNKS, ATTR_STREAM_END, ATTR_STREAM_FIRST_CHUNK } from '../semconv.js';
import { type Abortable, awaitAbort, forgetAbort, signalOf } from './aborts.js';
import type { Streams } from './streams.js';

/** How a stream ended: read to its end, left by its consumer, or cut off. */
export type StreamEnd = 'done' | 'break' | 'throw' | 'abort' | 'abandoned' | 'timeout';

/** A call that has begun, and is waiting for the end of its stream. */
export interface Begun {
  readonly calls: Calls;
  readonly startMs: number;
  readonly span: Span | undefined;
  readonly size: number;
  readonly aside: Aside | undefined;
  readonly args: readonly unknown[];
}

/**
 * What is left of a call when its stream is gone: enough to end it. It holds neither the stream nor the input (what a model
 * reads from may hold what the model writes to), or it would keep alive what it waits for. Whatever comes first ends it.
 */
export class OpenStream implements Abortable {
  readonly span: Span | undefined;
  /** When something was last heard of it, by the monotonic clock. */
  lastMs: number;
  hasEnded = false;
  chunks = 0;
  /** False where it is read out of sight. */
  countsChunks = true;
  readonly #calls: Calls;
  readonly #streams: Streams;
  readonly #startMs: number;
  readonly #size: number;
  readonly #aside: Aside | undefined;
  readonly #input: WeakRef<object> | undefined;
  readonly #signal: AbortSignal | undefined;
  /** In which the call began: it may end anywhere, and is recorded where it ran. */
  readonly #context: Context;
  #firstChunkMs = Number.NaN;

  constructor(streams: Streams, { calls, startMs, span, size, aside, args }: Begun) {
    this.#streams = streams;
    this.#calls = calls;
    this.#startMs = startMs;
    this.lastMs = startMs;
    this.span = span;
    this.#size = size;
    this.#aside = aside;
    this.#context = context.active();
    const input = args[0];
    this.#input =
      typeof input === 'object' && input !== null && typeof WeakRef === 'function' ? new WeakRef(input) : undefined;
    this.#signal = signalOf(args);
    if (this.#signal !== undefined) awaitAbort(this.#signal, this);
  }

  heard(): void {
    this.lastMs = monotonicMs();
  }

  chunk(): void {
    this.heard();
    if (this.chunks++ === 0) {
      this.#firstChunkMs = this.lastMs - this.#startMs;
      this.#streams.firstChunk.record(this.#firstChunkMs / 1000);
    }
  }

  /** @param end undefined where the end was not seen. */
  succeed(end: 'done' | 'break' | undefined, output: unknown, input: unknown, read: boolean): void {
    this.#end(end, () => this.#calls.succeed(this.#startMs, this.span, output, input, this.#size, this.#aside, read));
  }

  fail(error: unknown, input: unknown): void {
    this.#fail('throw', error, input);
  }

  /** An error as the reason gives its name; anything else is an AbortError. */
  abort(reason: unknown): void {
    if (reason instanceof Error) this.#fail('abort', reason, this.#input?.deref());
    else this.#giveUp('abort', 'AbortError');
  }

  abandon(): void {
    this.#giveUp('abandoned', 'abandoned');
  }

  timeOut(): void {
    this.#giveUp('timeout', 'timeout');
  }

  #fail(end: StreamEnd, error: unknown, input: unknown): void {
    this.#end(end, () => this.#calls.fail(this.#startMs, this.span, error, input, this.#size, this.#aside));
  }

  #giveUp(end: StreamEnd, type: string): void {
    const input = this.#input?.deref();
    this.#end(end, () => this.#calls.failAs(type, this.#startMs, this.span, input, this.#size, this.#aside));
  }

  /** Lets go of it without an end: its stream can't be followed after all. */
  drop(): void {
    this.hasEnded = true;
    this.#streams.forget(this);
    if (this.#signal !== undefined) forgetAbort(this.#signal, this);
  }

  #end(end: StreamEnd | undefined, tell: () => void): void {
    if (this.hasEnded) return;
    this.drop();
    if (this.countsChunks) this.#streams.chunks.record(this.chunks);
    if (this.span !== undefined) this.#describe(this.span, end);
    context.with(this.#context, tell);
  }

  #describe(span: Span, end: StreamEnd | undefined): void {
    try {
      if (end !== undefined) span.setAttribute(ATTR_STREAM_END, end);
      if (this.countsChunks) span.setAttribute(ATTR_STREAM_CHUNKS, this.chunks);
      if (this.chunks > 0) span.setAttribute(ATTR_STREAM_FIRST_CHUNK, this.#firstChunkMs / 1000);
    } catch (error) {
      this.#streams.faults.count('span', error);
    }
  }
}
