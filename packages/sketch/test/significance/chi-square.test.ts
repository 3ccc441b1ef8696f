import { describe, expect, test } from 'vitest';
import { logChiSquareTail } from '../../src/significance/chi-square.js';
import { fixture, relativeError } from '../reference/fixtures.js';

describe('logChiSquareTail', () => {
  const rows = fixture<[number, number, number]>('chi-square.json');

  test('is within 1e-9 of the truth from 0 down to -700', () => {
    let checked = 0;
    let deepest = 0;
    for (const [x, df, truth] of rows) {
      if (truth < -710) continue;
      expect(Math.abs(logChiSquareTail(x, df) - truth), `x = ${x}, df = ${df}`).toBeLessThan(1e-9);
      deepest = Math.min(deepest, truth);
      checked++;
    }
    expect(checked).toBeGreaterThan(380);
    expect(deepest).toBeLessThan(-699);
  });

  test('keeps its digits where p is no double any more', () => {
    const beyond = rows.filter(([, , truth]) => truth < -710);
    expect(beyond.length).toBe(4);
    for (const [x, df, truth] of beyond) expect(relativeError(logChiSquareTail(x, df), truth)).toBeLessThan(1e-13);
  });

  test('keeps the digits of 1 − p where p is nearly 1', () => {
    // χ² with 2 degrees of freedom is exponential: ln p = −x/2.
    for (const x of [1e-300, 1e-15, 1e-8, 1e-3, 1, 3.9, 4.1, 50])
      expect(relativeError(logChiSquareTail(x, 2), -x / 2)).toBeLessThan(1e-13);
  });

  test('is 0 at and below 0, −Infinity at Infinity, NaN for what is no distribution', () => {
    expect(logChiSquareTail(0, 3)).toBe(0);
    expect(logChiSquareTail(-4, 3)).toBe(0);
    expect(logChiSquareTail(Number.POSITIVE_INFINITY, 3)).toBe(Number.NEGATIVE_INFINITY);
    for (const df of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) expect(logChiSquareTail(1, df)).toBeNaN();
    expect(logChiSquareTail(Number.NaN, 3)).toBeNaN();
  });
});
