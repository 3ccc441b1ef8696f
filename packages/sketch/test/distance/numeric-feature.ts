import type { PlainNumericBaseline } from '../../src/baseline/baseline.js';
import { binLabels } from '../../src/bins/labels.js';
import { countSorted, numericCuts } from '../../src/bins/numeric-cuts.js';
import { momentsOf } from '../../src/moments.js';
import { ascending } from '../generated-rows.js';

/** The baseline of these values of one feature, cut as learning cuts it, of however few. */
export function numericFeature(values: Iterable<number>): PlainNumericBaseline {
  const sorted = ascending(values);
  const bounds = numericCuts(sorted);
  return {
    kind: 'numeric',
    name: 'distance',
    id: '0123456789abcdef',
    cuts: bounds.cuts,
    labels: binLabels(bounds),
    counts: countSorted(bounds.cuts, sorted),
    missing: 0,
    invalid: 0,
    ...momentsOf(sorted),
  };
}

/** How many of the values fall into each bin of a feature. */
export function binned(feature: PlainNumericBaseline, values: Iterable<number>): number[] {
  return countSorted(feature.cuts, ascending(values));
}
