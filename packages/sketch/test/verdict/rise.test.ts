import { describe, expect, test } from 'vitest';
import { judgeRise } from '../../src/verdict/rise.js';

const level = Math.log(1e-6);
const rise = (
  count: number,
  samples: number,
  baselineCount: number,
  baselineSamples: number,
  logAlpha = level,
  lambda?: number,
) => judgeRise({ count, samples, baselineCount, baselineSamples }, logAlpha, lambda);

describe('judgeRise', () => {
  test('one percentage point is a warning and five are critical, to the value', () => {
    expect(rise(6_000, 100_000, 50_000, 1_000_000).verdict).toBe('warning');
    expect(rise(5_999, 100_000, 50_000, 1_000_000).verdict).toBe('notice');
    expect(rise(10_000, 100_000, 50_000, 1_000_000).verdict).toBe('critical');
    expect(rise(9_999, 100_000, 50_000, 1_000_000).verdict).toBe('warning');
  });

  test('a rise that chance explains is ok, and so is a fall', () => {
    expect(rise(60, 1000, 500, 10_000)).toMatchObject({ verdict: 'ok', quiet: true });
    const fall = rise(0, 1000, 500, 10_000);
    expect(fall).toMatchObject({ verdict: 'ok', logP: 0, rate: 0, baselineRate: 0.05, quiet: true });
    expect(fall.rise).toBeCloseTo(-0.05, 15);
  });

  test('is insufficient where no count could have been significant', () => {
    // C(10,000, 0) / C(10,001, 1): one value in a baseline of 10,000 is significant at 1e-3 and not at 1e-6.
    expect(rise(0, 1, 0, 10_000, Math.log(1e-3)).verdict).toBe('ok');
    expect(rise(1, 1, 0, 10_000, Math.log(1e-3)).verdict).toBe('critical');
    expect(rise(1, 1, 0, 10_000).verdict).toBe('insufficient');
    expect(rise(500, 1000, 10_000, 10_000).verdict).toBe('insufficient');
  });

  test('nothing seen is insufficient, even at a level of 1', () => {
    expect(rise(0, 0, 5, 10_000, 0)).toMatchObject({
      verdict: 'insufficient',
      rate: Number.NaN,
      rise: Number.NaN,
      quiet: true,
    });
    expect(rise(5, 10, 0, 0)).toMatchObject({ verdict: 'insufficient', baselineRate: Number.NaN, quiet: true });
  });

  test('values that move together count as one, and its own rate is told as it is', () => {
    const alone = rise(60, 1000, 100, 10_000);
    expect(alone).toMatchObject({ verdict: 'critical', lambda: 1 });
    const together = rise(60, 1000, 100, 10_000, level, 10);
    expect(together).toMatchObject({ verdict: 'ok', lambda: 10, rate: 0.06, quiet: true });
    expect(together.rise).toBe(alone.rise);
    expect(together.logP).toBe(rise(6, 100, 10, 1000).logP);
    expect(rise(600, 10_000, 1000, 100_000, level, 10).verdict).toBe('critical');
  });

  test('what λ leaves of a count is rounded against a rise', () => {
    expect(rise(69, 1009, 91, 10_009, level, 10).logP).toBe(rise(6, 100, 10, 1000).logP);
    expect(rise(9, 1000, 0, 10_000, level, 10).logP).toBe(0);
  });

  test('is insufficient where λ leaves nothing', () => {
    for (const lambda of [1001, 1e9, 1e300]) {
      expect(rise(500, 1000, 0, 10_000, level, lambda)).toMatchObject({
        verdict: 'insufficient',
        logP: 0,
        quiet: true,
      });
    }
    // All values of the window hang together, whatever the baseline's rate is.
    expect(rise(1000, 1000, 10_000, 10_000, level, 3).verdict).toBe('insufficient');
  });

  test('is quiet below 0.8 of the warning, however significant', () => {
    expect(rise(5_799, 100_000, 50_000, 1_000_000)).toMatchObject({ verdict: 'notice', quiet: true });
    expect(rise(5_801, 100_000, 50_000, 1_000_000)).toMatchObject({ verdict: 'notice', quiet: false });
  });
});
