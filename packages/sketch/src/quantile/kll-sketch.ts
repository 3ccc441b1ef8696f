import { SketchError } from '../errors.js';
import { type KllState, kllFromBytes, kllToBytes } from './kll-bytes.js';
import { checkKllK, DEFAULT_KLL_K, MAX_KLL_COUNT } from './kll-capacity.js';
import { KllCoin } from './kll-coin.js';
import { KllLevels } from './kll-levels.js';
import { quantilesInInto, rankIn, type WeightedValues, weightedValuesOf } from './weighted-values.js';

export interface KllOptions {
  /** From 64 to 65,536, 8,192 unless told: memory rises with it and the error falls. Only sketches of one k merge. */
  readonly k?: number;
}

/**
 * Ranks and quantiles of a stream of any length in bounded memory; sketches of parts of it merge (Karnin, Lang and Liberty 2016).
 *
 * Count, min and max are exact. A rank is exact while {@link isExact}, for the first 3 k values or so; after that it is off by at
 * most {@link kllRankError} with 99 % confidence, whatever the values and their order. Finite doubles of any size; -0 is 0. NaN and
 * ±Infinity are skipped: counting them is the caller's. The same calls give the same bytes on every machine, and while exact
 * the same values do in any order and any parts.
 * Memory: 8 bytes a value, up to 24 k and a few thousand (200 KB for the default), up to twice that while it grows or merges.
 * Cost: 70 ns a value, most of it sorting; nothing is allocated but views at a compaction, and the values' room as it doubles.
 */
export class KllSketch {
  readonly k: number;
  #count = 0;
  #min = Number.POSITIVE_INFINITY;
  #max = Number.NEGATIVE_INFINITY;
  #coin: KllCoin;
  #levels: KllLevels;

  /** @throws SketchError `ERR_SKETCH_K` */
  constructor(options: KllOptions = {}) {
    this.k = options.k ?? DEFAULT_KLL_K;
    checkKllK(this.k);
    this.#coin = new KllCoin();
    this.#levels = new KllLevels(this.k, this.#coin);
  }

  /**
   * The sketch that {@link toBytes} wrote; what is added to it then gives what it would have given there.
   *
   * Bytes are untrusted: every field is checked before the work it bounds.
   * @throws SketchError `ERR_SKETCH_BYTES`
   */
  static fromBytes(bytes: Uint8Array): KllSketch {
    const state = kllFromBytes(bytes);
    const sketch = new KllSketch({ k: state.k });
    sketch.#coin = new KllCoin(state.coin, state.owed);
    sketch.#levels = new KllLevels(state.k, sketch.#coin);
    sketch.#levels.merge(state.levels);
    sketch.#count = state.count;
    if (state.count > 0) [sketch.#min, sketch.#max] = [state.min, state.max];
    return sketch;
  }

  add(value: number): void {
    // NaN and ±Infinity are the doubles that differ from themselves by something else than 0.
    if (value - value !== 0) return;
    if (value < this.#min) this.#min = value + 0;
    if (value > this.#max) this.#max = value + 0;
    this.#count++;
    this.#levels.push(value + 0);
  }

  /** Adds `values[offset]`, `values[offset + stride]` and so on, `count` of them; what lies outside of `values` is skipped. */
  addMany(values: ArrayLike<number>, offset = 0, stride = 1, count = values.length): void {
    for (let i = 0, at = offset; i < count; i++, at += stride) this.add(values[at]!);
  }

  /**
   * Adds what `other` has seen; `other` stays as it is, and may be this one. The bound of the error is that of one sketch over all values.
   *
   * @throws SketchError `ERR_SKETCH_K` for a sketch of another `k`, `ERR_COUNTS` where the counts add up to more than 2^52.
   */
  merge(other: KllSketch): void {
    if (other.k !== this.k) throw new SketchError('ERR_SKETCH_K', 'other.k', String(other.k), String(this.k));
    const count = this.#count + other.#count;
    if (count > MAX_KLL_COUNT) throw new SketchError('ERR_COUNTS', 'count', String(count), 'at most 2^52');
    this.#coin.merge(other.#coin);
    this.#levels.merge(other.#runs());
    this.#count = count;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
  }

  get count(): number {
    return this.#count;
  }

  /** Infinity where nothing was added. */
  get min(): number {
    return this.#min;
  }

  /** -Infinity where nothing was added. */
  get max(): number {
    return this.#max;
  }

  /** How many values are kept. */
  get retained(): number {
    return this.#levels.size;
  }

  /** Whether every value is still kept, so that ranks and quantiles are those of a sorted array. */
  get isExact(): boolean {
    return this.#levels.levels === 1;
  }

  /**
   * The distinct values kept, with how many of the stream are at or below each; the last is `count`, exactly. For cutting bins, and
   * for asking many ranks. Cost: 1 ms with 25,000 values kept.
   */
  weightedValues(): WeightedValues {
    return weightedValuesOf(this.#runs(), this.#min, this.#max);
  }

  /** The share of values at or below `x`, from 0 to 1; NaN for NaN and where nothing was added. Cost: that of {@link weightedValues}. */
  rank(x: number): number {
    return rankIn(this.weightedValues(), x);
  }

  /** The value of {@link quantilesInto} for one share. */
  quantile(p: number): number {
    const out = [Number.NaN];
    this.quantilesInto([p], out);
    return out[0]!;
  }

  /**
   * Writes for each share of `ps` the smallest value kept that at least this share is at or below: `out[i]` for `ps[i]`. 0 gives
   * min, 1 gives max; NaN for a share out of [0, 1] and where nothing was added. Cost: that of {@link weightedValues}, once.
   */
  quantilesInto(ps: ArrayLike<number>, out: { [index: number]: number }): void {
    quantilesInInto(this.weightedValues(), ps, out);
  }

  /** Little-endian, as drawn in `kll-bytes.ts`: 40 bytes, 8 for each level, 8 for each value kept. */
  toBytes(): Uint8Array<ArrayBuffer> {
    const state: KllState = {
      k: this.k,
      count: this.#count,
      min: this.#count === 0 ? 0 : this.#min,
      max: this.#count === 0 ? 0 : this.#max,
      coin: this.#coin.state,
      owed: this.#coin.owed,
      levels: this.#runs(),
    };
    return kllToBytes(state);
  }

  /** The levels, lowest first. */
  #runs(): Float64Array[] {
    return Array.from({ length: this.#levels.levels }, (_, level) => this.#levels.level(level));
  }
}
