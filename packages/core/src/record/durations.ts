import type { Faults } from '../faults.js';
import { DURATION_BOUNDS_S, OTHER } from '../semconv.js';
import { Histogram } from '../window/histogram.js';

/** Durations in seconds: of calls that succeeded, and of those that failed by error type, `limit` types beside `_OTHER`. */
export class Durations {
  readonly succeeded = new Histogram(DURATION_BOUNDS_S);
  readonly failed = new Map<string, Histogram>();
  readonly #limit: number;
  readonly #faults: Faults;

  constructor(limit: number, faults: Faults) {
    this.#limit = limit;
    this.#faults = faults;
  }

  /** Of the clock's own two numbers: their difference, handed on, would be a third on the heap. */
  succeed(startMs: number, endMs: number): void {
    this.succeeded.record((endMs - startMs) / 1000);
  }

  fail(errorType: string, seconds: number): void {
    let type = errorType;
    if (!this.failed.has(type) && type !== OTHER && this.failed.size - Number(this.failed.has(OTHER)) >= this.#limit) {
      this.#faults.count('error_type_limit');
      type = OTHER;
    }
    let histogram = this.failed.get(type);
    if (histogram === undefined) {
      histogram = new Histogram(DURATION_BOUNDS_S);
      this.failed.set(type, histogram);
    }
    histogram.record(seconds);
  }

  get failures(): number {
    let count = 0;
    for (const histogram of this.failed.values()) count += histogram.count;
    return count;
  }
}
