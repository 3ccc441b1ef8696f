import { deviance } from './deviance.js';
import { factorialRemainder } from './stirling.js';

/** A term this small beside the sum, in a sum whose terms shrink at least geometrically, ends it. */
const NEGLIGIBLE = 1e-14;

/**
 * ln P(X ≥ k) for X ~ Hypergeometric(n + m, k + k0, n): how likely chance alone puts at least k of the k + k0 hits into a
 * window of n values, the rest of them being among the m values of the baseline (Fisher's exact test, one-sided: a rise).
 *
 * Whole numbers, 0 ≤ k ≤ n and 0 ≤ k0 ≤ m, up to 1e9 each. 0 where k = 0, n = 0 or m = 0. Within 1e-9 of the truth down to
 * −700, as log-factorials are never subtracted whole. One probability (0.2 µs) and a sum over at most about nine standard
 * deviations of X: tens of terms for rare hits, 2 µs where 10 % of a million are, 0.2 ms where half of 1e9 are.
 *
 * Source: Fisher 1935; the single probability after Loader 2000.
 */
export function logFisherTail(k: number, n: number, k0: number, m: number): number {
  if (k <= 0 || n <= 0 || m <= 0) return 0;
  const hits = k + k0;
  // Above the mean the tail is the short side; below it, the rest is, and ln p = ln(1 − rest) keeps its digits.
  if (k * m > n * k0) {
    return Math.min(0, logProbability(k, n, k0, m) + Math.log(sumUpward(k, n, hits, m)));
  }
  if (hits - k + 1 > m) return 0;
  const below = k - 1;
  const rest = Math.exp(logProbability(below, n, k0 + 1, m)) * sumDownward(below, n, hits, m);
  return Math.log1p(-Math.min(1, rest));
}

/** ln P(X = k). With p the pooled share of hits, ln C(n,k) C(m,k0) / C(n+m,k+k0) is what four deviances and nine remainders leave. */
function logProbability(k: number, n: number, k0: number, m: number): number {
  const total = n + m;
  const hits = k + k0;
  const misses = total - hits;
  if (hits === 0 || misses === 0) return 0;
  // k minus its expectation, from the rarer of hits and misses: the products of the commoner one would round it away.
  const excess = hits <= misses ? (k * m - n * k0) / total : (n * (m - k0) - (n - k) * m) / total;
  const p = hits / total;
  const q = misses / total;
  return (
    factorialRemainder(n) +
    factorialRemainder(m) +
    factorialRemainder(hits) +
    factorialRemainder(misses) -
    factorialRemainder(k) -
    factorialRemainder(n - k) -
    factorialRemainder(k0) -
    factorialRemainder(m - k0) -
    factorialRemainder(total) -
    deviance(k, n * p, excess) -
    deviance(n - k, n * q, -excess) -
    deviance(k0, m * p, -excess) -
    deviance(m - k0, m * q, excess)
  );
}

/** Σ P(X = i) / P(X = k) over i ≥ k, for k above the mean: the ratios of neighbours fall from below 1. */
function sumUpward(k: number, n: number, hits: number, m: number): number {
  let term = 1;
  let sum = 1;
  for (let i = k; i < n && i < hits; i++) {
    const ratio = ((hits - i) * (n - i)) / ((i + 1) * (m - hits + i + 1));
    term *= ratio;
    sum += term;
    if (term < (1 - ratio) * sum * NEGLIGIBLE) break;
  }
  return sum;
}

/** Σ P(X = i) / P(X = k) over i ≤ k, for k below the mean. */
function sumDownward(k: number, n: number, hits: number, m: number): number {
  let term = 1;
  let sum = 1;
  for (let i = k; i > 0 && i > hits - m; i--) {
    const ratio = (i * (m - hits + i)) / ((hits - i + 1) * (n - i + 1));
    term *= ratio;
    sum += term;
    if (term < (1 - ratio) * sum * NEGLIGIBLE) break;
  }
  return sum;
}
