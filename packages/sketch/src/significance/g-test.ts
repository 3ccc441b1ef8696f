import { checkedSums } from '../distance/counts.js';
import { deviance } from './deviance.js';

export interface GTest {
  /** G divided by Williams' q: χ² with `df` degrees of freedom if both samples come from one distribution. */
  readonly g: number;
  /** One fewer than the bins that at least one sample filled; 0 (and g = 0) if there is only one. */
  readonly df: number;
}

/**
 * The two-sample G statistic with Williams' correction, over bins that are already merged: with 20 expected in each, its
 * χ² tail is right within 15 % down to p = 1e-7. Bins empty on both sides say nothing and are left out. `g` is NaN and `df` 0
 * if a sample is empty.
 *
 * Source: Williams 1976, "Improved likelihood ratio tests for complete contingency tables".
 *
 * @throws SketchError `ERR_COUNTS` for runs of different length, or a count that is not a whole number from 0.
 */
export function gTest(observed: ArrayLike<number>, baseline: ArrayLike<number>): GTest {
  const [n, m] = checkedSums(observed, baseline);
  if (n === 0 || m === 0) return { g: Number.NaN, df: 0 };
  let bins = 0;
  for (let i = 0; i < baseline.length; i++) if (observed[i]! + baseline[i]! > 0) bins++;
  return { g: gStatistic(observed, baseline, baseline.length, n, m), df: bins - 1 };
}

/**
 * The same for the first `length` counts, with their sums n and m given and nothing checked. Symmetric in its samples;
 * 0.3 µs for 16 bins.
 */
export function gStatistic(
  observed: ArrayLike<number>,
  baseline: ArrayLike<number>,
  length: number,
  n: number,
  m: number,
): number {
  const total = n + m;
  const n1 = n / total;
  const m1 = m / total;
  let half = 0;
  let reciprocals = 0;
  let bins = 0;
  for (let i = 0; i < length; i++) {
    const x = observed[i]!;
    const y = baseline[i]!;
    const both = x + y;
    if (both === 0) continue;
    const excess = (x * m - y * n) / total;
    half += deviance(x, both * n1, excess) + deviance(y, both * m1, -excess);
    reciprocals += total / both;
    bins++;
  }
  if (bins < 2) return 0;
  return (2 * half) / (1 + ((total / n + total / m - 1) * (reciprocals - 1)) / (6 * total * (bins - 1)));
}
