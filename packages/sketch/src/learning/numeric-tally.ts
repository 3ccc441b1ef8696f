import type { NumericBaseline } from '../baseline/baseline.js';
import type { FeatureDependence } from '../dependence/dependence.js';
import { Moments, type MomentsSummary, momentsOf, momentsOfDistinct, summaryOfStream } from '../moments.js';
import { weightedCounts, weightedCuts } from '../quantile/cuts-of-sketch.js';
import type { KllSketch } from '../quantile/kll-sketch.js';
import type { WeightedValues } from '../quantile/weighted-values.js';
import { numericBaseline } from './numeric-baseline.js';

/**
 * What is known of a numeric feature without its rows; two of them merge. 200 KB with the default `k`.
 *
 * Count, missing, invalid, min and max are exact. While the sketch still holds every value the baseline is that of the values
 * themselves, bit for bit; after that a bin's bounds are off by the sketch's rank error, and mean and sd are Welford's.
 */
export class NumericTally {
  readonly sketch: KllSketch;
  #missing: number;
  #invalid: number;
  /** Of the values; undefined if they, or those of a part that was merged, are not known. */
  #moments: Moments | undefined;

  /** @param moments those of what the sketch has seen; an exact sketch knows them itself. */
  constructor(sketch: KllSketch, moments?: Moments, missing = 0, invalid = 0) {
    this.sketch = sketch;
    this.#moments = sketch.isExact ? momentsIn(sketch) : moments;
    this.#missing = missing;
    this.#invalid = invalid;
  }

  /** NaN is missing and Infinity invalid. About 50 ns. */
  add(number: number): void {
    if (Number.isNaN(number)) this.#missing++;
    else if (number === Number.POSITIVE_INFINITY) this.#invalid++;
    else {
      this.sketch.add(number);
      this.#moments?.add(number);
    }
  }

  /** Adds what `other`, whose sketch has the same `k`, has seen; it stays as it is. */
  merge(other: NumericTally): void {
    this.#missing += other.missing;
    this.#invalid += other.invalid;
    this.sketch.merge(other.sketch);
    if (other.#moments === undefined) this.#moments = undefined;
    else this.#moments?.merge(other.#moments);
  }

  get missing(): number {
    return this.#missing;
  }

  get invalid(): number {
    return this.#invalid;
  }

  get rows(): number {
    return this.sketch.count + this.#missing + this.#invalid;
  }

  /** Of what can't be made again from the sketch: undefined while that is exact, and where the squares overflowed. */
  get moments(): Moments | undefined {
    const moments = this.#moments;
    if (this.sketch.isExact || moments === undefined) return undefined;
    return Number.isFinite(moments.mean) && Number.isFinite(moments.squares) ? moments : undefined;
  }

  baseline(name: string, dependence: FeatureDependence | undefined, sensitive = false): NumericBaseline {
    const weighted = this.sketch.weightedValues();
    const bounds = weightedCuts(weighted, { sensitive });
    const counts = weightedCounts(bounds.cuts, weighted);
    const { missing, invalid } = this;
    const moments = sensitive ? undefined : this.#summary(weighted);
    return numericBaseline(name, { bounds, counts, missing, invalid, moments }, dependence);
  }

  #summary(weighted: WeightedValues): MomentsSummary {
    if (this.sketch.isExact) return momentsOf(everyValue(weighted));
    const streamed = this.#moments === undefined ? undefined : summaryOfStream(this.#moments);
    return streamed ?? momentsOfDistinct(weighted.values, weighted.cumulative);
  }
}

function momentsIn(sketch: KllSketch): Moments {
  const moments = new Moments();
  for (const value of everyValue(sketch.weightedValues())) moments.add(value);
  return moments;
}

/** The values of an exact sketch, ascending. */
function everyValue({ values, cumulative }: WeightedValues): Float64Array {
  const all = new Float64Array(cumulative.at(-1) ?? 0);
  values.forEach((value, i) => {
    all.fill(value, i === 0 ? 0 : cumulative[i - 1]!, cumulative[i]!);
  });
  return all;
}
