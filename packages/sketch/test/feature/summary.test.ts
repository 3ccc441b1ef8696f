import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Summary } from '../../src/feature/summary.js';

const parts = (of: Summary) => [of.isFinite, of.mean, of.sd, of.min, of.max, of.zeros];
const floats = fc.oneof(
  fc.float(),
  fc.constantFrom(0, -0, 1, -1, Number.NaN, Number.POSITIVE_INFINITY, 2 ** -149, 3e38),
);

test('floats where they lie come to the same, bit for bit, as a copy of them', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.array(floats, { minLength: 1, maxLength: 60 }), fc.integer({ min: 1, max: 7 })), {
        minLength: 1,
        maxLength: 3,
      }),
      chunks => {
        const copied = new Summary();
        const inPlace = new Summary();
        copied.clear();
        inPlace.clear();
        for (const [values, step] of chunks) {
          const data = Float32Array.from(values);
          const numbers = Float64Array.from({ length: Math.ceil(data.length / step) }, (_, k) => data[k * step]!);
          copied.add(numbers, numbers.length);
          if (!inPlace.addFloats(data, 0, step, numbers.length)) inPlace.add(numbers, numbers.length);
        }
        expect(parts(inPlace)).toEqual(parts(copied));
      },
    ),
  );
});

test('bytes where they lie come to the same, bit for bit, as a copy of them', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 4096, size: 'max' }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 0, max: 3 }),
      (data, step, start) => {
        fc.pre(start < data.length);
        const numbers = Float64Array.from(data.subarray(start)).filter((_, k) => k % step === 0);
        const copied = new Summary();
        const inPlace = new Summary();
        // Twice: what one call counted is not in the next.
        for (let chunk = 0; chunk < 2; chunk++) {
          copied.add(numbers, numbers.length);
          if (!inPlace.addBytes(data, start, step, numbers.length)) inPlace.add(numbers, numbers.length);
        }
        expect(parts(inPlace)).toEqual(parts(copied));
      },
    ),
  );
});

test('many bytes are added where they lie, a few, or those far from the last one, are not', () => {
  const summary = new Summary();
  expect(summary.addBytes(new Uint8Array(511), 0, 1, 511)).toBe(false);
  const far = new Uint8Array(4096).fill(3, 0, 4095);
  far[4095] = 255;
  expect(summary.addBytes(far, 0, 1, 4096)).toBe(false);
  const even = Uint8Array.from({ length: 4096 }, (_, i) => i % 256);
  expect(summary.addBytes(even, 0, 1, 4096)).toBe(true);
  // The variance of the numbers 0 to 255 is (256² - 1) / 12.
  expect(parts(summary)).toEqual([true, 127.5, Math.sqrt((256 ** 2 - 1) / 12), 0, 255, 1 / 256]);
});

test('where one pass would lose digits a copy is asked for, and nothing is added before', () => {
  const summary = new Summary();
  summary.clear();
  // The last one is what the others are compared with.
  const data = new Float32Array(3001).fill(1, 0, 3000);
  expect(summary.addFloats(data, 0, 1, data.length)).toBe(false);
  summary.add(Float64Array.of(2, 4), 2);
  expect(parts(summary)).toEqual([true, 3, 1, 2, 4, 0]);
});
