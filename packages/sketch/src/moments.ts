/**
 * Count, mean, variance, smallest and largest of a stream, in constant memory; two of them merge.
 *
 * Welford's update and Chan's merge (Chan, Golub, LeVeque 1983): count, min and max are exact; mean and variance agree with
 * exact arithmetic to about n · 2^-53 relative to the spread, also where the mean is large against it, and depend on the order
 * of values and merges in the last digits only. NaN and ±Infinity are skipped. The variance overflows where values differ
 * by more than 1e154 and underflows to 0 below 1e-162: {@link momentsOf} does not.
 */
export class Moments {
  #count = 0;
  #mean = 0;
  #squares = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;

  /** Moments as they were, from the five numbers that they are. Not checked. */
  static of(state: MomentsState): Moments {
    const moments = new Moments();
    if (state.count === 0) return moments;
    moments.#count = state.count;
    moments.#mean = state.mean;
    moments.#squares = state.squares;
    moments.#min = state.min;
    moments.#max = state.max;
    return moments;
  }

  add(value: number): void {
    // NaN and ±Infinity are the doubles that differ from themselves by something else than 0.
    if (value - value !== 0) return;
    const deviation = value - this.#mean;
    this.#mean += deviation / ++this.#count;
    this.#squares += deviation * (value - this.#mean);
    if (value < this.#min) this.#min = value;
    if (value > this.#max) this.#max = value;
  }

  /** Adds what `other` has seen; `other` stays as it is. */
  merge(other: Moments): void {
    if (other.#count === 0) return;
    const count = this.#count + other.#count;
    const distance = other.#mean - this.#mean;
    this.#squares += other.#squares + distance * distance * ((this.#count / count) * other.#count);
    this.#mean = this.#count === 0 ? other.#mean : this.#mean + distance * (other.#count / count);
    this.#count = count;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
  }

  get count(): number {
    return this.#count;
  }

  /** 0 where nothing was added. */
  get mean(): number {
    return this.#mean;
  }

  /** Sum of squared deviations from the mean. */
  get squares(): number {
    return this.#squares;
  }

  /** Of the sample (n - 1); 0 below two values. */
  get variance(): number {
    return this.#count < 2 ? 0 : this.#squares / (this.#count - 1);
  }

  get sd(): number {
    return Math.sqrt(this.variance);
  }

  /** Infinity where nothing was added. */
  get min(): number {
    return this.#min;
  }

  /** -Infinity where nothing was added. */
  get max(): number {
    return this.#max;
  }
}

/** All that {@link Moments} are: what may be written down, and merged elsewhere. */
export interface MomentsState {
  readonly count: number;
  readonly mean: number;
  readonly squares: number;
  readonly min: number;
  readonly max: number;
}

export interface MomentsSummary {
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  /** Of the sample (n - 1); 0 below two values; at most the largest double. */
  readonly sd: number;
}

/**
 * Mean and sample standard deviation of ascending finite values, all zeros where there are none.
 *
 * Two passes of compensated sums, so mean and sd are good to a few units in the last place, however many values there are;
 * always finite, with min <= mean <= max. Very large and very small values are scaled by a power of two, which rounds
 * nothing. The same values in the same order give the same bits.
 */
export function momentsOf(sorted: Float64Array): MomentsSummary {
  return summaryOf(sorted, sorted.length, () => 1);
}

/** {@link momentsOf} of rising distinct values, `cumulative[i]` of which are at or below `values[i]`. */
export function momentsOfDistinct(values: Float64Array, cumulative: Float64Array): MomentsSummary {
  return summaryOf(values, cumulative.at(-1) ?? 0, i => cumulative[i]! - (i === 0 ? 0 : cumulative[i - 1]!));
}

/**
 * What a stream's moments say in a baseline: finite, min <= mean <= max, sd <= max - min. Undefined where {@link Moments} may have
 * overflowed or underflowed, that is where the largest magnitude is over 2^450 or under 2^-450.
 */
export function summaryOfStream(moments: Moments): MomentsSummary | undefined {
  const { min, max, mean, sd } = moments;
  if (moments.count === 0) return { min: 0, max: 0, mean: 0, sd: 0 };
  if (scaleFor(Math.max(-min, max)) !== 1) return undefined;
  return { min, max, mean: Math.min(Math.max(mean, min), max) + 0, sd: Math.min(sd, max - min) };
}

/** `weight(i)`: how often `values[i]` counts; `count` is their sum. */
function summaryOf(values: Float64Array, count: number, weight: (i: number) => number): MomentsSummary {
  if (count === 0) return { min: 0, max: 0, mean: 0, sd: 0 };
  const min = values[0]!;
  const max = values.at(-1)!;
  const scale = scaleFor(Math.max(-min, max));
  const sum = new CompensatedSum();
  for (let i = 0; i < values.length; i++) sum.add(values[i]! * scale * weight(i));
  const scaledMean = Math.min(Math.max(sum.total / count, min * scale), max * scale);
  const squares = new CompensatedSum();
  for (let i = 0; i < values.length; i++) squares.add((values[i]! * scale - scaledMean) ** 2 * weight(i));
  const variance = count < 2 ? 0 : squares.total / (count - 1);
  // + 0 turns -0 into 0, which JSON could not tell apart.
  const mean = Math.min(Math.max(scaledMean / scale, min), max) + 0;
  return { min, max, mean, sd: Math.min(Math.sqrt(variance) / scale, Number.MAX_VALUE) };
}

/** Neumaier's sum (1974): what each addition rounds off is kept beside the sum and added at the end. */
class CompensatedSum {
  #sum = 0;
  #lost = 0;

  add(value: number): void {
    const sum = this.#sum + value;
    this.#lost += Math.abs(this.#sum) >= Math.abs(value) ? this.#sum - sum + value : value - sum + this.#sum;
    this.#sum = sum;
  }

  get total(): number {
    return this.#sum + this.#lost;
  }
}

/** A power of two that keeps squares of the values, and their sum, away from overflow and underflow. */
function scaleFor(largest: number): number {
  if (largest > 2 ** 450) return 2 ** -600;
  return largest < 2 ** -450 ? 2 ** 700 : 1;
}
