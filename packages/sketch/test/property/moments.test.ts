import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Moments, momentsOf } from '../../src/moments.js';
import { ascending } from '../generated-rows.js';

const reasonable = fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { maxLength: 100 });
const anything = fc.array(
  fc.oneof(fc.double(), fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0, 0)),
  { maxLength: 100 },
);

function momentsFrom(values: readonly number[]): Moments {
  const moments = new Moments();
  for (const value of values) moments.add(value);
  return moments;
}

function expectClose(a: number, b: number, size: number): void {
  // The squares of values under 1e-154 are subnormal: their last bit is all there is.
  expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-12 * size + 1e-300);
}

it('merging equals having seen both streams', () => {
  fc.assert(
    fc.property(reasonable, reasonable, (left, right) => {
      const merged = momentsFrom(left);
      merged.merge(momentsFrom(right));
      const whole = momentsFrom([...left, ...right]);
      expect([merged.count, merged.min, merged.max]).toEqual([whole.count, whole.min, whole.max]);
      const size = Math.max(...[...left, ...right].map(Math.abs), 1e-300);
      expectClose(merged.mean, whole.mean, size);
      expectClose(merged.variance, whole.variance, size * size);
    }),
  );
});

it('merging keeps count, min and max exactly, whatever was added', () => {
  fc.assert(
    fc.property(anything, anything, (left, right) => {
      const merged = momentsFrom(left);
      merged.merge(momentsFrom(right));
      const finite = [...left, ...right].filter(Number.isFinite);
      expect(merged.count).toBe(finite.length);
      expect(merged.min === Math.min(...finite) && merged.max === Math.max(...finite)).toBe(true);
    }),
  );
});

it('the stream and the sorted values agree', () => {
  fc.assert(
    fc.property(reasonable, values => {
      const stream = momentsFrom(values);
      const { mean, sd } = momentsOf(ascending(values));
      const size = Math.max(...values.map(Math.abs), 1e-300);
      expectClose(stream.mean, mean, size);
      expectClose(stream.variance, sd * sd, size * size);
    }),
  );
});

it('moments of any finite values are finite and in order', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1 }), values => {
      const { min, max, mean, sd } = momentsOf(ascending(values));
      expect(min <= mean && mean <= max).toBe(true);
      expect(Number.isFinite(sd) && sd >= 0).toBe(true);
      expect(sd <= max - min).toBe(true);
      expect(Object.is(mean, -0)).toBe(false);
    }),
    { numRuns: 1000 },
  );
});
