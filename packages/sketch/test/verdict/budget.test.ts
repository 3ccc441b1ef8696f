import { describe, expect, test } from 'vitest';
import type { FeatureBaseline } from '../../src/baseline/baseline.js';
import { logAlpha, testsOf } from '../../src/verdict/budget.js';
import { categorical, numeric } from './baselines.js';

const MONTH = 30 * 24 * 3_600_000;

describe('logAlpha', () => {
  test('splits one false alarm a month over 200 tests, 43,200 looks and 3 windows', () => {
    expect(logAlpha({ count: 1, periodMs: MONTH, lookEveryMs: 60_000, tests: 200 })).toBeCloseTo(
      Math.log(1 / (200 * 43_200 * 3)),
      12,
    );
  });

  test('takes the number of windows and a fraction of an alarm', () => {
    const base = { periodMs: MONTH, lookEveryMs: 60_000, tests: 10 };
    const three = logAlpha({ ...base, count: 1 });
    expect(logAlpha({ ...base, count: 1, windows: 1 }) - three).toBeCloseTo(Math.log(3), 12);
    expect(three - logAlpha({ ...base, count: 0.25 })).toBeCloseTo(Math.log(4), 12);
  });

  test('a budget larger than its tests is a level of 1', () => {
    expect(logAlpha({ count: 1e9, periodMs: MONTH, lookEveryMs: MONTH, tests: 2 })).toBe(0);
  });

  test('a budget of none never alarms, and a negative one is none', () => {
    expect(logAlpha({ count: 0, periodMs: MONTH, lookEveryMs: 60_000, tests: 2 })).toBe(Number.NEGATIVE_INFINITY);
    expect(logAlpha({ count: -1, periodMs: MONTH, lookEveryMs: 60_000, tests: 2 })).toBeNaN();
  });
});

describe('testsOf', () => {
  test.each<[FeatureBaseline, number]>([
    [numeric([40, 50, 60, 0, 0]), 2],
    [numeric([40, 0, 60, 0, 0]), 3],
    [categorical([40, 30, 0, 0, 0]), 3],
    [categorical([40, 30, 9, 2, 0]), 3],
  ])('%# counts the tests of one look', (feature, tests) => {
    expect(testsOf(feature)).toBe(tests);
  });
});
