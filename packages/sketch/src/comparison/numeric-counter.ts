import type { NumericBaseline } from '../baseline/baseline.js';
import { numericValue } from '../feature/numeric.js';
import { Moments, type MomentsSummary, momentsOf, summaryOfStream } from '../moments.js';
import type { CountedFeature } from './counted-rows.js';
import { shapeOf, ValueSample } from './value-sample.js';

/** Counts the numbers of one column into a baseline's cells, and keeps what tells of them by themselves: moments and a sample. */
export class NumericCounter {
  readonly #feature: NumericBaseline;
  /** Padded with +Infinity to 2 × top - 1, so that the search needs no bound check. */
  readonly #cuts: Float64Array;
  readonly #top: number;
  /** In cell order. */
  readonly #counts: Float64Array;
  readonly #missing: number;
  /** The baseline's; of a sensitive feature NaN, which no number is beyond. */
  readonly #min: number;
  readonly #max: number;
  #outOfRange = 0;
  /** Undefined of a sensitive feature. */
  readonly #moments: Moments | undefined;
  readonly #sample: ValueSample | undefined;
  /** What the newest row counted as: finite, NaN for missing, Infinity for invalid. */
  newest = Number.NaN;

  constructor(feature: NumericBaseline) {
    const { cuts, counts } = feature;
    this.#feature = feature;
    this.#top = cuts.length === 0 ? 0 : 2 ** Math.floor(Math.log2(cuts.length));
    this.#cuts = new Float64Array(Math.max(0, 2 * this.#top - 1)).fill(Number.POSITIVE_INFINITY);
    this.#cuts.set(cuts);
    this.#missing = counts.length;
    this.#counts = new Float64Array(counts.length + 2);
    this.#min = feature.min ?? Number.NaN;
    this.#max = feature.max ?? Number.NaN;
    if (feature.sensitive === true) return;
    this.#moments = new Moments();
    this.#sample = new ValueSample();
  }

  add(value: unknown): void {
    this.addNumber(numericValue(value));
  }

  addInvalid(): void {
    this.addNumber(Number.POSITIVE_INFINITY);
  }

  /** @param number what `numericValue` gave. */
  addNumber(number: number): void {
    // Makes -0 and 0 one value.
    const x = number + 0;
    this.newest = x;
    if (x - x !== 0) {
      this.#counts[this.#missing + (Number.isNaN(x) ? 0 : 1)]!++;
      return;
    }
    // Branchless: half of all branches here would be mispredicted.
    const cuts = this.#cuts;
    let bin = 0;
    for (let step = this.#top; step > 0; step >>= 1) bin += +(x > cuts[bin + step - 1]!) * step;
    this.#counts[bin]!++;
    if (x < this.#min || x > this.#max) this.#outOfRange++;
    this.#moments?.add(x);
    this.#sample?.add(x);
  }

  finish(): CountedFeature {
    const { name, counts: learned } = this.#feature;
    const counted = { name, counts: Object.freeze(Array.from(this.#counts)) };
    if (this.#sample === undefined) return Object.freeze(counted);
    const known = learned.some(count => count > 0);
    const ranged = { ...counted, ...(known ? { outOfRange: this.#outOfRange } : {}) };
    if (this.#sample.seen === 0) return Object.freeze(ranged);
    const sorted = this.#sample.sorted();
    const { mean, sd, min, max } = this.#summary(sorted, this.#sample.isAll);
    return Object.freeze({ ...ranged, mean, sd, min, max, shape: shapeOf(sorted, this.#sample.seen) });
  }

  /** To the last digit while all values are in the sample; of it where their squares overflow. */
  #summary(sorted: Float64Array, isAll: boolean): MomentsSummary {
    const moments = this.#moments!;
    const streamed = isAll ? undefined : summaryOfStream(moments);
    return streamed ?? { ...momentsOf(sorted), min: moments.min, max: moments.max };
  }
}
