import { type Eigenpair, largestEigenpair } from './eigenvalue.js';

/**
 * How much more the counts of blocks move than those of independent values.
 *
 * With Z = (c - n p) / sqrt(n p) for the counts c of a block of n values and the shares p of all blocks together,
 * independent values give Cov(Z) = I - sqrt(p) sqrt(p)': eigenvalues 1, d = groups - 1 of them. Under dependence the
 * two-sample G follows Σ λᵢ χ²₁ with the eigenvalues λᵢ of Cov(Z) (Rao & Scott 1981); λ χ²ₖ with λ the largest
 * and k = Σ λᵢ / λ has at least its tail and its mean.
 */
export interface BlockFit {
  /** So many blocks of one weight would say as much, less one a group of blocks. */
  readonly freedom: number;
  /**
   * More movement than chance gives independent values, by three standard errors: Σ λᵢ above d, or the largest above
   * (1 + sqrt(d / freedom))², where that of so few blocks would lie (Marchenko & Pastur 1967). The sum misses what moves in
   * one direction and keeps still in all others, as a timetable does.
   */
  readonly triggered: boolean;
  /** The largest eigenvalue, made larger by 1 + sqrt(2 / freedom) for what so few blocks may hide; at least 1. */
  readonly lambda: number;
  /** Degrees of freedom that go with it; at least 1. */
  readonly k: number;
}

/**
 * What a block weighs. `each` alike: a block stands for a window, and every look at one counts alike, whether by day or by night.
 * By `rows`: a window is made of many blocks, which are calls, and moves as the larger of them do.
 */
export type BlockWeight = 'each' | 'rows';

/** Three standard errors: about 2 % of independent features are taken for dependent, which costs them some power only. */
const PRETEST_Z = 3;

/*
 * Sums over blocks of weight w (1 for `each`, n for `rows`), so that no block is kept. Of the open group, whose blocks share one p:
 *
 *   products  Σ w c cᵀ / n      weighted  Σ w c      counts  Σ c      values  Σ n      weight  Σ w      sizes  Σ w n
 *
 * of which Σ w (c - n p)(c - n p)ᵀ / n = products - p weightedᵀ - weighted pᵀ + sizes p pᵀ is added to `moved` when a group ends.
 * Of independent values that is (weight - sizes / values) (diag(p) - p pᵀ) on average, whatever the blocks' sizes: the
 * factor, added to `within`, is what `moved` is divided by. It comes from as many blocks as (Σ w)² / Σ w² of one weight.
 */

/** Sums over the groups of blocks that have ended. Like `products`, `moved` is symmetric: its lower half, row by row. */
interface EndedGroups {
  readonly moved: Float64Array;
  readonly counts: Float64Array;
  values: number;
  within: number;
}

/**
 * The covariance of blocks of values, by group of bins: groups² / 2 + 5 / 2 × groups doubles, and about as many once a group of blocks has ended.
 */
export class BlockCovariance {
  readonly #groups: number;
  readonly #weight: BlockWeight;
  /** `products`, its lower half row by row, then `weighted`, then `counts`: one array, as each costs 300 bytes beside what it holds. */
  readonly #sums: Float64Array;
  readonly #weighted: number;
  readonly #counts: number;
  #values = 0;
  #weightOpen = 0;
  #sizesOpen = 0;
  /** Where no group of blocks ever ends there are none. */
  #ended: EndedGroups | undefined;
  // Of all blocks: their number, Σ w, Σ w², Σ w n and Σ w² / n.
  #blocks = 0;
  #weights = 0;
  #weightsSquared = 0;
  #sizes = 0;
  #roughness = 0;

  constructor(groups: number, weight: BlockWeight = 'each') {
    this.#groups = groups;
    this.#weight = weight;
    this.#weighted = half(groups);
    this.#counts = this.#weighted + groups;
    this.#sums = new Float64Array(this.#counts + groups);
  }

  /** Blocks with values. */
  get blocks(): number {
    return this.#blocks;
  }

  /** Mean values a block, by weight: N / blocks, or for `rows` the size of the block that a value is in. NaN without blocks. */
  get meanSize(): number {
    return this.#sizes / this.#weights;
  }

  /** Takes the counts of one block, by group; a block without values is passed over. About 0.2 µs for 16 groups. */
  add(counts: ArrayLike<number>): void {
    const groups = this.#groups;
    const sums = this.#sums;
    let n = 0;
    for (let i = 0; i < groups; i++) n += counts[i]!;
    if (n === 0) return;
    const w = this.#weight === 'each' ? 1 : n;
    for (let i = 0; i < groups; i++) {
      const count = counts[i]!;
      if (count === 0) continue;
      sums[this.#counts + i]! += count;
      sums[this.#weighted + i]! += w * count;
      const row = half(i);
      for (let j = 0; j <= i; j++) sums[row + j]! += (w / n) * count * counts[j]!;
    }
    this.#values += n;
    this.#weightOpen += w;
    this.#sizesOpen += w * n;
    this.#blocks++;
    this.#weights += w;
    this.#weightsSquared += w * w;
    this.#sizes += w * n;
    this.#roughness += (w * w) / n;
  }

  /** Ends a group of blocks: those that follow may have other shares, and only how blocks move within a group counts. */
  endGroup(): void {
    this.#ended ??= noneEnded(this.#groups);
    this.#endInto(this.#ended);
    this.#sums.fill(0);
    this.#values = 0;
    this.#weightOpen = 0;
    this.#sizesOpen = 0;
  }

  /** Adds what the open group moved about its own mean. */
  #endInto(ended: EndedGroups): void {
    const groups = this.#groups;
    const sums = this.#sums;
    const n = this.#values;
    if (n === 0) return;
    for (let i = 0; i < groups; i++) {
      const row = half(i);
      const p = sums[this.#counts + i]! / n;
      for (let j = 0; j <= i; j++) {
        const q = sums[this.#counts + j]! / n;
        ended.moved[row + j]! +=
          sums[row + j]! - p * sums[this.#weighted + j]! - q * sums[this.#weighted + i]! + this.#sizesOpen * p * q;
      }
      ended.counts[i]! += sums[this.#counts + i]!;
    }
    ended.values += n;
    ended.within += this.#weightOpen - this.#sizesOpen / n;
  }

  /** What all blocks say, the open group's as if it ended here; undefined under one degree of freedom. λ = 1 under two filled bins. */
  fit(): BlockFit | undefined {
    const ended = this.#ended ?? noneEnded(this.#groups);
    const all = { ...ended, moved: ended.moved.slice(), counts: ended.counts.slice() };
    this.#endInto(all);
    const freedom = (all.within * this.#weights) / this.#weightsSquared;
    if (!(freedom >= 1)) return undefined;
    const filled: number[] = [];
    for (let i = 0; i < this.#groups; i++) if (all.counts[i]! > 0) filled.push(i);
    if (filled.length < 2) return { freedom, triggered: false, lambda: 1, k: 1 };
    const shares = Float64Array.from(filled, i => all.counts[i]! / all.values);
    const covariance = this.#covariance(all, filled, shares);
    let trace = 0;
    for (let i = 0; i < shares.length; i++) trace += covariance[i * shares.length + i]!;
    const largest = largestEigenpair(covariance, shares.length);
    return {
      freedom,
      triggered: this.#movesMore(trace, largest, shares, freedom),
      lambda: Math.max(1, largest.value * (1 + Math.sqrt(2 / freedom))),
      k: Math.max(1, largest.value > 0 ? trace / largest.value : 1),
    };
  }

  #covariance({ moved, within }: EndedGroups, filled: readonly number[], shares: Float64Array): Float64Array {
    const size = filled.length;
    const covariance = new Float64Array(size * size);
    for (const [row, i] of filled.entries()) {
      for (const [column, j] of filled.slice(0, row + 1).entries()) {
        const product = moved[half(i) + j]! / (within * Math.sqrt(shares[row]! * shares[column]!));
        covariance[row * size + column] = product;
        covariance[column * size + row] = product;
      }
    }
    return covariance;
  }

  #movesMore(trace: number, largest: Eigenpair, shares: Float64Array, freedom: number): boolean {
    const size = shares.length;
    const d = size - 1;
    // Mean of 1 / n, by the weight of each block in a variance.
    const roughness = this.#roughness / this.#weightsSquared;
    const standardError = (variance: number) => Math.sqrt(variance / freedom);
    // Pearson's X² of a block has variance 2d, and more where a share is small beside 1 / n (Haldane 1937).
    let rareness = 0;
    for (const share of shares) rareness += 1 / share;
    const ofSum = 2 * d + (rareness - size * size - 2 * d) * roughness;
    if (trace > d + PRETEST_Z * standardError(ofSum)) return true;
    // So has the square along one direction, whose cumulants over n values are those of one value over n.
    let mean = 0;
    for (let i = 0; i < size; i++) mean += largest.vector[i]! * Math.sqrt(shares[i]!);
    let second = 0;
    let fourth = 0;
    for (let i = 0; i < size; i++) {
      const square = (largest.vector[i]! / Math.sqrt(shares[i]!) - mean) ** 2;
      second += shares[i]! * square;
      fourth += shares[i]! * square * square;
    }
    const ofLargest = 2 * second * second + (fourth - 3 * second * second) * roughness;
    return largest.value > (1 + Math.sqrt(d / freedom)) ** 2 + PRETEST_Z * standardError(ofLargest);
  }
}

/** Numbers in the rows before row i of the lower half of a symmetric matrix. */
function half(i: number): number {
  return (i * (i + 1)) / 2;
}

function noneEnded(groups: number): EndedGroups {
  return { moved: new Float64Array(half(groups)), counts: new Float64Array(groups), values: 0, within: 0 };
}
