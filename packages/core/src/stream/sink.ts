import type { Context } from '@opentelemetry/api';

/** Hears what becomes of a stream. No method throws. */
export interface Sink {
  /** Whether the call still waits for its end. */
  readonly isOpen: boolean;
  /** Whether an operation is under way: what it brings is heard when it settles. */
  readonly isBusy: boolean;
  /**
   * An operation starts at `tap`; false if it is not followed: the call has ended, or this is what another operation does inside.
   *
   * @param begins whether it starts a generator that has not begun.
   * @param active in which the operation will run; undefined for the one that is active.
   */
  enter(tap: object, begins: boolean, active: Context | undefined): boolean;
  /** The same context with the span of the call, in which the operation is to run. */
  within(active: Context | undefined): Context | undefined;
  /** An operation that was entered has settled. */
  leave(tap: object): void;
  chunk(value: unknown): void;
  /** Read to its end. @param value what a generator returned. */
  done(value: unknown): void;
  /** The consumer wants no more of it. */
  stopped(): void;
  failed(error: unknown): void;
  /** From here on its chunks go where they are not seen. */
  unseen(): void;
  /** Neither its chunks nor its end can be seen any more. */
  lost(): void;
}

/**
 * Which of a stream's readers has the turn. An iterator may read by a reader, and a reader by events: while an
 * operation of one is under way, what the others do is its doing, and is not counted twice.
 */
export class Turn {
  #tap: object | undefined;
  #pending = 0;

  get isTaken(): boolean {
    return this.#pending > 0;
  }

  take(tap: object): boolean {
    if (this.#pending > 0 && this.#tap !== tap) return false;
    this.#tap = tap;
    this.#pending++;
    return true;
  }

  give(tap: object): void {
    if (this.#tap === tap && this.#pending > 0) this.#pending--;
  }
}
