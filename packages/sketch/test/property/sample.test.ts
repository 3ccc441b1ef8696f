import fc from 'fast-check';
import { expect, it } from 'vitest';
import { MAX_SAMPLE, sampled, strideFor } from '../../src/feature/sample.js';

/** Odd ones, primes, powers of two and their neighbours, what networks take. */
const side = fc.oneof(
  fc.integer({ min: 200, max: 8192 }),
  fc.constantFrom(224, 227, 256, 299, 384, 448, 512, 640, 768, 1008, 1024, 1536, 2048, 3072, 4096, 8192),
  fc.constantFrom(251, 509, 1021, 1023, 1025, 2039, 2047, 2049, 4093, 4095, 4097, 8191),
);

/** The step of a picture, and how a number's place in the tensor tells its colour plane, row and column. */
const layouts = [
  { channels: 1, sizesOf: (h: number, w: number) => [h, w], planeFirst: true },
  { channels: 3, sizesOf: (h: number, w: number) => [1, h, w, 3], planeFirst: false },
  { channels: 3, sizesOf: (h: number, w: number) => [1, 3, h, w], planeFirst: true },
];

const product = (sizes: readonly number[]) => sizes.reduce((a, b) => a * b, 1);
const divisor = (a: number, b: number): number => (b === 0 ? a : divisor(b, a % b));

/** A disc of this many sides over √n holds a sampled number: half the diagonal of the lattice's longest cell, √(15 + 1/15 + 1/60). */
const BLOCK = Math.sqrt(15 + 1 / 15 + 1 / 60);

it('no block of a colour plane is missed, of 1/15 of its height and width or, in one of three colours, of 1/8', () => {
  fc.assert(
    fc.property(side, side, fc.boolean(), fc.constantFrom(...layouts), (height, other, square, layout) => {
      const width = square ? height : other;
      const sizes = layout.sizesOf(height, width);
      const count = product(sizes);
      const stride = strideFor(count, sizes);
      const parts = Math.floor(Math.sqrt((height * width) / stride) / BLOCK);
      if (stride > 40) expect(parts).toBeGreaterThanOrEqual(layout.channels === 1 ? 15 : 8);
      const met = new Uint8Array(layout.channels * parts * parts);
      for (let i = 0; i < count; i += stride) {
        const plane = layout.planeFirst ? Math.floor(i / (height * width)) : i % 3;
        const at = layout.planeFirst ? i % (height * width) : Math.floor(i / 3);
        const row = Math.floor((Math.floor(at / width) * parts) / height);
        met[(plane * parts + row) * parts + Math.floor(((at % width) * parts) / width)] = 1;
      }
      expect(met.indexOf(0)).toBe(-1);
    }),
    { numRuns: 500 },
  );
});

it('no plane is met on lines farther apart than √15 of its sides over the root of what is met there', () => {
  const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 70 }), side), { minLength: 2, maxLength: 4 });
  fc.assert(
    fc.property(
      sizes.filter(dims => product(dims) < 2e8),
      dims => {
        const stride = strideFor(product(dims), dims);
        for (let last = dims.length - 1; last > 0; last--) {
          for (let at = last; at > 0; at--) {
            const [height, width] = [dims[at - 1]!, product(dims.slice(at, last + 1))];
            if (height * width <= stride) continue;
            let shortest = 1;
            // Every row, not only those that Euclid's algorithm goes through.
            for (let down = 1; down < Math.min(height, stride); down++) {
              const across = (down * width) % stride;
              shortest = Math.min(shortest, (down / height) ** 2 + (Math.min(across, stride - across) / width) ** 2);
            }
            expect(shortest * height * width * 15).toBeGreaterThanOrEqual(stride * (1 - 1e-9));
          }
        }
      },
    ),
    { numRuns: 500 },
  );
});

it('the step shares no divisor with a size, is the smallest such one up to 30, and at least 3,500 of a large picture are read', () => {
  fc.assert(
    fc.property(side, fc.constantFrom(...layouts), (height, { sizesOf }) => {
      const sizes = sizesOf(height, height);
      const count = product(sizes);
      const stride = strideFor(count, sizes);
      let smallest = Math.ceil(count / MAX_SAMPLE);
      while (smallest > 1 && divisor(count, smallest) > 1) smallest++;
      expect(sampled(count, stride)).toBeLessThanOrEqual(MAX_SAMPLE);
      expect(sampled(count, stride)).toBeGreaterThanOrEqual(count > 30 * MAX_SAMPLE ? 3500 : 0);
      if (smallest <= 30) expect(stride).toBe(smallest);
      expect(stride).toBeGreaterThanOrEqual(smallest);
      expect(divisor(count, stride)).toBe(1);
    }),
    { numRuns: 1000 },
  );
});
