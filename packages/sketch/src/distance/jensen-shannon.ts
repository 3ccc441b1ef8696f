import { deviance } from '../significance/deviance.js';
import { type Shares, sharesOf } from './shares.js';

/**
 * The Jensen–Shannon distance of two runs of counts over the same bins: the square root of the mean divergence, in nats, of
 * both samples from their average. A metric, from 0 (equal shares) to √ln 2 = 0.8326 (no bin in common), finite without an
 * offset. For reports where categories come and go. It grows with the number of bins by chance alone, about as
 * √((1/n + 1/m)(K − 1) / 8), so a fixed threshold on it says little.
 *
 * NaN if a side is empty. Within 1e-13 of the truth; 12 µs for 16 bins.
 * Source: Endres & Schindelin 2003; SciPy's `jensenshannon`, base e.
 *
 * @throws SketchError `ERR_COUNTS` for runs of different length, or a count that is not a whole number from 0.
 */
export function jensenShannon(observed: ArrayLike<number>, baseline: ArrayLike<number>): number {
  const shares = sharesOf(observed, baseline);
  return shares === undefined ? Number.NaN : jensenShannonOf(shares);
}

/** The same of shares. */
export function jensenShannonOf({ observed, baseline, difference }: Shares): number {
  let sum = 0;
  for (let i = 0; i < observed.length; i++) {
    const q = observed[i]!;
    const p = baseline[i]!;
    const average = (q + p) / 2;
    const half = difference[i]! / 2;
    sum += deviance(q, average, half) + deviance(p, average, -half);
  }
  // Rounding puts the sum of disjoint samples a digit to either side of its bound.
  return Math.sqrt(Math.min(sum / 2, Math.LN2));
}
