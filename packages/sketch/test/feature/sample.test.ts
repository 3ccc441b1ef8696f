import { expect, it } from 'vitest';
import { MAX_SAMPLE, sampled, strideFor } from '../../src/feature/sample.js';

const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

it.each([
  [0, 1],
  [1, 1],
  [4096, 1],
  // Every third would meet one colour of an odd number only.
  [4097, 2],
  [150_528, 37],
  [224 * 224, 13],
])('of %i numbers every %i-th is read', (count, stride) => {
  expect(strideFor(count)).toBe(stride);
});

it('no more than the scratch holds are read, whatever the size', () => {
  for (let count = 1; count < 300_000; count += 1 + (count % 97)) {
    const stride = strideFor(count);
    expect(sampled(count, stride)).toBeLessThanOrEqual(MAX_SAMPLE);
    // The last one lies within.
    expect((sampled(count, stride) - 1) * stride).toBeLessThan(count);
    if (stride > 1) expect(divisor(count, stride)).toBe(1);
  }
});

it('sizes made of many small primes still have a step, and a small one', () => {
  const count = 2 * 3 * 5 * 7 * 11 * 13 * 17;
  const stride = strideFor(count);
  expect(divisor(count, stride)).toBe(1);
  expect(stride).toBeLessThan((count / MAX_SAMPLE) * 1.2);
});

it('every channel is met as often as every other', () => {
  const stride = strideFor(224 * 224 * 3);
  const met = [0, 0, 0];
  for (let i = 0; i < 224 * 224 * 3; i += stride) met[i % 3]!++;
  expect(Math.max(...met) - Math.min(...met)).toBeLessThanOrEqual(1);
});
