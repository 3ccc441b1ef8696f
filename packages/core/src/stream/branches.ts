import type { Context } from '@opentelemetry/api';
import { type Sink, Turn } from './sink.js';

/** The two branches of a `tee`. Each gives every chunk: it counts when the first of them gives it. */
export class Branches {
  readonly #whole: Sink;
  #chunks = 0;
  #stopped = 0;

  constructor(whole: Sink) {
    this.#whole = whole;
  }

  branch(): Sink {
    return new Branch(this.#whole, this);
  }

  chunk(nth: number, value: unknown): void {
    if (nth <= this.#chunks) return;
    this.#chunks = nth;
    this.#whole.chunk(value);
  }

  stopped(): void {
    if (++this.#stopped === 2) this.#whole.stopped();
  }
}

class Branch implements Sink {
  readonly #whole: Sink;
  readonly #branches: Branches;
  readonly #turn = new Turn();
  #chunks = 0;
  #isStopped = false;

  constructor(whole: Sink, branches: Branches) {
    this.#whole = whole;
    this.#branches = branches;
  }

  get isOpen(): boolean {
    return !this.#isStopped && this.#whole.isOpen;
  }

  get isBusy(): boolean {
    return this.#turn.isTaken;
  }

  enter(tap: object): boolean {
    return this.isOpen && this.#turn.take(tap);
  }

  within(active: Context | undefined): Context | undefined {
    return this.#whole.within(active);
  }

  leave(tap: object): void {
    this.#turn.give(tap);
  }

  chunk(value: unknown): void {
    this.#branches.chunk(++this.#chunks, value);
  }

  done(value: unknown): void {
    this.#whole.done(value);
  }

  stopped(): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#branches.stopped();
  }

  failed(error: unknown): void {
    this.#whole.failed(error);
  }

  unseen(): void {
    this.#whole.unseen();
  }

  lost(): void {
    this.#whole.lost();
  }
}
