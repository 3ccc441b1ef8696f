import type { Span } from '@opentelemetry/api';
import type { Aside } from '../aside.js';
import type { Calls } from '../call.js';
import type { Faults } from '../faults.js';
import { CHUNK_BOUNDS, DURATION_BOUNDS_S } from '../semconv.js';
import { LazyHistogram } from '../window/histogram.js';
import { attach } from './attach.js';
import { Following, type Unbegun } from './following.js';
import { type Begun, OpenStream } from './open-stream.js';

/** Streams of one monitor that are followed at once: each keeps a few hundred bytes until it ends. */
export const MAX_OPEN_STREAMS = 10_000;

/** Adds a chunk to what was made of those before; undefined before the first. */
export type Reduce = (soFar: unknown, chunk: unknown, index: number) => unknown;

/** One for all monitors. Absent on a platform without it: there the sweep is what is left. */
const abandoned =
  typeof FinalizationRegistry === 'function' ? new FinalizationRegistry<OpenStream>(open => open.abandon()) : undefined;

/** The streams of one monitor. */
export class Streams {
  /** Seconds from the start of a call to its first chunk. */
  readonly firstChunk = new LazyHistogram(DURATION_BOUNDS_S);
  /** Chunks of streams that have ended, however they did. */
  readonly chunks = new LazyHistogram(CHUNK_BOUNDS);
  readonly faults: Faults;
  readonly reduce: Reduce | undefined;
  readonly #limitMs: number;
  readonly #open = new Set<OpenStream>();

  /** @param limitMs a stream of which nothing is heard for longer is given up by {@link sweep}. */
  constructor(limitMs: number, faults: Faults, reduce: Reduce | undefined) {
    this.#limitMs = limitMs;
    this.faults = faults;
    this.reduce = reduce;
  }

  /** Streams that are followed now. */
  get size(): number {
    return this.#open.size;
  }

  /** Follows what a call that has begun gave back. False if it can't be followed: then the call is over. */
  follow(
    stream: object,
    calls: Calls,
    startMs: number,
    span: Span | undefined,
    size: number,
    aside: Aside | undefined,
    args: readonly unknown[],
  ): boolean {
    const open = this.#begin({ calls, startMs, span, size, aside, args });
    if (open === undefined) return false;
    const following = new Following(this, undefined);
    following.begin(open, args[0]);
    if (attach(stream, following)) return true;
    open.drop();
    this.faults.count('stream');
    return false;
  }

  /** Follows a generator whose function has run nothing yet. */
  followUnbegun(stream: object, calls: Calls, args: readonly unknown[]): void {
    if (attach(stream, new Following(this, { calls, args }))) return;
    this.faults.count('stream');
    this.beginLate(undefined, { calls, args });
  }

  /** Begins the call of a generator, at its first `next`; without anything to follow it by, the call is over at once. */
  beginLate(following: Following | undefined, { calls, args }: Unbegun): void {
    const input = args[0];
    const startMs = calls.begin();
    const size = calls.countInput(input, startMs);
    const span = calls.spans.open();
    const aside = calls.aside(startMs, input, size, span, args);
    const open = following === undefined ? undefined : this.#begin({ calls, startMs, span, size, aside, args });
    if (open === undefined) calls.succeed(startMs, span, undefined, input, size, aside, false);
    else following!.begin(open, input);
  }

  #begin(begun: Begun): OpenStream | undefined {
    if (this.#open.size >= MAX_OPEN_STREAMS) {
      this.faults.count('stream');
      return undefined;
    }
    const open = new OpenStream(this, begun);
    this.#open.add(open);
    return open;
  }

  /** Ends the call when nothing is left that could read its stream. */
  watchFor(following: Following, open: OpenStream): void {
    abandoned?.register(following, open, open);
  }

  /** The call has ended. */
  forget(open: OpenStream): void {
    this.#open.delete(open);
    abandoned?.unregister(open);
  }

  /** Gives up the streams of which nothing was heard for `limits.callMs`. @param nowMs of the monotonic clock. */
  sweep(nowMs: number): void {
    for (const open of this.#open) if (nowMs - open.lastMs > this.#limitMs) open.timeOut();
  }
}
