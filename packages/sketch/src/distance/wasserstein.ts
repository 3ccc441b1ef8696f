import { SketchError, shown } from '../errors.js';
import { type Shares, sharesOf } from './shares.js';

/**
 * The Wasserstein distance W₁ of two runs of counts over bins that lie at `positions`, in the positions' units: how far a
 * value has to be carried on average to turn one sample into the other, Σ |Q − P| × the gap to the next position. A metric,
 * from 0 (equal shares) to the distance of the outermost positions. For saying how far a feature moved: a shift of the mean by
 * δ has W₁ = δ. {@link binPositions} has the positions of a baseline.
 *
 * NaN if a side is empty; the largest double where the distance is larger. Within 1e-13 of the truth, given the gaps; products
 * below 1e-308 are lost. 12 µs for 16 bins. Source: Vallender 1974; SciPy's `wasserstein_distance` with weights.
 *
 * @throws SketchError `ERR_COUNTS` for runs of different length, a count that is not a whole number from 0, or positions that
 * are not as many finite numbers, each at least the one before.
 */
export function wasserstein(
  observed: ArrayLike<number>,
  baseline: ArrayLike<number>,
  positions: ArrayLike<number>,
): number {
  checkPositions(positions, baseline.length);
  const shares = sharesOf(observed, baseline);
  return shares === undefined ? Number.NaN : wassersteinOf(shares, positions);
}

/** The same of shares, with nothing checked. */
export function wassersteinOf({ cumulative }: Shares, positions: ArrayLike<number>): number {
  const last = cumulative.length - 1;
  // Half of every position where the gap between the outermost could overflow.
  const scale = Math.max(-positions[0]!, positions[last]!) > 2 ** 1022 ? 0.5 : 1;
  let sum = 0;
  for (let i = 0; i < last; i++) sum += Math.abs(cumulative[i]!) * (positions[i + 1]! * scale - positions[i]! * scale);
  return Math.min(sum / scale, Number.MAX_VALUE);
}

function checkPositions(positions: ArrayLike<number>, length: number): void {
  if (positions.length !== length)
    throw new SketchError('ERR_COUNTS', 'positions', `${positions.length} positions`, `${length}, as many as bins`);
  for (let i = 0; i < length; i++) {
    const position = positions[i]!;
    if (!Number.isFinite(position) || position < (positions[i - 1] ?? position))
      throw new SketchError(
        'ERR_COUNTS',
        `positions[${i}]`,
        shown(position),
        'a finite number, at least the one before',
      );
  }
}
