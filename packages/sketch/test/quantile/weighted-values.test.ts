import { describe, expect, it } from 'vitest';
import { quantilesInInto, rankIn, weightedValuesOf } from '../../src/quantile/weighted-values.js';

const runs = (...levels: number[][]) => levels.map(level => Float64Array.from(level));

function weighted(levels: Float64Array[], min: number, max: number): [value: number, cumulative: number][] {
  const { values, cumulative } = weightedValuesOf(levels, min, max);
  expect(cumulative).toHaveLength(values.length);
  return Array.from(values, (value, i) => [value, cumulative[i]!]);
}

function quantiles(levels: Float64Array[], min: number, max: number, ps: number[]): number[] {
  const out: number[] = [];
  quantilesInInto(weightedValuesOf(levels, min, max), ps, out);
  return out;
}

describe('the values of levels', () => {
  it('count twice as often from level to level', () => {
    expect(weighted(runs([2, 5], [1, 3], [4]), 1, 5)).toEqual([
      [1, 2],
      [2, 3],
      [3, 5],
      [4, 9],
      [5, 10],
    ]);
  });

  it('are told once each, however often and wherever they stand', () => {
    expect(weighted(runs([7, 7, 8], [7], [6, 7, 7, 8]), 6, 8)).toEqual([
      [6, 4],
      [7, 16],
      [8, 21],
    ]);
  });

  it('are none in an empty sketch', () => {
    expect(weighted(runs([]), Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY)).toEqual([]);
  });

  it('have min and max among them, counted once, and still add up', () => {
    expect(weighted(runs([], [3, 4, 5]), 1, 9)).toEqual([
      [1, 1],
      [3, 2],
      [4, 4],
      [5, 5],
      [9, 6],
    ]);
  });

  it('lose one that stood for min only', () => {
    expect(weighted(runs([2], [3]), 1, 3)).toEqual([
      [1, 1],
      [3, 3],
    ]);
    expect(weighted(runs([], [2]), 1, 3)).toEqual([
      [1, 1],
      [3, 2],
    ]);
  });
});

describe('a rank', () => {
  const values = weightedValuesOf(runs([2, 5], [1, 3], [4]), 1, 5);

  it('is the share of values at or below', () => {
    expect([0.5, 1, 1.5, 2, 3.9, 4, 5, 6].map(x => rankIn(values, x))).toEqual([0, 0.2, 0.2, 0.3, 0.5, 0.9, 1, 1]);
  });

  it('is 0 and 1 beyond all values', () => {
    expect(rankIn(values, Number.NEGATIVE_INFINITY)).toBe(0);
    expect(rankIn(values, Number.POSITIVE_INFINITY)).toBe(1);
  });

  it('is NaN for NaN and among no values', () => {
    expect(rankIn(values, Number.NaN)).toBeNaN();
    expect(rankIn(weightedValuesOf(runs([]), 0, 0), 1)).toBeNaN();
  });
});

describe('a quantile', () => {
  it('is the smallest value that as many are at or below', () => {
    const ps = [0, 0.01, 0.2, 0.21, 0.3, 0.5, 0.51, 0.9, 0.91, 1];
    expect(quantiles(runs([2, 5], [1, 3], [4]), 1, 5, ps)).toEqual([1, 1, 1, 2, 2, 3, 4, 4, 5, 5]);
  });

  it('is NaN out of [0, 1] and among no values', () => {
    expect(quantiles(runs([1, 2]), 1, 2, [-0.1, 1.1, Number.NaN])).toEqual([Number.NaN, Number.NaN, Number.NaN]);
    expect(quantiles(runs([]), 0, 0, [0, 0.5])).toEqual([Number.NaN, Number.NaN]);
  });
});
