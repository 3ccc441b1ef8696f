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
  expect(strideFor(count, [count])).toBe(stride);
});

it.each([
  [[224, 224], 13],
  [[1, 224, 224, 3], 37],
  [[1, 3, 224, 224], 37],
  [[640, 640], 101],
  [[1, 3, 640, 640], 301],
  [[1080, 1920], 509],
  // The smallest without a common divisor would be 38, 149, 257, 769, 1025, 3073, 4097 and 12289.
  [[1, 3, 227, 227], 40],
  [[1, 3, 448, 448], 151],
  [[1024, 1024], 259],
  [[1, 3, 1024, 1024], 773],
  [[2048, 2048], 1029],
  [[1, 2048, 2048, 3], 3085],
  [[4096, 4096], 4113],
  [[1, 4096, 4096, 3], 12_341],
  // Without sizes there is no row to fall in with.
  [[4096 * 4096], 4097],
])('of sizes %j the step is %i', (sizes, stride) => {
  const count = sizes.reduce((a, b) => a * b, 1);
  expect(strideFor(count, sizes)).toBe(stride);
});

it('no more than the scratch holds are read, whatever the size', () => {
  for (let count = 1; count < 300_000; count += 1 + (count % 97)) {
    const stride = strideFor(count, [count]);
    expect(sampled(count, stride)).toBeLessThanOrEqual(MAX_SAMPLE);
    // The last one lies within.
    expect((sampled(count, stride) - 1) * stride).toBeLessThan(count);
    if (stride > 1) expect(divisor(count, stride)).toBe(1);
  }
});

it('sizes made of many small primes still have a step, and a small one', () => {
  const count = 2 * 3 * 5 * 7 * 11 * 13 * 17;
  const stride = strideFor(count, [count]);
  expect(divisor(count, stride)).toBe(1);
  expect(stride).toBeLessThan((count / MAX_SAMPLE) * 1.2);
});

it('every channel is met as often as every other', () => {
  const stride = strideFor(224 * 224 * 3, [224, 224, 3]);
  const met = [0, 0, 0];
  for (let i = 0; i < 224 * 224 * 3; i += stride) met[i % 3]!++;
  expect(Math.max(...met) - Math.min(...met)).toBeLessThanOrEqual(1);
});
