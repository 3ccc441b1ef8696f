import { type Baseline, VERDICT_LEVEL } from '@driftspan/sketch';
import { describe, expect, it } from 'vitest';
import { createMonitor, type DriftAlert } from '../../src/index.js';
import { TestClock } from '../drift/stream.js';
import { CorrelatedRows, jointModel, learned, type Numbers } from './correlated-rows.js';

const SUB_MS = 60_000;
const PER_MINUTE = 100;

function watch(count: number, baseline: Baseline) {
  const clock = new TestClock(SUB_MS);
  const handle = createMonitor<Numbers>({
    model: jointModel(`joint of ${count}`, count),
    baseline,
    drift: { dependence: 'independent', window: '1h' },
    clock: clock.now,
  });
  const alerts: DriftAlert[] = [];
  handle.on('drift', alert => alerts.push(alert));
  const minute = (rows: CorrelatedRows) => {
    for (let i = 0; i < PER_MINUTE; i++) handle.start(rows.row()).end({});
    clock.turn();
    handle.evaluate();
  };
  return { handle, alerts, minute };
}

interface Found {
  /** Rows from the change to the first verdict of a level, on the pair. */
  readonly warning: number;
  readonly critical: number;
  /** The worst that any feature was by itself. */
  readonly single: number;
  readonly alerts: readonly DriftAlert[];
}

/** An hour as in training, then `minutes` with another correlation. */
function change(count: number, baseline: Baseline, from: number, to: number, minutes: number, seed: number): Found {
  const { handle, alerts, minute } = watch(count, baseline);
  const rows = new CorrelatedRows(count, from, seed);
  for (let i = 0; i < 60; i++) minute(rows);
  rows.rho = to;
  let [warning, critical, single] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, VERDICT_LEVEL.insufficient];
  for (let i = 1; i <= minutes; i++) {
    minute(rows);
    for (const { name, verdict } of handle.report().features) {
      const level = VERDICT_LEVEL[verdict];
      if (!name.startsWith('joint.')) single = Math.max(single, level);
      else if (name === 'joint.x0~x1') {
        if (level >= VERDICT_LEVEL.warning) warning = Math.min(warning, i * PER_MINUTE);
        if (level >= VERDICT_LEVEL.critical) critical = Math.min(critical, i * PER_MINUTE);
      }
    }
  }
  handle.dispose();
  return { warning, critical, single, alerts };
}

describe.each([2, 20])('among %i features', count => {
  it.each([
    [0.8, -0.8, 300, 300],
    [-0.8, 0.8, 300, 300],
    [0.8, 0.4, 500, 1500],
    [0.4, -0.4, 1500, Number.POSITIVE_INFINITY],
  ])(
    'a correlation of %d that becomes %d is a warning after %i rows, while no feature moves',
    async (from, to, warning, critical) => {
      const baseline = await learned(jointModel(`joint of ${count}`, count), new CorrelatedRows(count, from, 1));
      for (const seed of [2, 3]) {
        const found = change(count, baseline, from, to, 30, seed);
        expect(found.warning).toBeLessThanOrEqual(warning);
        expect(found.critical).toBeLessThanOrEqual(critical);
        expect(found.single).toBe(VERDICT_LEVEL.ok);
        expect(new Set(found.alerts.map(({ feature }) => feature))).toEqual(new Set(['joint.x0~x1']));
      }
    },
  );

  it('two unrelated ones that begin to go together, in the sense of their pair, are found as soon', async () => {
    const baseline = await learned(jointModel(`joint of ${count}`, count), new CorrelatedRows(count, 0, 1));
    const [pair] = baseline.joint!;
    expect(pair!.name).toBe('joint.x0~x1');
    const sense = Math.sign(-pair!.terms[0][1] * pair!.terms[1][1]);
    expect(change(count, baseline, 0, 0.8 * sense, 30, 5).warning).toBeLessThanOrEqual(400);
  });
});

it('ten hours as in training raise no alarm, and is ok at every look', async () => {
  const count = 20;
  const baseline = await learned(jointModel(`joint of ${count}`, count), new CorrelatedRows(count, 0.8, 1));
  expect(baseline.joint).toHaveLength(8);
  const { handle, alerts, minute } = watch(count, baseline);
  const rows = new CorrelatedRows(count, 0.8, 6);
  const worst = new Map<string, number>();
  for (let i = 0; i < 600; i++) {
    minute(rows);
    for (const { name, verdict } of handle.report().features) {
      worst.set(name, Math.max(worst.get(name) ?? VERDICT_LEVEL.insufficient, VERDICT_LEVEL[verdict]));
    }
  }
  handle.dispose();
  expect(alerts).toEqual([]);
  expect([...worst.values()]).toEqual(Array.from({ length: 28 }, () => VERDICT_LEVEL.ok));
});
