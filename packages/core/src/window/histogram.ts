import { searchBin } from './count-value.js';
import { searchTop } from './plan.js';

/** Explicit-bucket histogram: bucket i holds the values in (bounds[i-1], bounds[i]]. Never loses a finite value. */
export class Histogram {
  readonly bounds: readonly number[];
  readonly counts: Float64Array;
  count = 0;
  sum = 0;
  readonly #bounds: Float64Array;
  readonly #top: number;

  constructor(bounds: readonly number[]) {
    this.bounds = bounds;
    this.counts = new Float64Array(bounds.length + 1);
    this.#top = searchTop(bounds.length);
    this.#bounds = new Float64Array(2 * this.#top).fill(Number.POSITIVE_INFINITY);
    this.#bounds.set(bounds);
  }

  /** @param value finite. About 6 ns. */
  record(value: number): void {
    this.counts[searchBin(value, this.#bounds, 0, this.#top)]!++;
    this.count++;
    this.sum += value;
  }
}
