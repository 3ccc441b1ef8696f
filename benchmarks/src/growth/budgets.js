import { spread } from '../harness/numbers.js';
import { budgetedSlices, bufferBytes, MOMENT_BYTES, RING_BYTES, valueNs } from './figures.js';

const STATE_BYTES = 1024;
const SLICE_MS = 5;
const CATEGORY_NS = 25;
/** As many as a feature keeps unless told otherwise: the largest look-up. */
const FULL = 'categories-64';

/**
 * The budgets that this suite measures. Two are of a time by itself: they hold for the machine that stands above the section.
 *
 * @param {import('../harness/saved.js').Saved} saved
 * @returns {import('../suites.js').Budget[]} those of what was measured.
 */
export function budgets({ result }) {
  const all = [];
  const category = result.categories[FULL];
  if (category !== undefined) {
    all.push({
      what: 'one category of 64 counted, on the machine of [the section](#as-it-grows)',
      limit: CATEGORY_NS,
      unit: 'ns',
      value: spread(valueNs(category, false)),
    });
  }
  const buffers = bufferBytes(result.features);
  if (buffers !== undefined) {
    all.push({
      what: 'counts and bounds of a numeric feature, besides its ring of counts and moments of 60 sub-windows',
      limit: STATE_BYTES,
      unit: 'B',
      value: spread(buffers.map(bytes => bytes - RING_BYTES - MOMENT_BYTES)),
    });
  }
  const slices = budgetedSlices(result.monitors);
  if (slices !== undefined) {
    all.push({
      what: 'the longest slice of one collection of 100 models of 50 features, our part, on the machine of [the section](#as-it-grows)',
      limit: SLICE_MS,
      unit: 'ms',
      value: spread(slices),
    });
  }
  return all;
}
