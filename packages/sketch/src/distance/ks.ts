import { checkedSums } from './counts.js';

/**
 * The Kolmogorov–Smirnov distance of two runs of counts over the same ordered bins, from 0 to 1: the largest difference of
 * their cumulative shares at a bin's edge. A lower bound of the distance between the raw values, less than the largest
 * bin's share below it.
 *
 * NaN if a side is empty. About 20 ns for 16 bins.
 *
 * @throws SketchError `ERR_COUNTS` for runs of different length, or a count that is not a whole number from 0.
 */
export function kolmogorovSmirnov(observed: ArrayLike<number>, baseline: ArrayLike<number>): number {
  const [n, m] = checkedSums(observed, baseline);
  return ksOf(observed, baseline, baseline.length, n, m);
}

/** The same for the first `length` counts, with their sums n and m given and nothing checked. */
export function ksOf(
  observed: ArrayLike<number>,
  baseline: ArrayLike<number>,
  length: number,
  n: number,
  m: number,
): number {
  if (n === 0 || m === 0) return Number.NaN;
  let below = 0;
  let baselineBelow = 0;
  let largest = 0;
  for (let i = 0; i < length; i++) {
    below += observed[i]!;
    baselineBelow += baseline[i]!;
    const difference = Math.abs(below / n - baselineBelow / m);
    if (difference > largest) largest = difference;
  }
  return largest;
}
