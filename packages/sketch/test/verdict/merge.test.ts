import { describe, expect, test } from 'vitest';
import { type BinOrder, mergeBaselineInto, mergeCellsInto, mergesFor, planMerges } from '../../src/verdict/merge.js';

function merged(baseline: number[], order: BinOrder, n: number): number[] {
  const plan = planMerges(baseline, order);
  const merges = mergesFor(
    plan,
    n,
    baseline.reduce((a, b) => a + b, 0),
  );
  const out = new Float64Array(16);
  const own = new Float64Array(16);
  const length = mergeCellsInto(plan, merges, baseline, out);
  expect(mergeBaselineInto(plan, merges, own)).toBe(length);
  expect(own.slice(0, length)).toEqual(out.slice(0, length));
  return [...out.slice(0, length)];
}

describe('ranges', () => {
  test('the smallest goes into its smaller neighbour until 20 are expected in each', () => {
    // 100 of 1,000: a bin needs a baseline count of 200.
    expect(merged([40, 310, 50, 260, 340], 'ranges', 100)).toEqual([350, 310, 340]);
  });

  test('exactly 20 expected is enough', () => {
    expect(merged([250, 250, 250, 250], 'ranges', 80)).toEqual([250, 250, 250, 250]);
    expect(merged([250, 250, 250, 250], 'ranges', 79)).toEqual([500, 500]);
  });

  test('equal counts merge leftmost first', () => {
    expect(merged([300, 100, 300, 300], 'ranges', 100)).toEqual([400, 300, 300]);
    expect(merged([100, 300, 300, 100, 200], 'ranges', 150)).toEqual([400, 300, 300]);
  });

  test('two bins are left whatever is expected', () => {
    expect(merged([5, 5, 5, 5], 'ranges', 1)).toEqual([10, 10]);
    expect(merged([7], 'ranges', 1)).toEqual([7]);
    expect(merged([], 'ranges', 1)).toEqual([]);
  });

  test('at most sixteen are left whatever is expected', () => {
    expect(merged(Array(128).fill(1000), 'ranges', 1e9)).toEqual(Array(16).fill(8000));
  });

  test('a bin that the baseline left empty never enters, and its neighbours become neighbours', () => {
    expect(merged([500, 0, 50, 0, 450], 'ranges', 100)).toEqual([500, 500]);
    expect(merged([0, 500, 500, 0], 'ranges', 1000)).toEqual([500, 500]);
  });

  test('sixteen quantile bins and an atom keep their resolution', () => {
    const bins = merged([...Array(16).fill(350), 4400], 'ranges', 320);
    expect(bins).toEqual([700, 700, 700, 700, 700, 700, 700, 700, 4400]);
  });
});

describe('categories', () => {
  test('the two smallest go together wherever they stand', () => {
    expect(merged([50, 400, 300, 60, 190], 'categories', 100)).toEqual([300, 400, 300]);
  });

  test('equal counts merge leftmost first', () => {
    expect(merged([100, 100, 100, 700], 'categories', 100)).toEqual([300, 700]);
  });

  test('a thousand of them become at most sixteen', () => {
    expect(merged(Array(1025).fill(16), 'categories', 1e6)).toHaveLength(16);
  });
});
