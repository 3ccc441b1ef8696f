import { midway } from './midway.js';
import { type Piece, piecesOf } from './pieces.js';
import { roundBetween, sensitivePositions } from './sensitive-cuts.js';

/** Where a numeric feature is cut. */
export interface NumericCuts {
  /** Finite, strictly rising, at most 15. */
  readonly cuts: readonly number[];
  /**
   * `below[i] <= cuts[i] < above[i]`, and no learned value lies strictly between the two: they are the learned values beside
   * the cut (a constant has one only; then half its margin, and ±Infinity). A label's edge may stand anywhere in there.
   */
  readonly below: readonly number[];
  readonly above: readonly number[];
}

export interface CutOptions {
  /**
   * Leaves out every cut that has fewer than 10 values, or hardly 1 % of them, on a side, and rounds the others: see `sensitive-cuts.ts`.
   * A constant then has no cut, as three bins about it would give it away.
   */
  readonly sensitive?: boolean;
}

/** A constant's bin is this far to either side of it, relative to max(|v|, 1): above float32 rounding (2^-24), below any meaning. */
export const CONSTANT_MARGIN = 2 ** -20;

/**
 * Cuts a numeric baseline into at most 16 bins: frequent values (≥ 1/16 of the rows) get bins of their own, the rest
 * is cut into bins of nearly equal counts, always between two distinct values and never inside one.
 *
 * `sorted` is ascending and finite, with -0 written as 0. The same values give the same cuts, bit for bit.
 * No values: no cuts, one bin. A constant v: three bins, cut at v ± max(|v|, 1) · 2^-20, whose outer two were never filled,
 * so that any other value is unseen and left to Fisher's test (a bound that is not finite is left out).
 * Cost: one pass over the values and 4 bytes for each distinct one.
 */
export function numericCuts(sorted: Float64Array, options: CutOptions = {}): NumericCuts {
  const ends = distinctEnds(sorted);
  return cutsBetween(ends, i => sorted[ends[i]! - 1]!, options);
}

/**
 * {@link numericCuts} of distinct values: `valueAt(i)` is the i-th, strictly rising, and `ends[i]` how many rows are at or below it.
 * Exact up to 2^49 rows.
 */
export function cutsBetween(
  ends: ArrayLike<number>,
  valueAt: (i: number) => number,
  { sensitive = false }: CutOptions = {},
): NumericCuts {
  if (ends.length === 0) return { cuts: [], below: [], above: [] };
  if (ends.length === 1 && !sensitive) return aroundConstant(valueAt(0));
  const cuts: number[] = [];
  const below: number[] = [];
  const above: number[] = [];
  const positions = cutPositions(piecesOf(ends), ends);
  for (const i of sensitive ? sensitivePositions(positions, ends) : positions) {
    const a = valueAt(i);
    const b = valueAt(i + 1);
    cuts.push(sensitive ? roundBetween(a, b) : midway(a, b));
    below.push(a);
    above.push(b);
  }
  return { cuts, below, above };
}

/** How many of the ascending values each bin of `cuts` holds. */
export function countSorted(cuts: readonly number[], sorted: Float64Array): number[] {
  const counts = new Array<number>(cuts.length + 1).fill(0);
  let bin = 0;
  for (const value of sorted) {
    while (bin < cuts.length && cuts[bin]! < value) bin++;
    counts[bin]!++;
  }
  return counts;
}

/** For each distinct value how many values are at or below it; distinct value i is `sorted[ends[i] - 1]`. */
function distinctEnds(sorted: Float64Array): Uint32Array {
  let distinct = 0;
  for (let i = 0; i < sorted.length; i++) if (i + 1 === sorted.length || sorted[i] !== sorted[i + 1]) distinct++;
  const ends = new Uint32Array(distinct);
  let next = 0;
  for (let i = 0; i < sorted.length; i++) {
    if (i + 1 === sorted.length || sorted[i] !== sorted[i + 1]) ends[next++] = i + 1;
  }
  return ends;
}

/** Three bins around one value; edges may be rounded as far as half the margin from it. */
function aroundConstant(value: number): NumericCuts {
  const margin = Math.max(Math.abs(value), 1) * CONSTANT_MARGIN;
  const edges = [
    { cut: value - margin, below: Number.NEGATIVE_INFINITY, above: value - margin / 2 },
    { cut: value + margin, below: value + margin / 2, above: Number.POSITIVE_INFINITY },
  ].filter(edge => Number.isFinite(edge.cut));
  return { cuts: edges.map(e => e.cut), below: edges.map(e => e.below), above: edges.map(e => e.above) };
}

/** Indices of the distinct values after which a cut falls, rising. */
function cutPositions(pieces: readonly Piece[], ends: ArrayLike<number>): number[] {
  const positions: number[] = [];
  for (const piece of pieces) {
    pushInnerCuts(piece, ends, positions);
    if (piece !== pieces.at(-1)) positions.push(piece.last);
  }
  return positions;
}

/** Cut j of k - 1 falls where the running count is nearest to j/k of the piece (ties: the lower), leaving a value for each later bin. */
function pushInnerCuts({ first, last, count, bins }: Piece, ends: ArrayLike<number>, positions: number[]): void {
  const before = first === 0 ? 0 : ends[first - 1]!;
  let next = first;
  for (let j = 1; j < bins; j++) {
    const highest = last - (bins - j);
    // |running - j·count/k| times k, in integers. It falls, then rises, as the position moves right.
    const off = (i: number) => Math.abs((ends[i]! - before) * bins - j * count);
    while (next < highest && off(next + 1) < off(next)) next++;
    positions.push(next++);
  }
}
