// Drifts whose true size is known: what a feature looks like before and after.
import { logChiSquareTail, prepareFeature } from '@driftspan/sketch';
import { binShares, categoricalOf, learnedNumeric, trueIndex } from './baselines.js';
import { conditionalShares, multinomialInto, normals } from './random.js';

/** The normal distribution function: a normal value squared is χ² with one degree of freedom. */
export function normalCdf(x) {
  const outer = Math.exp(logChiSquareTail(x * x, 1)) / 2;
  return x < 0 ? outer : 1 - outer;
}

/** Where a rising function from below `target` at `low` to above it at `high` meets it, to 1e-12 of the range. */
function solve(rising, target, low, high) {
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2;
    if (rising(middle) < target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/**
 * A feature that drifts.
 *
 * @typedef {object} Drift
 * @property {string} name
 * @property {number} index its true population stability index, over the bins of an endless baseline
 * @property {(next: () => number, m: number) => { prepared: import('@driftspan/sketch').PreparedFeature, before: Float64Array, after: Float64Array }} draw
 *   a baseline of m values, and the conditional shares of its cells before and after
 */

const BINS = 16;
const sixteenths = Array.from({ length: BINS - 1 }, (_, i) => solve(normalCdf, (i + 1) / BINS, -8, 8));

/** A normal feature whose mean moves by `shift` standard deviations and whose variance is multiplied by `variance`. */
export function normalDrift(shift, variance = 1) {
  const after = x => normalCdf((x - shift) / Math.sqrt(variance));
  return {
    name: variance === 1 ? `mean + ${shift} σ` : `variance × ${variance}`,
    shift,
    index: trueIndex(binShares(sixteenths, after), binShares(sixteenths, normalCdf)),
    draw(next, m) {
      const normal = normals(next);
      const feature = learnedNumeric(Float64Array.from({ length: m }, normal).sort());
      return {
        prepared: prepareFeature(feature),
        before: conditionalShares(binShares(feature.cuts, normalCdf)),
        after: conditionalShares(binShares(feature.cuts, after)),
      };
    },
  };
}

/** The mean shift that has this true index. */
export const normalDriftOfIndex = index => normalDrift(solve(shift => normalDrift(shift).index, index, 0, 3));

const CATEGORIES = 10;

/** One of ten equally frequent categories becomes `times` as frequent; the others give way alike. */
export function categoryDrift(times) {
  const before = new Float64Array(CATEGORIES + 1).fill(1 / CATEGORIES);
  const after = new Float64Array(CATEGORIES + 1).fill((1 - times / CATEGORIES) / (CATEGORIES - 1));
  after[0] = times / CATEGORIES;
  // `_OTHER`, which is never met.
  before[CATEGORIES] = 0;
  after[CATEGORIES] = 0;
  return {
    name: `one category × ${times}`,
    index: trueIndex(after.subarray(0, CATEGORIES), before.subarray(0, CATEGORIES)),
    draw(next, m) {
      const counts = new Float64Array(CATEGORIES + 1);
      multinomialInto(next, m, conditionalShares(before), counts);
      return {
        prepared: prepareFeature(categoricalOf(Array.from(counts.subarray(0, CATEGORIES)))),
        before: conditionalShares(before),
        after: conditionalShares(after),
      };
    },
  };
}

/** The multiple of one category that has this true index. */
export const categoryDriftOfIndex = index => categoryDrift(solve(times => categoryDrift(times).index, index, 1, 9));
