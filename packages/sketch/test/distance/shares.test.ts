import { describe, expect, test } from 'vitest';
import { sharesOf } from '../../src/distance/shares.js';
import { refusal } from '../refusal.js';

const MOST = 2 ** 53;

describe('differences of shares', () => {
  test('of small counts are what division gives', () => {
    const shares = sharesOf([1, 3], [5, 3])!;
    expect([...shares.observed]).toEqual([0.25, 0.75]);
    expect([...shares.baseline]).toEqual([0.625, 0.375]);
    expect([...shares.difference]).toEqual([-0.375, 0.375]);
    expect([...shares.cumulative]).toEqual([-0.375, 0]);
  });

  test('are exact where those of divided counts are four times too large', () => {
    const { observed, baseline, difference } = sharesOf([MOST, MOST - 1], [MOST, MOST - 2])!;
    expect(observed[0]! - baseline[0]!).toBe(-(2 ** -53));
    // 2^53 (2^54 − 2) − 2^53 (2^54 − 1) = −2^53, over (2^54 − 1) (2^54 − 2): a hair more than 2^-55.
    expect(difference[0]).toBe(-(2 ** -55) * (1 + Number.EPSILON));
    expect(difference[1]).toBe(2 ** -55 * (1 + Number.EPSILON));
  });

  test('of equal shares are +0, also cumulated', () => {
    for (const offset of [0, 0.5]) {
      const { difference, cumulative } = sharesOf([1e9, 0, 3e9], [1e9, 0, 3e9], offset)!;
      for (const value of [...difference, ...cumulative]) expect(value).toBe(0);
    }
    for (const value of sharesOf([1e9, 2e9], [1, 2])!.difference) expect(value).toBe(0);
  });

  test('survive sums beyond 2^53', () => {
    const { cumulative } = sharesOf(new Array(64).fill(MOST), [...new Array(63).fill(MOST), MOST - 1])!;
    expect(cumulative[62]).toBeCloseTo(-(2 ** -59) * (63 / 64), 30);
    expect(cumulative[63]).toBe(0);
  });
});

test('an offset is added to each count, whatever its binary fraction', () => {
  for (const offset of [0.5, 0.1, 1 / 3, 1e-9, 1e9]) {
    const { observed, baseline } = sharesOf([0, 4, 6], [1, 1, 0], offset)!;
    for (const [i, count] of [0, 4, 6].entries())
      expect(observed[i]).toBeCloseTo((count + offset) / (10 + 3 * offset), 14);
    expect(baseline[2]).toBeCloseTo(offset / (2 + 3 * offset), 14);
  }
});

test('an empty side has no shares, with an offset or without', () => {
  for (const offset of [0, 0.5]) {
    expect(sharesOf([0, 0], [1, 2], offset)).toBeUndefined();
    expect(sharesOf([1, 2], [0, 0], offset)).toBeUndefined();
    expect(sharesOf([], [], offset)).toBeUndefined();
  }
});

test.each([-0.5, 1e-10, 1e10, Number.NaN, Number.POSITIVE_INFINITY])('refuses an offset of %d', offset => {
  expect(refusal('ERR_COUNTS', () => sharesOf([1], [1], offset)).where).toBe('offset');
});
