import { describe, expect, it } from 'vitest';
import { SAMPLE_SIZE, shapeOf, ValueSample } from '../../src/comparison/value-sample.js';
import { ascending, range } from '../generated-rows.js';

function sampled(count: number): ValueSample {
  const sample = new ValueSample();
  for (let i = 0; i < count; i++) sample.add(i);
  return sample;
}

describe('a sample', () => {
  it('is all values while there are few', () => {
    for (const count of [0, 1, 64, 65, SAMPLE_SIZE - 1, SAMPLE_SIZE]) {
      const sample = sampled(count);
      expect(sample.isAll).toBe(true);
      expect(Array.from(sample.sorted())).toEqual(range(count));
    }
    expect(sampled(SAMPLE_SIZE + 1).isAll).toBe(false);
  });

  it('is of different values, as many as it keeps, once there are more', () => {
    for (const count of [SAMPLE_SIZE + 1, 3 * SAMPLE_SIZE, 1_000_000]) {
      const sample = sampled(count);
      expect(sample.seen).toBe(count);
      expect(new Set(sample.sorted()).size).toBe(SAMPLE_SIZE);
    }
  });

  it.each([20_000, 300_000, 3_000_000])(
    'of %d values has as many of each part of the stream as chance would',
    count => {
      const parts = new Array<number>(16).fill(0);
      for (const value of sampled(count).sorted()) parts[Math.floor((16 * value) / count)]!++;
      const expected = SAMPLE_SIZE / 16;
      const chiSquare = parts.reduce((sum, found) => sum + (found - expected) ** 2 / expected, 0);
      // The 99.99 % quantile with 15 degrees of freedom; a sample without replacement varies less.
      expect(chiSquare).toBeLessThan(44.3);
      expect(chiSquare).toBeGreaterThan(1);
    },
  );

  it('is the same for the same values in the same order', () => {
    expect(sampled(50_000).sorted()).toEqual(sampled(50_000).sorted());
  });
});

describe('a shape', () => {
  it('has the counts of as many values as there were', () => {
    const { cuts, counts } = shapeOf(ascending([1, 1, 1, 2, 2, 3]), 100);
    expect(cuts).toEqual([1.5, 2.5]);
    expect(counts).toEqual([50, 33, 17]);
  });

  it('of all values has their own counts', () => {
    expect(shapeOf(ascending([1, 1, 1, 2, 2, 3]), 6).counts).toEqual([3, 2, 1]);
  });
});
