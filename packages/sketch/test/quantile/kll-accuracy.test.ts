import { describe, expect, it } from 'vitest';
import { DEFAULT_KLL_K } from '../../src/quantile/kll-capacity.js';
import { kllRankError } from '../../src/quantile/kll-error.js';
import { KllSketch } from '../../src/quantile/kll-sketch.js';
import { rankIn } from '../../src/quantile/weighted-values.js';
import { DATASETS } from './datasets.js';

const SHARES = Array.from({ length: 101 }, (_, i) => i / 100);
/** Few levels and many, and the default. */
const GRID = [
  { n: 1000, k: 64 },
  { n: 100_000, k: 64 },
  { n: 100_000, k: 1024 },
  { n: 1_000_000, k: DEFAULT_KLL_K },
];

interface Errors {
  readonly ofRanks: readonly number[];
  readonly ofQuantiles: readonly number[];
}

/** How far ranks and quantiles are off at {@link SHARES}, in shares of the count. Values are sorted in place. */
function errorsOf(values: Float64Array, k: number): Errors {
  const sketch = new KllSketch({ k });
  sketch.addMany(values);
  const sorted = values.sort();
  expect([sketch.count, sketch.min, sketch.max]).toEqual([sorted.length, sorted[0], sorted.at(-1)]);
  const weighted = sketch.weightedValues();
  const quantiles = new Float64Array(SHARES.length);
  sketch.quantilesInto(SHARES, quantiles);
  return {
    ofRanks: SHARES.map(share => {
      const x = sorted[Math.min(Math.floor(share * sorted.length), sorted.length - 1)]!;
      return Math.abs(rankIn(weighted, x) - shareAtOrBelow(sorted, x));
    }),
    // A value has every rank from that of the values below it to its own.
    ofQuantiles: SHARES.map((share, i) => {
      const high = shareAtOrBelow(sorted, quantiles[i]!);
      const low = shareBelow(sorted, quantiles[i]!);
      return Math.max(low - share, share - high, 0);
    }),
  };
}

function shareAtOrBelow(sorted: Float64Array, x: number): number {
  return countWhile(sorted, value => value <= x) / sorted.length;
}

function shareBelow(sorted: Float64Array, x: number): number {
  return countWhile(sorted, value => value < x) / sorted.length;
}

function countWhile(sorted: Float64Array, holds: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(sorted[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}

describe.each(GRID)('$n values with k = $k', ({ n, k }) => {
  const bound = kllRankError(k);
  const all: number[] = [];

  it.each(Object.entries(DATASETS))('%s: no rank or quantile is off by twice the bound', (_, dataset) => {
    const { ofRanks, ofQuantiles } = errorsOf(dataset(n, 1), k);
    expect(Math.max(...ofRanks)).toBeLessThan(2 * bound);
    expect(Math.max(...ofQuantiles)).toBeLessThan(2 * bound);
    all.push(...ofRanks);
  });

  it('at most 1 in 100 ranks is off by more than the bound', () => {
    expect(all).toHaveLength(SHARES.length * Object.keys(DATASETS).length);
    expect(all.filter(error => error > bound).length).toBeLessThanOrEqual(all.length / 100);
  });
});

it('a constant is exact for ever', () => {
  const sketch = new KllSketch({ k: 64 });
  for (let i = 0; i < 100_000; i++) sketch.add(3);
  expect(sketch.weightedValues()).toEqual({ values: Float64Array.of(3), cumulative: Float64Array.of(100_000) });
});
