import { SketchError, shown } from '../errors.js';
import { checkedSums } from './counts.js';

/** What may be added to each count, if not 0: a billionth of a value says nothing, and bounds the integers below to 300 bits. */
const LEAST_OFFSET = 1e-9;
const LARGEST_OFFSET = 1e9;

/** Two samples as shares q and p of their sums, bin by bin. */
export interface Shares {
  readonly observed: Float64Array;
  readonly baseline: Float64Array;
  /** q − p, right in every digit: +0 where the shares are equal, and no cancellation where they nearly are. */
  readonly difference: Float64Array;
  /** The same of the shares up to and with this bin; the last is 0. */
  readonly cumulative: Float64Array;
}

/**
 * The shares of two runs of counts over the same bins, with `offset` added to each count; undefined if a side is empty.
 *
 * q and p are rounded once each, but a distance is made of their differences, and q − p of two shares near 1/16 that differ
 * in the ninth digit keeps seven. So x/n − y/m is (x m − y n) / (n m) with the products and sums in integers without end:
 * exact for counts up to 2^53 and sums beyond. An offset is a fraction of a power of two like any double, so both sides are
 * whole numbers once multiplied by that. 10 µs for 16 bins: for reports, not for calls.
 *
 * @throws SketchError `ERR_COUNTS` for runs of different length, a count that is not a whole number from 0, or an offset
 * that is neither 0 nor from 1e-9 to 1e9.
 */
export function sharesOf(observed: ArrayLike<number>, baseline: ArrayLike<number>, offset = 0): Shares | undefined {
  checkOffset(offset);
  const [n, m] = checkedSums(observed, baseline);
  if (n === 0 || m === 0) return undefined;
  const xs = wholeCounts(observed, offset);
  const ys = wholeCounts(baseline, offset);
  return sharesOfWhole(xs, total(xs), ys, total(ys));
}

function sharesOfWhole(xs: readonly bigint[], n: bigint, ys: readonly bigint[], m: bigint): Shares {
  const length = xs.length;
  const shares = {
    observed: new Float64Array(length),
    baseline: new Float64Array(length),
    difference: new Float64Array(length),
    cumulative: new Float64Array(length),
  };
  const product = Number(n * m);
  let below = 0n;
  for (let i = 0; i < length; i++) {
    const excess = xs[i]! * m - ys[i]! * n;
    below += excess;
    shares.observed[i] = Number(xs[i]) / Number(n);
    shares.baseline[i] = Number(ys[i]) / Number(m);
    shares.difference[i] = Number(excess) / product;
    shares.cumulative[i] = Number(below) / product;
  }
  return shares;
}

/** The counts with `offset` added, all times the power of two that makes the offset whole. */
function wholeCounts(counts: ArrayLike<number>, offset: number): bigint[] {
  let scale = 1;
  while (!Number.isInteger(offset * scale)) scale *= 2;
  const added = BigInt(offset * scale);
  const factor = BigInt(scale);
  return Array.from(counts, count => BigInt(count) * factor + added);
}

function total(counts: readonly bigint[]): bigint {
  return counts.reduce((sum, count) => sum + count, 0n);
}

function checkOffset(offset: number): void {
  if (offset !== 0 && !(offset >= LEAST_OFFSET && offset <= LARGEST_OFFSET))
    throw new SketchError(
      'ERR_COUNTS',
      'offset',
      shown(offset),
      `0, or a number from ${LEAST_OFFSET} to ${LARGEST_OFFSET}`,
    );
}
