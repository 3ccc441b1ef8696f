import { describe, expect, test } from 'vitest';
import { logFisherTail } from '../../src/significance/fisher.js';
import { fixture, relativeError } from '../reference/fixtures.js';

describe('logFisherTail', () => {
  test.each(fixture<[number, number, number, number, number]>('fisher.json'))(
    'of %d in %d against %d in %d is within 1e-9',
    (k, n, k0, m, truth) => {
      const logP = logFisherTail(k, n, k0, m);
      if (truth > -700) expect(Math.abs(logP - truth)).toBeLessThan(1e-9);
      else expect(relativeError(logP, truth)).toBeLessThan(1e-12);
    },
  );

  test('equals the sum over every table with small margins', () => {
    const choose = (n: number, k: number): number => (k === 0 ? 1 : (choose(n - 1, k - 1) * n) / k);
    for (let n = 1; n <= 7; n++) {
      for (let m = 1; m <= 9; m++) {
        for (let k = 0; k <= n; k++) {
          for (let k0 = 0; k0 <= m; k0++) {
            let ways = 0;
            for (let i = Math.max(k, k + k0 - m); i <= Math.min(n, k + k0); i++)
              ways += choose(n, i) * choose(m, k + k0 - i);
            const p = ways / choose(n + m, k + k0);
            expect(Math.abs(logFisherTail(k, n, k0, m) - Math.log(p)), `${k}/${n} against ${k0}/${m}`).toBeLessThan(
              1e-12,
            );
          }
        }
      }
    }
  });

  test('says nothing of no hits, no values or no baseline', () => {
    expect(logFisherTail(0, 100, 30, 1000)).toBe(0);
    expect(logFisherTail(0, 0, 30, 1000)).toBe(0);
    expect(logFisherTail(30, 100, 0, 0)).toBe(0);
  });

  test('the window cannot exceed a baseline that is all hits', () => {
    expect(logFisherTail(100, 100, 1000, 1000)).toBe(0);
    expect(logFisherTail(60, 100, 1000, 1000)).toBe(0);
  });
});
