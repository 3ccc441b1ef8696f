import type { Faults } from '../faults.js';
import { DURATION_BOUNDS_S, OTHER } from '../semconv.js';
import { Histogram } from '../window/histogram.js';

/** Error types kept beside `_OTHER`. */
export const MAX_ERROR_TYPES = 20;

/** Durations in seconds: of calls that succeeded, and by error type of those that failed. */
export class Durations {
  readonly succeeded = new Histogram(DURATION_BOUNDS_S);
  readonly failed = new Map<string, Histogram>();
  readonly #faults: Faults;

  constructor(faults: Faults) {
    this.#faults = faults;
  }

  fail(errorType: string, seconds: number): void {
    let type = errorType;
    if (
      !this.failed.has(type) &&
      type !== OTHER &&
      this.failed.size - Number(this.failed.has(OTHER)) >= MAX_ERROR_TYPES
    ) {
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
