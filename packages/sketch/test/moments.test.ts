import { describe, expect, it } from 'vitest';
import { Moments, momentsOf, momentsOfDistinct, summaryOfStream } from '../src/moments.js';
import { ascending, range, repeated } from './generated-rows.js';

function momentsFrom(values: Iterable<number>): Moments {
  const moments = new Moments();
  for (const value of values) moments.add(value);
  return moments;
}

describe('streaming moments', () => {
  it('agree with the textbook', () => {
    const { count, mean, variance, sd, min, max } = momentsFrom([2, 4, 4, 4, 5, 5, 7, 9]);
    expect({ count, mean, min, max }).toEqual({ count: 8, mean: 5, min: 2, max: 9 });
    expect(variance).toBeCloseTo(32 / 7, 14);
    expect(sd).toBeCloseTo(Math.sqrt(32 / 7), 14);
  });

  it('keep a small spread on a large mean', () => {
    expect(momentsFrom([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16]).variance).toBe(30);
  });

  it('skip NaN and infinities', () => {
    const moments = momentsFrom([1, Number.NaN, Number.POSITIVE_INFINITY, 3, Number.NEGATIVE_INFINITY]);
    expect([moments.count, moments.mean, moments.min, moments.max]).toEqual([2, 2, 1, 3]);
  });

  it('are empty to begin with', () => {
    const { count, mean, variance, sd, min, max } = new Moments();
    expect([count, mean, variance, sd]).toEqual([0, 0, 0, 0]);
    expect([min, max]).toEqual([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  });

  it('merge with nothing in either direction', () => {
    const some = momentsFrom([1, 2, 6]);
    some.merge(new Moments());
    const none = new Moments();
    none.merge(some);
    for (const moments of [some, none]) {
      expect([moments.count, moments.mean, moments.variance, moments.min, moments.max]).toEqual([3, 3, 7, 1, 6]);
    }
  });

  it('merging leaves the other as it was', () => {
    const [a, b] = [momentsFrom([1, 2]), momentsFrom([10])];
    a.merge(b);
    expect([b.count, b.mean]).toEqual([1, 10]);
    expect(a.mean).toBeCloseTo(13 / 3, 14);
  });
});

describe('moments as they were', () => {
  it('go on alike', () => {
    for (const values of [[], [3], [1, 2, 6]]) {
      const first = momentsFrom(values);
      const { count, mean, squares, min, max } = first;
      const again = Moments.of({ count, mean, squares, min, max });
      for (const moments of [first, again]) for (const value of [4, -7]) moments.add(value);
      expect([again.count, again.mean, again.squares]).toEqual([first.count, first.mean, first.squares]);
      expect([again.min, again.max]).toEqual([first.min, first.max]);
    }
  });
});

describe('the summary of a stream', () => {
  it('is that of its moments', () => {
    expect(summaryOfStream(momentsFrom([1, 2, 6]))).toEqual({ min: 1, max: 6, mean: 3, sd: Math.sqrt(7) });
    expect(summaryOfStream(new Moments())).toEqual({ min: 0, max: 0, mean: 0, sd: 0 });
    expect(summaryOfStream(momentsFrom([-5]))).toEqual({ min: -5, max: -5, mean: -5, sd: 0 });
  });

  it('is not told where the squares may have overflowed or underflowed', () => {
    for (const values of [[-1e308, 1e308], [1e160, 2e160], [1e-300, 3e-300], [0]]) {
      expect(summaryOfStream(momentsFrom(values))).toBeUndefined();
    }
  });

  it('stays within the values, whatever was rounded', () => {
    const beside = Moments.of({ count: 3, mean: 1 + 2 ** -40, squares: 5, min: 1 - 2 ** -50, max: 1 });
    expect(summaryOfStream(beside)).toEqual({ min: 1 - 2 ** -50, max: 1, mean: 1, sd: 2 ** -50 });
  });
});

it('moments of distinct values are those of the values, each as often as it is counted', () => {
  for (const values of [[], [7], [2, 4, 4, 4, 5, 5, 7, 9], [-1e308, -1e308, 1e308], [1e-300, 3e-300, 3e-300]]) {
    const sorted = ascending(values);
    const distinct = [...new Set(sorted)];
    const cumulative = distinct.map(value => sorted.lastIndexOf(value) + 1);
    const { min, max, mean, sd } = momentsOf(sorted);
    const counted = momentsOfDistinct(Float64Array.from(distinct), Float64Array.from(cumulative));
    expect([counted.min, counted.max]).toEqual([min, max]);
    expect(counted.mean).toBeCloseTo(mean, 12);
    expect(sd === 0 ? counted.sd : counted.sd / sd).toBeCloseTo(sd === 0 ? 0 : 1, 12);
  }
});

describe('moments of sorted values', () => {
  it('agree with the textbook', () => {
    expect(momentsOf(ascending([2, 4, 4, 4, 5, 5, 7, 9]))).toEqual({ min: 2, max: 9, mean: 5, sd: Math.sqrt(32 / 7) });
  });

  it('are zeros without values, and have no spread with one', () => {
    expect(momentsOf(ascending([]))).toEqual({ min: 0, max: 0, mean: 0, sd: 0 });
    expect(momentsOf(ascending([7]))).toEqual({ min: 7, max: 7, mean: 7, sd: 0 });
  });

  it('of a constant are exact', () => {
    for (const value of [0.1, -1 / 3, 1e300, 1e-300, Number.MIN_VALUE, Number.MAX_VALUE]) {
      expect(momentsOf(ascending(repeated(value, 1000)))).toEqual({ min: value, max: value, mean: value, sd: 0 });
    }
  });

  it('neither overflow nor underflow', () => {
    const large = momentsOf(ascending(repeated([-1e308, 1e308], 500).flat()));
    expect(large.mean).toBe(0);
    expect(large.sd / (1e308 * Math.sqrt(1000 / 999))).toBeCloseTo(1, 14);
    const small = momentsOf(ascending(repeated([1e-300, 3e-300], 500).flat()));
    expect(small.mean / 2e-300).toBeCloseTo(1, 14);
    expect(small.sd / (1e-300 * Math.sqrt(1000 / 999))).toBeCloseTo(1, 14);
    expect(momentsOf(ascending([-Number.MAX_VALUE, Number.MAX_VALUE])).sd).toBe(Number.MAX_VALUE);
  });

  it('keep a small spread on a large mean', () => {
    const values = ascending(range(1001).map(i => 1e12 + i / 1024));
    expect(momentsOf(values)).toEqual({
      min: 1e12,
      max: 1e12 + 1000 / 1024,
      mean: 1e12 + 500 / 1024,
      sd: Math.sqrt((1001 * 1002) / 12) / 1024,
    });
  });
});
