import { beforeAll, describe, expect, test } from 'vitest';
import { judgeFeature } from '../../src/verdict/judge.js';
import { prepareFeature } from '../../src/verdict/prepare.js';
import { numeric } from './baselines.js';
import { uniforms } from './random.js';

// Everything is drawn from one distribution, so that every significant look is a false alarm. Looks at one baseline are not
// independent (an unlucky baseline repeats): the standard error is taken over baselines.
const BASELINES = 400;
const LOOKS = 1_000;
const BINS = 16;
const BASELINE_SIZE = 5_000;
/** 25 values expected in each bin, a tenth of the baseline. */
const WINDOW = 400;

interface Share {
  readonly share: number;
  readonly standardError: number;
}

function shareOf(perBaseline: readonly number[]): Share {
  const mean = perBaseline.reduce((a, b) => a + b, 0) / perBaseline.length;
  const variance = perBaseline.reduce((a, b) => a + (b - mean) ** 2, 0) / (perBaseline.length - 1);
  return { share: mean / LOOKS, standardError: Math.sqrt(variance / perBaseline.length) / LOOKS };
}

/** ln p of every look, a row a baseline, whose bins are cut at its own quantiles as training data would be. */
function shapeLogPs(): Float64Array[] {
  const next = uniforms(20_130_101);
  const observed = new Uint32Array(BINS + 2);
  // The first bin that a value of this 1/4096th can be in: of nearly all the only one, so that a draw is a look-up.
  const grid = new Uint8Array(4096);
  return Array.from({ length: BASELINES }, () => {
    const values = Float64Array.from({ length: BASELINE_SIZE }, next).sort();
    const cuts: number[] = [];
    const counts: number[] = [];
    let before = 0;
    for (let i = 1; i <= BINS; i++) {
      const upTo = Math.round((i * BASELINE_SIZE) / BINS);
      counts.push(upTo - before);
      if (i < BINS) cuts.push((values[upTo - 1]! + values[upTo]!) / 2);
      before = upTo;
    }
    for (let i = 0; i < 4096; i++) grid[i] = cuts.filter(cut => cut < i / 4096).length;
    const prepared = prepareFeature(numeric([...counts, 0, 0]));
    return Float64Array.from({ length: LOOKS }, () => {
      observed.fill(0);
      for (let i = 0; i < WINDOW; i++) {
        const value = next();
        let bin = grid[(value * 4096) | 0]!;
        while (bin < BINS - 1 && value > cuts[bin]!) bin++;
        observed[bin]!++;
      }
      return judgeFeature(observed, prepared, { logAlpha: 0 }).shape.logP;
    });
  });
}

describe('false alarms without drift', () => {
  let logPs: readonly Float64Array[];
  beforeAll(() => {
    logPs = shapeLogPs();
  });

  test.each([
    [1e-2, 0.03],
    [1e-3, 0.08],
  ])('are significant as often as a level of %d says', (level, precision) => {
    const { share, standardError } = shareOf(logPs.map(row => row.filter(logP => logP <= Math.log(level)).length));
    expect(standardError / level, 'the simulation is large enough').toBeLessThan(precision);
    expect(share / level).toBeGreaterThan(0.8);
    expect(share / level).toBeLessThan(1.25);
  });

  test('the test of rates never exceeds its level', () => {
    const next = uniforms(7);
    const rare = (size: number, rate: number): number => {
      let count = 0;
      for (let i = 0; i < size; i++) if (next() < rate) count++;
      return count;
    };
    const perBaseline = Array.from({ length: 200 }, () => {
      const hits = rare(BASELINE_SIZE, 0.02);
      const prepared = prepareFeature(numeric([BASELINE_SIZE - hits, 1, hits, 0]));
      let alarms = 0;
      for (let look = 0; look < LOOKS; look++) {
        const count = rare(WINDOW, 0.02);
        if (
          judgeFeature([WINDOW - count, 0, count, 0], prepared, { logAlpha: Math.log(1e-2) }).missing.logP <=
          Math.log(1e-2)
        )
          alarms++;
      }
      return alarms;
    });
    const { share, standardError } = shareOf(perBaseline);
    expect(share).toBeGreaterThan(1e-3);
    expect(share + 2 * standardError).toBeLessThan(1e-2);
  });
});
