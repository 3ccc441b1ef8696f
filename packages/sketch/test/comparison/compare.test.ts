import { beforeAll, describe, expect, it } from 'vitest';
import {
  type Baseline,
  baselineCells,
  type ComparedFeature,
  type CompareOptions,
  type Comparison,
  compare,
  dependenceOfWindow,
  distances,
  judgeFeature,
  learnBaseline,
  prepareFeature,
  testsOf,
  VERDICT_LEVEL,
} from '../../src/index.js';
import { refusal } from '../refusal.js';
import { type Change, counted, ORDER_MODEL, orders } from './rows.js';

const PROVENANCE = { source: 'orders of January', createdAt: '2024-02-01' };
let baseline: Baseline;
beforeAll(async () => {
  baseline = await learnBaseline(ORDER_MODEL, orders(20_000, 1), { provenance: PROVENANCE });
});

function compared(change: Change = {}, options: CompareOptions = {}, count = 10_000): Comparison {
  return compare(baseline, counted(baseline, ORDER_MODEL, orders(count, 100, change)), options);
}

const named = (comparison: Comparison, name: string): ComparedFeature =>
  comparison.features.find(feature => feature.name === name)!;

describe('a comparison', () => {
  it('of rows like those of the baseline is ok, in every feature', () => {
    const comparison = compared();
    expect(comparison.verdict).toBe('ok');
    expect(comparison.features.map(({ verdict }) => verdict)).toEqual(new Array(8).fill('ok'));
  });

  it('says what is compared with what, and by which rules', () => {
    const { schema, model, baseline: of, current, drift } = compared({}, { source: 'february.csv' });
    expect({ schema, model, of, current }).toEqual({
      schema: 'driftspan.comparison/v1',
      model: { name: 'orders', version: '1', transforms: '2' },
      of: { rows: 20_000, ...PROVENANCE },
      current: { rows: 10_000, source: 'february.csv' },
    });
    const all = [...baseline.features, ...baseline.joint!, ...baseline.outputs];
    const tests = all.reduce((sum, feature) => sum + testsOf(feature), 0);
    expect(drift).toMatchObject({ falseAlarmRate: 0.001, tests, psi: { warning: 0.1, critical: 0.25 } });
    expect(drift.logAlpha).toBeCloseTo(Math.log(0.001 / tests), 12);
  });

  it('has features, projections and outputs in the order of the baseline, each with what it was compared with', () => {
    const { features } = compared();
    expect(features.map(({ name, role }) => [name, role])).toEqual([
      ['amount', 'feature'],
      ['fee', 'feature'],
      ['country', 'feature'],
      ['age', 'feature'],
      ['customer', 'feature'],
      ['joint.amount~fee', 'joint'],
      ['prediction.label', 'output'],
      ['prediction.confidence', 'output'],
    ]);
    const all = [...baseline.features, ...baseline.joint!, ...baseline.outputs];
    expect(features.map(feature => feature.baseline)).toEqual(all);
    for (const { kind, baseline: own, atLeast } of features) expect([kind, atLeast]).toEqual([own.kind, false]);
  });

  it('judges a feature as a window of a monitor is judged, and has its distances', () => {
    const { features, drift } = compared({ shift: 0.3 });
    for (const { counts, baseline: own, judgement, distances: told, verdict } of features) {
      expect(judgement).toEqual(judgeFeature(counts, prepareFeature(own), { logAlpha: drift.logAlpha }));
      expect(told).toEqual(distances(counts, own));
      expect(verdict).toBe(judgement.verdict);
    }
  });

  it.each([
    [0.2, 'notice'],
    [0.4, 'warning'],
    [0.6, 'critical'],
  ])('of a mean that moved by %d standard deviations has the square of it as index, and is a %s', (shift, verdict) => {
    const comparison = compared({ shift });
    const { judgement, verdict: own } = named(comparison, 'amount');
    expect(own).toBe(verdict);
    expect(judgement.psi / shift ** 2).toBeGreaterThan(0.85);
    expect(judgement.psi / shift ** 2).toBeLessThan(1.1);
    expect(VERDICT_LEVEL[comparison.verdict]).toBeGreaterThanOrEqual(VERDICT_LEVEL[own]);
  });

  it('finds values that are missing, and categories that the baseline does not keep', () => {
    const comparison = compared({ missing: 0.03, newCountry: 0.2 });
    expect(named(comparison, 'amount').judgement.missing.verdict).toBe('warning');
    const { judgement, unseen } = named(comparison, 'country');
    expect(judgement.unseen!.verdict).toBe('critical');
    expect(unseen![0]![0]).toBe('atlantis');
    expect(comparison.verdict).toBe('critical');
  });

  it('takes other thresholds, and another rate of false alarms', () => {
    const strict = compared({ shift: 0.2 }, { psi: { warning: 0.01, critical: 0.02 } });
    expect(named(strict, 'amount').verdict).toBe('critical');
    const loose = compared({ shift: 0.05 }, { falseAlarmRate: 1e-12 });
    expect(named(loose, 'amount').verdict).toBe('ok');
  });

  it('of no rows is insufficient', () => {
    const comparison = compare(baseline, counted(baseline, ORDER_MODEL, []));
    expect(comparison.verdict).toBe('insufficient');
    for (const { verdict } of comparison.features) expect(verdict).toBe('insufficient');
  });
});

describe('what is taken for granted', () => {
  const DAY_MS = 86_400_000;
  /** A row every 15 minutes. */
  const timed = (count: number, seed: number, everyMs = DAY_MS / 96, change: Change = {}) =>
    orders(count, seed, change).map((row, i) => ({ ...row, time: i * everyMs }));
  let ordered: Baseline;
  let untimed: Baseline;
  beforeAll(async () => {
    ordered = await learnBaseline(ORDER_MODEL, timed(20_000, 1));
    untimed = await learnBaseline(ORDER_MODEL, orders(20_000, 1), { timeOrdered: true });
  });
  const assumed = (of: Baseline, rows: ReturnType<typeof orders>, options: CompareOptions = {}) =>
    compare(of, counted(of, ORDER_MODEL, rows), options).drift.dependence;

  it('is independence, and no guarantee, where the baseline was not learned in time order', () => {
    const { assumes, guaranteed, words } = assumed(baseline, orders(1000, 3));
    expect([assumes, guaranteed]).toEqual(['independent', false]);
    expect(words).toBe(
      'Values are taken as independent of each other, as the baseline was not learned in time order and so can not tell. ' +
        'Where neighbouring rows are alike, as those of one day or one customer often are, the rate of false alarms is higher than stated.',
    );
  });

  it('is independence by your word, whatever the baseline measured', () => {
    const { assumes, guaranteed, words } = assumed(ordered, timed(1000, 3), { dependence: 'independent' });
    expect([assumes, guaranteed]).toEqual(['independent', false]);
    expect(words).toContain('as was asked for');
  });

  it('is what the baseline measured, guaranteed where it holds twenty stretches as long', () => {
    const { assumes, guaranteed, words } = assumed(ordered, timed(960, 3));
    expect([assumes, guaranteed]).toEqual(['baseline', true]);
    expect(words).toContain('over at least 20 stretches as long');
    const long = assumed(ordered, timed(1920, 3));
    expect([long.assumes, long.guaranteed]).toEqual(['baseline', false]);
    expect(long.words).toContain('is not guaranteed');
  });

  it('goes by the time that the rows took, and without times by that of as many rows of the baseline', () => {
    expect(assumed(ordered, timed(96, 3)).guaranteed).toBe(true);
    expect(assumed(ordered, timed(96, 3, DAY_MS)).guaranteed).toBe(false);
    const paced = assumed(ordered, orders(960, 3));
    expect(paced.guaranteed).toBe(true);
    expect(paced.words).toContain("they are taken to have come as fast as the baseline's");
    expect(assumed(ordered, orders(1920, 3)).guaranteed).toBe(false);
    const atOnce = orders(1920, 3).map(row => ({ ...row, time: 5 }));
    expect(assumed(ordered, atOnce)).toEqual(assumed(ordered, orders(1920, 3)));
  });

  it('without times in the baseline goes by rows', () => {
    expect(assumed(untimed, orders(1000, 3)).guaranteed).toBe(true);
    const { guaranteed, words } = assumed(untimed, timed(1001, 3));
    expect(guaranteed).toBe(false);
    expect(words).not.toContain('as fast as');
  });

  it('is what judges each feature', async () => {
    // 50 rows in a row have one mean.
    const waves = (count: number, seed: number) => {
      const means = orders(Math.ceil(count / 50), seed + 50);
      return timed(count, seed).map((row, i) => {
        const amount = row.input.amount! + means[Math.floor(i / 50)]!.input.amount!;
        return { ...row, input: { ...row.input, amount } };
      });
    };
    const waved = await learnBaseline(ORDER_MODEL, waves(20_000, 1));
    const comparison = compare(waved, counted(waved, ORDER_MODEL, waves(960, 3)));
    const amount = named(comparison, 'amount');
    const prepared = prepareFeature(amount.baseline);
    const window = { rows: 960, lengthMs: 10 * DAY_MS };
    const fitted = { rows: waved.rows, df: prepared.plan.base.length - 1 };
    const { lambda } = dependenceOfWindow(waved.dependence!, amount.baseline.dependence, fitted, window);
    expect(lambda).toBeGreaterThan(5);
    expect(amount.judgement.shape.lambda).toBeCloseTo(lambda, 9);
    expect(amount.guaranteed).toBe(true);
  });
});

describe('counts that can not be compared', () => {
  it('are those of another baseline', () => {
    const { features, rows } = counted(baseline, ORDER_MODEL, orders(100, 3));
    const { where, met } = refusal('ERR_COUNTS', () => compare(baseline, { rows, features: features.slice(1) }));
    expect([where, met]).toEqual(['current feature "amount"', 'no such feature']);
    const short = features.map(feature => ({ ...feature, counts: feature.counts.slice(1) }));
    refusal('ERR_COUNTS', () => compare(baseline, { rows, features: short }));
    const fraction = features.map(feature => ({ ...feature, counts: feature.counts.map(() => 0.5) }));
    refusal('ERR_COUNTS', () => compare(baseline, { rows, features: fraction }));
  });

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])(
    'a rate of false alarms of %d is refused',
    falseAlarmRate => {
      expect(refusal('ERR_COUNTS', () => compared({}, { falseAlarmRate }, 10)).where).toBe('falseAlarmRate');
    },
  );

  it.each([
    [0, 0.25],
    [0.3, 0.25],
    [Number.NaN, 0.25],
    [0.1, Number.POSITIVE_INFINITY],
  ])('thresholds of %d and %d are refused', (warning, critical) => {
    expect(refusal('ERR_COUNTS', () => compared({}, { psi: { warning, critical } }, 10)).where).toBe('psi');
  });
});

it('counts of the baseline itself are compared without any distance', () => {
  const all = [...baseline.features, ...baseline.joint!, ...baseline.outputs];
  const features = all.map(feature => ({ name: feature.name, counts: baselineCells(feature) }));
  for (const { distances: told, verdict } of compare(baseline, { rows: baseline.rows, features }).features) {
    expect([told.psi, verdict]).toEqual([0, 'ok']);
  }
});
