import { describe, expect, test } from 'vitest';
import { wasserstein } from '../../src/distance/wasserstein.js';
import { fixture, relativeError } from '../reference/fixtures.js';
import { refusal } from '../refusal.js';

interface Row {
  readonly observed: number[];
  readonly baseline: number[];
  readonly positions: number[];
  readonly wasserstein: number;
}

const rows = fixture<Row>('report-distances.json');

describe('against mpmath and SciPy', () => {
  test.each(rows)('$observed at $positions', row => {
    const { observed, baseline, positions } = row;
    const result = wasserstein(observed, baseline, positions);
    // The worst seen is 4e-16.
    expect(relativeError(result, row.wasserstein)).toBeLessThan(1e-13);
    expect(Object.is(result, -0)).toBe(false);
    expect(wasserstein(Float64Array.from(observed), baseline, Float64Array.from(positions))).toBe(result);
  });
});

test('is the share carried times how far, in the units of the positions', () => {
  expect(wasserstein([0, 4], [4, 0], [10, 13])).toBe(3);
  expect(wasserstein([3, 1, 0], [4, 0, 0], [0, 4, 9])).toBe(1);
  expect(wasserstein([3, 0, 1], [4, 0, 0], [0, 4, 8])).toBe(2);
  expect(wasserstein([0, 4], [4, 0], [1000, 1300])).toBe(300);
});

test('bins at one position are one bin', () => {
  expect(wasserstein([0, 4, 4], [4, 0, 4], [1, 1, 5])).toBe(0);
});

test('a single bin has nowhere to go', () => {
  expect(wasserstein([5], [9], [-3])).toBe(0);
});

test('an empty side gives NaN', () => {
  expect(wasserstein([0, 0], [1, 2], [0, 1])).toBeNaN();
  expect(wasserstein([1, 2], [0, 0], [0, 1])).toBeNaN();
  expect(wasserstein([0], [3], [0])).toBeNaN();
  expect(wasserstein([], [], [])).toBeNaN();
});

test('gaps wider than a double can say are carried over, up to the largest double', () => {
  const widest = [-Number.MAX_VALUE, Number.MAX_VALUE];
  expect(wasserstein([3, 1], [4, 0], widest)).toBe(Number.MAX_VALUE / 2);
  expect(wasserstein([0, 4], [4, 0], widest)).toBe(Number.MAX_VALUE);
  expect(wasserstein([0, 4], [4, 0], [0, Number.MAX_VALUE])).toBe(Number.MAX_VALUE);
});

describe('refuses', () => {
  test('another number of positions than of bins', () => {
    expect(refusal('ERR_COUNTS', () => wasserstein([1, 2], [1, 2], [0])).met).toBe('1 positions');
  });

  test('positions that fall', () => {
    expect(refusal('ERR_COUNTS', () => wasserstein([1, 2], [1, 2], [1, 0])).where).toBe('positions[1]');
  });

  test.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('%d as a position', bad => {
    expect(refusal('ERR_COUNTS', () => wasserstein([1, 2], [1, 2], [bad, 1])).where).toBe('positions[0]');
    expect(refusal('ERR_COUNTS', () => wasserstein([1, 2], [1, 2], [1, bad])).where).toBe('positions[1]');
  });

  test('counts that are none, and runs of different length', () => {
    expect(refusal('ERR_COUNTS', () => wasserstein([1, -2], [1, 2], [0, 1])).where).toBe('observed[1]');
    expect(refusal('ERR_COUNTS', () => wasserstein([1], [1, 2], [0, 1])).met).toBe('1 bins');
  });
});
