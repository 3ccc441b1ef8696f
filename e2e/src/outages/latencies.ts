import type { Latency } from './load-options.js';

/** Latencies of one phase, in memory that is there before the load begins: keeping them must not show in the heap. */
export class Latencies {
  readonly #ms: Float64Array;
  #count = 0;

  /** `most` are kept; further ones of a phase are not, so that a long phase stays bounded. */
  constructor(most: number) {
    this.#ms = new Float64Array(most);
  }

  add(ms: number): void {
    if (this.#count < this.#ms.length) this.#ms[this.#count++] = ms;
  }

  /** Exact quantiles of what was added, which is then forgotten. */
  take(): Latency {
    const sorted = this.#ms.subarray(0, this.#count).sort();
    this.#count = 0;
    const at = (share: number) => sorted[Math.floor(share * sorted.length)] ?? Number.NaN;
    return { medianMs: at(0.5), p99Ms: at(0.99) };
  }
}
