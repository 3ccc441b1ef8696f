import { describe, expect, test } from 'vitest';
import { logGamma } from '../../src/significance/log-gamma.js';
import { fixture, relativeError } from '../reference/fixtures.js';

describe('logGamma', () => {
  test.each(fixture<[number, number]>('log-gamma.json'))('at %d is right to 1e-15 of its value', (x, truth) => {
    expect(relativeError(logGamma(x), truth)).toBeLessThan(1.2e-15);
  });

  test('is exactly zero at 1 and 2', () => {
    expect(logGamma(1)).toBe(0);
    expect(logGamma(2)).toBe(0);
  });

  test('follows ln Γ(x + 1) = ln Γ(x) + ln x across its seams', () => {
    for (let x = 0.05; x < 40; x += 0.0437)
      expect(Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x))).toBeLessThan(5e-14);
  });

  test('has limits at its ends and nothing below', () => {
    expect(logGamma(0)).toBe(Number.POSITIVE_INFINITY);
    expect(logGamma(Number.POSITIVE_INFINITY)).toBe(Number.POSITIVE_INFINITY);
    expect(logGamma(-1.5)).toBeNaN();
    expect(logGamma(Number.NaN)).toBeNaN();
  });
});
