import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { benjaminiHochberg } from '../../src/significance/benjamini-hochberg.js';
import { fixture } from '../reference/fixtures.js';

interface Family {
  readonly logP: number[];
  readonly q: number;
  readonly listed: boolean[];
}

const logs = (...ps: number[]): number[] => ps.map(Math.log);

describe('against SciPy', () => {
  test.each(fixture<Family>('benjamini-hochberg.json'))('$logP.length tests at q = $q', ({ logP, q, listed }) => {
    expect(benjaminiHochberg(logP, q)).toEqual(listed);
    expect(benjaminiHochberg(Float64Array.from(logP), q)).toEqual(listed);
  });
});

test('steps up: a p above its own bound is listed if a larger one is below its', () => {
  expect(benjaminiHochberg(logs(0.04, 0.03, 0.9), 0.05)).toEqual([false, false, false]);
  expect(benjaminiHochberg(logs(0.033, 0.033, 0.9), 0.05)).toEqual([true, true, false]);
  expect(benjaminiHochberg(logs(0.049, 0.04, 0.045), 0.05)).toEqual([true, true, true]);
});

test('a p at its bound is listed', () => {
  expect(benjaminiHochberg(logs(0.05), 0.05)).toEqual([true]);
  expect(benjaminiHochberg(logs(0.025, 1), 0.05)).toEqual([true, false]);
});

test('equal p are listed together', () => {
  expect(benjaminiHochberg(logs(0.02, 0.02, 0.02, 0.6), 0.03)).toEqual([true, true, true, false]);
});

test('a p of 0 is listed, whatever the others are', () => {
  expect(benjaminiHochberg([0, Number.NEGATIVE_INFINITY, 0], 1e-300)).toEqual([false, true, false]);
});

test('p far below the smallest double keep their order', () => {
  expect(benjaminiHochberg([-1e5, -700, -2], 1e-306)).toEqual([true, false, false]);
});

test('a test that could not be made is neither listed nor counted', () => {
  const nan = Number.NaN;
  expect(benjaminiHochberg([nan, Math.log(0.04), nan, nan], 0.05)).toEqual([false, true, false, false]);
  expect(benjaminiHochberg([nan, nan], 0.05)).toEqual([false, false]);
});

test('nothing lists nothing', () => {
  expect(benjaminiHochberg([], 0.05)).toEqual([]);
});

test.each([-1, Number.NaN])('a q of %d lists nothing', q => {
  expect(benjaminiHochberg([Number.NEGATIVE_INFINITY, -5], q)).toEqual([false, false]);
});

describe('for any p', () => {
  const logPs = fc.array(
    fc.oneof(fc.double({ min: -20, max: 0, noNaN: true }), fc.constantFrom(0, -1e5, -3, Number.NEGATIVE_INFINITY)),
    { maxLength: 40 },
  );
  const share = fc.double({ min: 1e-6, max: 0.999, noNaN: true });

  test('what a union bound lists is listed, and nothing above q', () => {
    fc.assert(
      fc.property(logPs, share, (ps, q) => {
        const listed = benjaminiHochberg(ps, q);
        ps.forEach((logP, i) => {
          if (logP <= Math.log(q / ps.length)) expect(listed[i]).toBe(true);
          if (logP > Math.log(q)) expect(listed[i]).toBe(false);
        });
      }),
    );
  });

  test('a larger q lists no less', () => {
    fc.assert(
      fc.property(logPs, share, share, (ps, one, other) => {
        const few = benjaminiHochberg(ps, Math.min(one, other));
        const many = benjaminiHochberg(ps, Math.max(one, other));
        few.forEach((listed, i) => {
          if (listed) expect(many[i]).toBe(true);
        });
      }),
    );
  });
});
