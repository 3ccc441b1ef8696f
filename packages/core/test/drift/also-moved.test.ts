import { type Baseline, categorical, defineModel, learnBaseline, numeric } from '@driftspan/sketch';
import { beforeAll, describe, expect, it } from 'vitest';
import { createMonitor, type DriftAlert } from '../../src/index.js';
import { normals, TestClock, uniforms } from './stream.js';

interface Row {
  readonly broken: number;
  readonly nudged: number;
  readonly still: number;
  readonly kind: string;
}
const MODEL = defineModel<Row>({
  name: 'several',
  version: '1',
  features: { broken: numeric(), nudged: numeric(), still: numeric(), kind: categorical() },
});

function stream(seed: number) {
  const next = uniforms(seed);
  const normal = normals(next);
  return (): Row => ({
    broken: normal(),
    nudged: normal(),
    still: normal(),
    kind: 'abc'.charAt(Math.floor(next() * 3)),
  });
}

let baseline: Baseline;
beforeAll(async () => {
  const row = stream(1);
  baseline = await learnBaseline(
    MODEL,
    Array.from({ length: 20_000 }, () => ({ input: row() })),
  );
});

/** An hour of traffic as it was learned, then as changed; looks every minute. */
function watch(change: (row: Row) => Row) {
  const clock = new TestClock(60_000);
  const handle = createMonitor<Row>({
    model: MODEL,
    baseline,
    drift: { dependence: 'independent', window: '1h' },
    clock: clock.now,
  });
  const alerts: DriftAlert[] = [];
  handle.on('drift', alert => alerts.push(alert));
  const row = stream(7);
  const seen: (readonly string[])[] = [];
  for (let minute = 0; minute < 240; minute++) {
    for (let i = 0; i < 100; i++) {
      const drifted = minute >= 60 && minute < 130;
      handle.start(drifted ? change(row()) : row()).end({});
    }
    clock.turn();
    seen.push(handle.report().alsoMoved);
  }
  handle.dispose();
  return { alerts, seen };
}

describe('what also moved', () => {
  it('is listed while an alarm is open, and only then: a nudge too small to page, never what stood still', () => {
    const { alerts, seen } = watch(row => ({ ...row, broken: row.broken + 1, nudged: row.nudged + 0.12 }));
    const opened = alerts.findIndex(({ change }) => change === 'opened');
    expect(alerts[opened]!.feature).toBe('broken');
    expect(alerts.map(({ feature }) => feature)).not.toContain('nudged');
    expect(seen.slice(0, 60).flat()).toEqual([]);
    expect(seen.slice(90, 130).filter(names => names.includes('nudged')).length).toBeGreaterThan(20);
    // At most one false name in twenty, on average: two features stand still at 70 looks that share their values.
    expect(seen.flat().filter(name => name === 'still' || name === 'kind').length).toBeLessThan(14);
    expect(alerts.at(-1)).toMatchObject({ feature: 'broken', change: 'closed', alsoMoved: [] });
    expect(seen.at(-1)).toEqual([]);
  });

  it('never lists the feature that the alarm is about, or one with an alarm of its own', () => {
    const { alerts, seen } = watch(row => ({ ...row, broken: row.broken + 1, still: row.still - 1 }));
    for (const alert of alerts) expect(alert.alsoMoved).not.toContain(alert.feature);
    expect(seen.slice(75, 130).flat()).not.toContain('broken');
    expect(seen.slice(75, 130).flat()).not.toContain('still');
  });

  it('is frozen, as the alert is', () => {
    const { alerts } = watch(row => ({ ...row, broken: row.broken + 1 }));
    expect(Object.isFrozen(alerts[0]!.alsoMoved)).toBe(true);
  });
});
