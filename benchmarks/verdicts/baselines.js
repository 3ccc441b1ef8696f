// Baselines learned from drawn values, by the code that learns real ones.
import { binLabels, countSorted, numericCuts, numericId } from '@driftspan/sketch';
import { exponential } from './random.js';

/**
 * m uniform values in ascending order, without sorting: the running sums of exponential values over their total have that law.
 */
export function sortedUniforms(next, m) {
  const values = new Float64Array(m);
  let sum = 0;
  for (let i = 0; i < m; i++) {
    sum += exponential(next);
    values[i] = sum;
  }
  sum += exponential(next);
  for (let i = 0; i < m; i++) values[i] /= sum;
  return values;
}

/**
 * The baseline of a numeric feature, from its values in ascending order.
 *
 * @param {Float64Array} sorted
 * @param {number} missing
 */
export function learnedNumeric(sorted, missing = 0) {
  const bounds = numericCuts(sorted);
  const counts = countSorted(bounds.cuts, sorted);
  return {
    kind: 'numeric',
    name: 'value',
    id: numericId(bounds.cuts, counts, missing, 0),
    cuts: bounds.cuts,
    labels: binLabels(bounds),
    counts,
    missing,
    invalid: 0,
    // No verdict reads these four.
    min: 0,
    max: 1,
    mean: 0.5,
    sd: 0.28867513459481287,
  };
}

/** The baseline of a categorical feature: its counts, most frequent first, and how many were none of them. */
export function categoricalOf(counts, other = 0, missing = 0) {
  return {
    kind: 'categorical',
    name: 'category',
    id: '0000000000000000',
    categories: counts.map((_, i) => `c${i}`),
    counts,
    other,
    missing,
    invalid: 0,
  };
}

/** The probability of each bin, cut at `cuts`, under a distribution function. */
export function binShares(cuts, cdf) {
  const shares = new Float64Array(cuts.length + 1);
  let below = 0;
  for (let i = 0; i < cuts.length; i++) {
    const upTo = cdf(cuts[i]);
    shares[i] = upTo - below;
    below = upTo;
  }
  shares[cuts.length] = 1 - below;
  return shares;
}

/** The true index of two sets of shares: Σ (q − p) ln(q/p). */
export function trueIndex(q, p) {
  let index = 0;
  for (let i = 0; i < p.length; i++) index += (q[i] - p[i]) * Math.log(q[i] / p[i]);
  return index;
}
