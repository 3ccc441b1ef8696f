/** Explicit-bucket histogram: bucket i holds the values in (bounds[i-1], bounds[i]]. Never loses a finite value. */
export class Histogram {
  readonly bounds: readonly number[];
  readonly counts: Float64Array;
  count = 0;
  sum = 0;
  readonly #bounds: Float64Array;

  constructor(bounds: readonly number[]) {
    this.bounds = bounds;
    this.#bounds = Float64Array.from(bounds);
    this.counts = new Float64Array(bounds.length + 1);
  }

  /** @param value finite. Cost: one scan that stops at the bucket; durations and confidences crowd in a few. */
  record(value: number): void {
    const bounds = this.#bounds;
    let low = 0;
    let high = bounds.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (value > bounds[middle]!) low = middle + 1;
      else high = middle;
    }
    this.counts[low]!++;
    this.count++;
    this.sum += value;
  }
}
