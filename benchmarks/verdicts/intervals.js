// How sure a simulated figure is.
import { logChiSquareTail } from '@driftspan/sketch';

/** The 97.5 % and 95 % quantiles of the normal distribution. */
const Z_TWO_SIDED = 1.959964;

/** x with P(χ²_df > x) = tail, by halving: 60 steps leave no digit open. */
function chiSquareQuantile(tail, df) {
  let low = 0;
  let high = df + 20 * Math.sqrt(2 * df) + 100;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (logChiSquareTail(middle, df) > Math.log(tail)) low = middle;
    else high = middle;
  }
  return high;
}

/** The one-sided 95 % upper bound of a Poisson mean of which `count` was seen (Garwood 1936). */
export const poissonUpper = count => chiSquareQuantile(0.05, 2 * count + 2) / 2;

/** The two-sided 95 % interval of a Poisson mean of which `count` was seen (Garwood 1936). */
export function poissonInterval(count) {
  return [count === 0 ? 0 : chiSquareQuantile(0.975, 2 * count) / 2, chiSquareQuantile(0.025, 2 * count + 2) / 2];
}

/** The 95 % interval of a probability of which `count` in `runs` were seen (Wilson 1927). */
export function wilson(count, runs) {
  const z2 = Z_TWO_SIDED ** 2;
  const share = count / runs;
  const middle = (share + z2 / (2 * runs)) / (1 + z2 / runs);
  const half = (Z_TWO_SIDED / (1 + z2 / runs)) * Math.sqrt((share * (1 - share)) / runs + z2 / (4 * runs * runs));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

/** Mean and its standard error, over clusters that are independent of each other: what varies within one is in its value. */
export function clustered(values) {
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / values.length;
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return { mean, standardError: Math.sqrt(squares / (values.length - 1) / values.length) };
}

/** Value at that share of an ascending run, and its 95 % interval by order statistics. Infinity stands for "never". */
export function quantileInterval(sorted, share) {
  const { length } = sorted;
  const half = Z_TWO_SIDED * Math.sqrt(length * share * (1 - share));
  const at = position => sorted[Math.min(length - 1, Math.max(0, position))];
  return {
    value: at(Math.ceil(length * share) - 1),
    interval: [at(Math.floor(length * share - half) - 1), at(Math.ceil(length * share + half))],
  };
}
