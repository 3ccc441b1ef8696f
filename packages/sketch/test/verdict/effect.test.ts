import { describe, expect, test } from 'vitest';
import { psiLowerBound, psiNeeded } from '../../src/verdict/effect.js';

describe('psiLowerBound', () => {
  test('undoes psiNeeded', () => {
    for (const u of [0.00011, 0.003, 0.03]) {
      for (const k of [1, 2.5, 7, 15]) {
        for (const psi0 of [0, 0.01, 0.1, 0.25, 3])
          expect(psiLowerBound(psiNeeded(psi0, u, k), u, k)).toBeCloseTo(psi0, 12);
      }
    }
  });

  test('is 0 where chance alone explains the index', () => {
    const u = 0.0026;
    expect(psiLowerBound(0, u, 15)).toBe(0);
    expect(psiLowerBound(7 * u, u, 15)).toBe(0);
    expect(psiLowerBound(0.999 * psiNeeded(0, u, 15), u, 15)).toBe(0);
  });

  test('a root below the quantile is no evidence, although its square would be', () => {
    // k = 1: c = 0, and (sqrt(0.01) − 3.09)² is 8.9.
    expect(psiLowerBound(0.01, 1, 1)).toBe(0);
  });
});
