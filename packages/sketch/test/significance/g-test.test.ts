import { describe, expect, test } from 'vitest';
import { deviance } from '../../src/significance/deviance.js';
import { gTest } from '../../src/significance/g-test.js';
import { fixture, relativeError } from '../reference/fixtures.js';

interface Pair {
  readonly observed: number[];
  readonly baseline: number[];
  readonly g: number;
  readonly df: number;
}

describe('gTest', () => {
  test.each(fixture<Pair>('distances.json'))(
    'of $observed agrees with the reference',
    ({ observed, baseline, g, df }) => {
      const result = gTest(observed, baseline);
      expect(relativeError(result.g, g)).toBeLessThan(1e-12);
      expect(result.df).toBe(df);
    },
  );

  test('is zero for proportional counts, however large', () => {
    expect(gTest([1e9, 2e9, 3e9], [1e8, 2e8, 3e8]).g).toBe(0);
  });

  test('leaves out bins that are empty on both sides', () => {
    expect(gTest([5, 0, 9, 0], [7, 0, 30, 0])).toEqual(gTest([5, 9], [7, 30]));
  });

  test('a single bin has nothing to differ in', () => {
    expect(gTest([40], [700])).toEqual({ g: 0, df: 0 });
  });

  test('an empty sample gives NaN', () => {
    expect(gTest([0, 0], [3, 4])).toEqual({ g: Number.NaN, df: 0 });
    expect(gTest([3, 4], [0, 0])).toEqual({ g: Number.NaN, df: 0 });
  });

  test('refuses counts that are none', () => {
    for (const bad of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => gTest([bad, 1], [1, 1])).toThrowError(expect.objectContaining({ code: 'ERR_COUNTS' }));
    }
    expect(() => gTest([1, 2, 3], [1, 2])).toThrowError(expect.objectContaining({ code: 'ERR_COUNTS' }));
  });
});

describe('deviance', () => {
  test('agrees with its definition on both sides of the seam', () => {
    for (const x of [1, 3, 100]) {
      for (const ratio of [0.5, 0.8, 0.817, 0.819, 1.21, 1.23, 2]) {
        const e = x * ratio;
        expect(relativeError(deviance(x, e, x - e), x * Math.log(x / e) - (x - e))).toBeLessThan(2e-14);
      }
    }
  });

  test('is the expectation for an empty cell and 0 for an exact one', () => {
    expect(deviance(0, 2.5, -2.5)).toBe(2.5);
    expect(deviance(7, 7, 0)).toBe(0);
  });
});
