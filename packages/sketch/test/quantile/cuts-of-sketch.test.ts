import { describe, expect, it } from 'vitest';
import { countSorted, numericCuts } from '../../src/bins/numeric-cuts.js';
import { populationStabilityIndex } from '../../src/distance/psi.js';
import { weightedCounts, weightedCuts } from '../../src/quantile/cuts-of-sketch.js';
import { kllRankError } from '../../src/quantile/kll-error.js';
import { KllSketch } from '../../src/quantile/kll-sketch.js';
import { ascending } from '../generated-rows.js';
import { DATASETS } from './datasets.js';

const kinds = Object.entries(DATASETS);

function weightedOf(values: ArrayLike<number>, k: number) {
  const sketch = new KllSketch({ k });
  sketch.addMany(values);
  return sketch.weightedValues();
}

describe('while a sketch is exact', () => {
  it.each(kinds)('%s: cuts and counts are those of the sorted values, bit for bit', (_, dataset) => {
    for (const n of [1, 2, 17, 500, 3000]) {
      const values = dataset(n, 3);
      const weighted = weightedOf(values, 1024);
      const sorted = ascending(values);
      const bounds = numericCuts(sorted);
      expect(weightedCuts(weighted)).toEqual(bounds);
      expect(weightedCounts(bounds.cuts, weighted)).toEqual(countSorted(bounds.cuts, sorted));
    }
  });

  it('no values make one empty bin', () => {
    const weighted = weightedOf([], 64);
    expect(weightedCuts(weighted)).toEqual({ cuts: [], below: [], above: [] });
    expect(weightedCounts([], weighted)).toEqual([0]);
  });
});

describe('of a long stream', () => {
  const n = 200_000;
  const k = 1024;

  it.each(kinds)('%s: the counts of its bins add up, and are off by twice the rank error at most', (_, dataset) => {
    const values = dataset(n, 5);
    const weighted = weightedOf(values, k);
    const { cuts } = weightedCuts(weighted);
    const counts = weightedCounts(cuts, weighted);
    const exact = countSorted(cuts, ascending(values));
    expect(counts.reduce((a, b) => a + b, 0)).toBe(n);
    expect(Math.max(...counts.map((count, bin) => Math.abs(count - exact[bin]!) / n))).toBeLessThan(
      2 * kllRankError(k),
    );
    expect(populationStabilityIndex(counts, exact)).toBeLessThan(1000 / k ** 2);
  });

  it('smallest and largest are in the outer bins', () => {
    // A single value far out, which a compaction is likely to have dropped.
    const values = new Float64Array(n);
    values[17] = 5;
    const weighted = weightedOf(values, k);
    const { cuts, below, above } = weightedCuts(weighted);
    expect([cuts, below, above]).toEqual([[2.5], [0], [5]]);
    expect(weightedCounts(cuts, weighted)).toEqual([n - 1, 1]);
  });
});
