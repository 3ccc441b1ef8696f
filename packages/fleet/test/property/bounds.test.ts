import { logChiSquareTail, logFisherTail } from '@driftspan/sketch';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chiSquareBound, riseBound } from '../reference/bounds.js';

/** Rounding: both sides are right to about 1e-9. */
const SLACK = 1e-8;

describe('the χ² tail', () => {
  const df = fc.integer({ min: 1, max: 127 });

  test("its bound is never below the exact tail, so that no alarm is the query's alone", () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 5000, noNaN: true }), df, (x, k) => {
        expect(chiSquareBound(x, k)).toBeGreaterThanOrEqual(logChiSquareTail(x, k) - SLACK);
      }),
    );
  });

  test('nor beside the mean, where its parts meet', () => {
    for (let k = 1; k <= 127; k++) {
      for (let x = 0; x < 4 * k; x += k / 16)
        expect(chiSquareBound(x, k)).toBeGreaterThanOrEqual(logChiSquareTail(x, k) - SLACK);
    }
  });

  test('at p = 1e-7 it asks for at most 1.3 % more, at 0.001 for 4 %', () => {
    for (const [p, most] of [
      [1e-7, 1.013],
      [1e-3, 1.04],
    ] as const) {
      for (const k of [1, 2, 4, 9, 15, 31, 127]) {
        const needed = reaching(Math.log(p), x => chiSquareBound(x, k));
        expect(needed / reaching(Math.log(p), x => logChiSquareTail(x, k))).toBeLessThan(most);
      }
    }
  });
});

describe("Fisher's tail", () => {
  const counts = fc
    .tuple(fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 100_000 }))
    .chain(([n, m]) =>
      fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n), fc.integer({ min: 0, max: m }), fc.constant(m)),
    );

  test('its bound is never below the exact tail', () => {
    fc.assert(
      fc.property(counts, ([x, n, k, m]) => {
        expect(riseBound(x, n, k, m)).toBeGreaterThanOrEqual(logFisherTail(x, n, k, m) - SLACK);
      }),
    );
  });

  test('nor over every table of small samples', () => {
    for (const [n, m] of [
      [1, 1],
      [5, 20],
      [20, 5],
      [12, 12],
    ] as const) {
      for (let x = 0; x <= n; x++) {
        for (let k = 0; k <= m; k++)
          expect(riseBound(x, n, k, m)).toBeGreaterThanOrEqual(logFisherTail(x, n, k, m) - SLACK);
      }
    }
  });

  test('at p = 3e-7 it asks for a rise up to a third larger, and for nothing more where the baseline had no hit', () => {
    const level = Math.log(3e-7);
    const ratio = (n: number, m: number, k: number) => {
      const rise = (logP: (x: number) => number) => Math.ceil(reaching(level, x => logP(Math.floor(x)))) / n - k / m;
      return rise(x => riseBound(x, n, k, m)) / rise(x => logFisherTail(x, n, k, m));
    };
    expect(ratio(5000, 10_000, 0)).toBe(1);
    expect(ratio(500, 10_000, 50)).toBeLessThan(1.2);
    expect(ratio(50_000, 10_000, 50)).toBeLessThan(1.12);
    expect(ratio(50_000, 10_000, 500)).toBeLessThan(1.15);
    expect(ratio(500_000, 10_000, 3000)).toBeLessThan(1.35);
  });
});

/** Where a falling function reaches a level. */
function reaching(level: number, logP: (x: number) => number): number {
  let [low, high] = [0, 1e6];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (logP(middle) > level) low = middle;
    else high = middle;
  }
  return high;
}
