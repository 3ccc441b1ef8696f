import { type CutOptions, cutsBetween, type NumericCuts } from '../bins/numeric-cuts.js';
import type { WeightedValues } from './weighted-values.js';

/**
 * Cuts what a sketch has kept into at most 16 bins, as {@link NumericCuts} says and by the same rule: while the sketch is exact they
 * are `numericCuts` of all values, bit for bit. Afterwards "learned value" means one that was kept, smallest and largest included.
 */
export function weightedCuts({ values, cumulative }: WeightedValues, options: CutOptions = {}): NumericCuts {
  return cutsBetween(cumulative, i => values[i]!, options);
}

/** How many values each bin of `cuts` holds; they add up to the count. Off by the sketch's rank error at either end of the bin. */
export function weightedCounts(cuts: readonly number[], { values, cumulative }: WeightedValues): number[] {
  const counts = new Array<number>(cuts.length + 1).fill(0);
  let bin = 0;
  let before = 0;
  for (let i = 0; i < values.length; i++) {
    while (bin < cuts.length && cuts[bin]! < values[i]!) bin++;
    counts[bin]! += cumulative[i]! - before;
    before = cumulative[i]!;
  }
  return counts;
}
