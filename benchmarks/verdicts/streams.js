// What flows through one feature without drift: how its baseline is learned, and the true share of each of its cells then.
import { prepareFeature } from '@driftspan/sketch';
import { binShares, categoricalOf, learnedNumeric, sortedUniforms } from './baselines.js';
import { binomial, conditionalShares, multinomialInto } from './random.js';

/**
 * A drawn baseline: the feature made ready to judge, and the probability of each valued cell.
 *
 * @typedef {{ prepared: import('@driftspan/sketch').PreparedFeature, shares: Float64Array }} Drawn
 */

/** A continuous feature, of m values and some missing ones. Any one will do: quantile bins are the same for all of them. */
export function drawContinuous(next, m, missing = 0) {
  const feature = learnedNumeric(sortedUniforms(next, m), missing);
  return { prepared: prepareFeature(feature), shares: binShares(feature.cuts, x => x) };
}

const ZEROS = 0.3;

/** Continuous, but for three values in ten that are 0: an atom with a bin of its own. */
export function drawWithAtom(next, m) {
  const zeros = binomial(next, m, ZEROS);
  const sorted = new Float64Array(m);
  sorted.set(sortedUniforms(next, m - zeros), zeros);
  const feature = learnedNumeric(sorted);
  return {
    prepared: prepareFeature(feature),
    shares: binShares(feature.cuts, x => (x < 0 ? 0 : ZEROS + (1 - ZEROS) * x)),
  };
}

const CATEGORIES = 20;
const zipf = Float64Array.from({ length: CATEGORIES }, (_, i) => 1 / (i + 1));
const zipfTotal = zipf.reduce((a, b) => a + b, 0);
/** Shares of the categories, which fall as 1/rank. */
export const ZIPF = zipf.map(share => share / zipfTotal);

/** Twenty categories whose shares fall as 1/rank, most frequent first as they are learned. */
export function drawCategories(next, m, missing = 0) {
  const counts = new Float64Array(CATEGORIES);
  multinomialInto(next, m, conditionalShares(ZIPF), counts);
  const order = Array.from(counts.keys()).sort((a, b) => counts[b] - counts[a]);
  const shares = Float64Array.from([...order.map(i => ZIPF[i]), 0]);
  return {
    prepared: prepareFeature(
      categoricalOf(
        order.map(i => counts[i]),
        0,
        missing,
      ),
    ),
    shares,
  };
}
