import type { Faults } from '../faults.js';
import { monotonicMs } from '../platform.js';
import { settled } from '../promises.js';
import { RING_SLOTS, type Ring } from './ring.js';

/**
 * Turns the ring with the time of day: sub-window i covers [i × length, (i + 1) × length) of the wall clock,
 * so that replicas turn together.
 */
export class Windows {
  readonly subWindowMs: number;
  #ring: Ring;
  /** Monotonic time of the next turn; -Infinity with a `clock` of the caller's, which is asked at every call. */
  turnAtMs: number;
  /** Index of the open sub-window; it never goes back. */
  openIndex: number;
  readonly #clock: (() => number) | undefined;
  readonly #faults: Faults;
  // What is added to the clock after it went back, in whole sub-windows.
  #shiftMs = 0;

  constructor(ring: Ring, windowMs: number, clock: (() => number) | undefined, faults: Faults) {
    this.#ring = ring;
    this.subWindowMs = windowMs / RING_SLOTS;
    this.#clock = clock;
    this.#faults = faults;
    const now = this.#wallMs();
    this.openIndex = Number.isFinite(now) ? Math.floor(now / this.subWindowMs) : 0;
    this.turnAtMs = clock === undefined ? this.#nextTurn() : Number.NEGATIVE_INFINITY;
  }

  /** Wall time at which the open sub-window began, in ms since the epoch (of the caller's clock where there is one). */
  get openStartMs(): number {
    return this.openIndex * this.subWindowMs - this.#shiftMs;
  }

  /** Turns another ring from now on. */
  use(ring: Ring): void {
    this.#ring = ring;
  }

  /** Wall time in ms since the epoch, of the caller's clock where there is one; NaN while that gives none. */
  nowMs(): number {
    return this.#wallMs();
  }

  /**
   * Closes what has ended. A clock that went back by less than a sub-window makes the open one longer; by more,
   * the turning goes on from where it was and the fault is counted.
   */
  settle(): void {
    const now = this.#wallMs();
    if (!Number.isFinite(now)) {
      this.#faults.count('clock_invalid');
      return;
    }
    let index = Math.floor((now + this.#shiftMs) / this.subWindowMs);
    if (index < this.openIndex - 1) {
      this.#faults.count('clock_backwards');
      this.#shiftMs += (this.openIndex - index) * this.subWindowMs;
      index = this.openIndex;
    }
    if (index > this.openIndex) {
      this.#ring.advance(index - this.openIndex);
      this.openIndex = index;
    }
    if (this.#clock === undefined) this.turnAtMs = this.#nextTurn();
  }

  #nextTurn(): number {
    const anchorMs = Date.now() - monotonicMs();
    // At least 1 ms ahead: a wall clock that was set back must not have every call ask again.
    return Math.max((this.openIndex + 1) * this.subWindowMs - this.#shiftMs - anchorMs, monotonicMs() + 1);
  }

  #wallMs(): number {
    if (this.#clock === undefined) return Date.now();
    try {
      const now = settled(this.#clock());
      return typeof now === 'number' ? now : Number.NaN;
    } catch {
      return Number.NaN;
    }
  }
}
