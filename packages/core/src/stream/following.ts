import { type Context, context, trace } from '@opentelemetry/api';
import type { Calls } from '../call.js';
import { isThenable, observe } from '../promises.js';
import type { OpenStream } from './open-stream.js';
import { type Sink, Turn } from './sink.js';
import type { Streams } from './streams.js';

/** A generator that has not been asked for anything: its call begins when it is. */
export interface Unbegun {
  readonly calls: Calls;
  readonly args: readonly unknown[];
}

/** A call as its stream holds it. When nothing that reads the stream is left, this is gone too: so it is known as abandoned. */
export class Following implements Sink {
  readonly #streams: Streams;
  #unbegun: Unbegun | undefined;
  #open: OpenStream | undefined;
  #input: unknown;
  #soFar: unknown;
  #isReadable = false;
  readonly #turn = new Turn();

  constructor(streams: Streams, unbegun: Unbegun | undefined) {
    this.#streams = streams;
    this.#unbegun = unbegun;
  }

  /** The call has begun. */
  begin(open: OpenStream, input: unknown): void {
    this.#open = open;
    this.#input = input;
    this.#isReadable = this.#streams.reduce !== undefined;
    this.#streams.watchFor(this, open);
  }

  get isOpen(): boolean {
    return this.#unbegun !== undefined || this.#open?.hasEnded === false;
  }

  get isBusy(): boolean {
    return this.#turn.isTaken;
  }

  enter(tap: object, begins: boolean, active: Context | undefined): boolean {
    const unbegun = this.#unbegun;
    if (unbegun !== undefined) {
      this.#unbegun = undefined;
      // Returned from or thrown into before its first `next`, a generator runs nothing.
      if (!begins || unbegun.calls.disposed) return false;
      if (active === undefined) this.#streams.beginLate(this, unbegun);
      else context.with(active, () => this.#streams.beginLate(this, unbegun));
    }
    const open = this.#open;
    if (open === undefined || open.hasEnded || !this.#turn.take(tap)) return false;
    open.heard();
    return true;
  }

  within(active: Context | undefined): Context | undefined {
    const span = this.#open?.span;
    return span === undefined ? active : trace.setSpan(active ?? context.active(), span);
  }

  leave(tap: object): void {
    this.#turn.give(tap);
  }

  chunk(value: unknown): void {
    const open = this.#open;
    if (open === undefined || open.hasEnded) return;
    const index = open.chunks;
    open.chunk();
    if (!this.#isReadable) return;
    try {
      const soFar = this.#streams.reduce!(this.#soFar, value, index);
      if (isPromise(soFar)) this.#spoil();
      else this.#soFar = soFar;
    } catch (error) {
      this.#spoil(error);
    }
  }

  /** What is left out of a sum makes the rest of it wrong: nothing is read. */
  #spoil(error?: unknown): void {
    this.#isReadable = false;
    this.#soFar = undefined;
    this.#streams.faults.count('output_reader', error);
  }

  done(value: unknown): void {
    if (this.#streams.reduce !== undefined) this.#succeed('done');
    else this.#open?.succeed('done', value, this.#input, value !== undefined);
    this.#letGo();
  }

  stopped(): void {
    this.#succeed('break');
    this.#letGo();
  }

  #succeed(end: 'done' | 'break'): void {
    const open = this.#open;
    open?.succeed(end, this.#soFar, this.#input, this.#isReadable && open.chunks > 0);
  }

  failed(error: unknown): void {
    this.#open?.fail(error, this.#input);
    this.#letGo();
  }

  unseen(): void {
    if (this.#open === undefined) return;
    this.#open.countsChunks = false;
    this.#isReadable = false;
  }

  lost(): void {
    const open = this.#open;
    if (open === undefined || open.hasEnded) return;
    this.#streams.faults.count('stream');
    this.unseen();
    open.succeed(undefined, undefined, this.#input, false);
    this.#letGo();
  }

  #letGo(): void {
    this.#input = undefined;
    this.#soFar = undefined;
  }
}

/** One that rejects is settled here: it must not end the process as an unhandled rejection. */
function isPromise(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && isThenable(value) && observe(value, ignore, ignore) !== undefined
  );
}

function ignore(): void {}
