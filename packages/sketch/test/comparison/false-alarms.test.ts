import { describe, expect, it } from 'vitest';
import { compare, defineModel, learnBaseline, numeric, type TrainingRow } from '../../src/index.js';
import { counted, normals, ORDER_MODEL, orders } from './rows.js';

const RATE = 0.05;

/** The smallest count of alarms that `trials` at the stated rate reach with a chance under 1e-5. */
function mostAlarms(trials: number): number {
  let [term, tail] = [(1 - RATE) ** trials, 1];
  for (let count = 0; ; count++) {
    if (tail < 1e-5) return count;
    tail -= term;
    term *= ((trials - count) * RATE) / ((count + 1) * (1 - RATE));
  }
}

describe('unchanged data', () => {
  const TRIALS = 300;

  it.each([
    [1000, 300],
    [1500, 3000],
  ])('%d rows learned and %d compared are above ok no more often than the rate says', async (learned, compared) => {
    let alarms = 0;
    for (let trial = 0; trial < TRIALS; trial++) {
      const baseline = await learnBaseline(ORDER_MODEL, orders(learned, 4 * trial + 1_000_001));
      const rows = counted(baseline, ORDER_MODEL, orders(compared, 4 * trial + 2_000_003));
      const { verdict } = compare(baseline, rows, { falseAlarmRate: RATE });
      if (verdict !== 'ok' && verdict !== 'insufficient') alarms++;
    }
    expect(alarms).toBeLessThan(mostAlarms(TRIALS));
    expect(alarms, 'a rate that is split too finely finds nothing either').toBeGreaterThan(RATE * TRIALS * 0.1);
  });
});

describe('unchanged data of which neighbours are alike', () => {
  const MODEL = defineModel<{ readonly x: number; readonly y: number }>({
    name: 'm',
    version: '1',
    features: { x: numeric(), y: numeric() },
  });
  /** A row a minute, each nearly as the one before: about 20 count as one. */
  const alike = (count: number, seed: number): TrainingRow<{ x: number; y: number }>[] => {
    const normal = normals(seed);
    let [x, y] = [normal(), normal()];
    return Array.from({ length: count }, (_, i) => {
      [x, y] = [0.9 * x + Math.sqrt(0.19) * normal(), 0.9 * y + Math.sqrt(0.19) * normal()];
      return { input: { x, y }, time: i * 60_000 };
    });
  };
  const TRIALS = 80;

  it('is above ok no more often than the rate says as the baseline measured it, and mostly if it is taken as independent', async () => {
    const alarms = { measured: 0, independent: 0 };
    for (let trial = 0; trial < TRIALS; trial++) {
      const baseline = await learnBaseline(MODEL, alike(10_000, 2 * trial + 10_001));
      const rows = counted(baseline, MODEL, alike(480, 2 * trial + 20_001));
      for (const dependence of ['measured', 'independent'] as const) {
        const { verdict, drift } = compare(baseline, rows, { falseAlarmRate: RATE, dependence });
        if (verdict !== 'ok' && verdict !== 'insufficient') alarms[dependence]++;
        expect(drift.dependence.guaranteed).toBe(dependence === 'measured');
      }
    }
    expect(alarms.measured).toBeLessThan(mostAlarms(TRIALS));
    expect(alarms.independent).toBeGreaterThan(TRIALS / 2);
  });
});
