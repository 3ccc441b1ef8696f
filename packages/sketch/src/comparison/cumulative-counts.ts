import type { NumericBaseline } from '../baseline/baseline.js';
import { findBin } from '../bins/find-bin.js';

/** Between which two counts the number of values at or below a place lies, and where straight lines put it. */
export interface CountAt {
  readonly low: number;
  readonly high: number;
  /** Whole, from `low` to `high`. */
  readonly guess: number;
}

/**
 * What the bins of a numeric baseline say of how many of its values are at or below any place: exactly that at its own cuts, below
 * its smallest value and from its largest on; elsewhere that of the bin's two edges, less the smallest and the largest value themselves.
 */
export class CumulativeCounts {
  readonly #feature: NumericBaseline;
  /** Values below bin i; the last is all of them. */
  readonly #below: readonly number[];

  constructor(feature: NumericBaseline) {
    const below = [0];
    for (const count of feature.counts) below.push(below.at(-1)! + count);
    this.#feature = feature;
    this.#below = below;
  }

  get values(): number {
    return this.#below.at(-1)!;
  }

  /** Of a finite place. */
  at(place: number): CountAt {
    const { cuts, min, max } = this.#feature;
    const all = this.values;
    const bin = findBin(cuts, place);
    if (place === cuts[bin]) return exactly(this.#below[bin + 1]!);
    if (all === 0 || min === undefined || max === undefined) return this.#within(bin, place, 0, all);
    if (place < min) return exactly(0);
    if (place >= max) return exactly(all);
    return this.#within(bin, place, 1, all - 1);
  }

  #within(bin: number, place: number, least: number, most: number): CountAt {
    const { cuts, min, max } = this.#feature;
    const low = Math.max(least, this.#below[bin]!);
    const high = Math.min(most, this.#below[bin + 1]!);
    const from = Math.max(cuts[bin - 1] ?? Number.NEGATIVE_INFINITY, min ?? Number.NEGATIVE_INFINITY);
    const to = Math.min(cuts[bin] ?? Number.POSITIVE_INFINITY, max ?? Number.POSITIVE_INFINITY);
    // An outer bin of a sensitive feature has no end: half way. Halves, as the width of a bin may be more than a double.
    const ended = Number.isFinite(from) && Number.isFinite(to);
    const share = ended ? (place / 2 - from / 2) / (to / 2 - from / 2) : 0.5;
    const straight = this.#below[bin]! + share * this.#feature.counts[bin]!;
    return { low, high, guess: Math.min(high, Math.max(low, Math.round(straight))) };
  }
}

function exactly(count: number): CountAt {
  return { low: count, high: count, guess: count };
}
