import type { Baseline } from '@driftspan/sketch';
import { beforeAll, describe, expect, it } from 'vitest';
import { type BudgetPeriod, createMonitor, type DriftOptions } from '../../src/index.js';
import { MODEL, Stream, streamBaseline, TestClock } from './stream.js';

let baseline: Baseline;

beforeAll(async () => {
  baseline = await streamBaseline(2000);
});

function driftOf(drift?: DriftOptions, outputs = false) {
  const handle = createMonitor({
    model: MODEL,
    baseline,
    ...(outputs ? { output: { label: () => 'neutral', confidence: () => 1 } } : {}),
    ...(drift === undefined ? {} : { drift }),
  });
  const { drift: told } = handle.report();
  handle.dispose();
  return told;
}

const DAYS: Record<BudgetPeriod, number> = { day: 1, week: 7, month: 30 };

describe('the budget', () => {
  it('is by default one false alarm a month over a window of a day, with 0.1 and 0.25 as thresholds', () => {
    const drift = driftOf();
    expect(drift).toMatchObject({
      windowMs: 86_400_000,
      subWindowMs: 1_440_000,
      falseAlarms: { count: 1, per: 'month' },
      psi: { warning: 0.1, critical: 0.25 },
    });
    expect(drift.logAlpha).toBeCloseTo(Math.log(1 / (drift.tests * 1800 * 3)), 12);
  });

  it('is split over 43,200 looks a month where the window is an hour', () => {
    const drift = driftOf({ window: '1h' });
    expect(drift.logAlpha).toBeCloseTo(Math.log(1 / (drift.tests * 43_200 * 3)), 12);
  });

  it('counts shape and missing of a numeric feature, and unseen where the baseline left a bin empty or there are categories', () => {
    // x: 2; c: 3; fixed, whose outer bins are empty: 3.
    expect(driftOf().tests).toBe(8);
    // prediction.label: 3; prediction.confidence: 2.
    expect(driftOf(undefined, true).tests).toBe(13);
  });

  it.each<[string, number, number, BudgetPeriod]>([
    ['60s', 1000, 1, 'month'],
    ['1h', 60_000, 1, 'day'],
    ['1h', 60_000, 0.1, 'month'],
    ['1d', 1_440_000, 2, 'week'],
    ['90d', 129_600_000, 1, 'month'],
  ])('of a window of %s is ln(count / (tests × looks × 3))', (window, everyMs, count, per) => {
    const drift = driftOf({ window, falseAlarms: { count, per } });
    const looks = (DAYS[per] * 86_400_000) / everyMs;
    expect(drift.subWindowMs).toBe(everyMs);
    expect(drift.logAlpha).toBeCloseTo(Math.log(count / (drift.tests * looks * 3)), 12);
  });

  it('that grants more alarms than there are tests makes every difference significant', () => {
    expect(driftOf({ window: '1h', falseAlarms: { count: 1e9, per: 'day' } }).logAlpha).toBe(0);
  });

  it('that is larger finds the same drift sooner', () => {
    const looksUntilNotice = (count: number) => {
      const clock = new TestClock(60_000);
      const handle = createMonitor({
        model: MODEL,
        baseline,
        drift: { dependence: 'independent', window: '1h', falseAlarms: { count, per: 'month' } },
        clock: clock.now,
      });
      const stream = new Stream(31);
      let looks = 0;
      while (handle.report().features[0]!.verdict !== 'notice' && looks < 60) {
        for (let i = 0; i < 50; i++) {
          const row = stream.row();
          handle.start({ ...row, x: row.x! + 0.25 }).end({});
        }
        clock.turn();
        looks++;
      }
      handle.dispose();
      return looks;
    };
    expect(looksUntilNotice(10_000)).toBeLessThan(looksUntilNotice(0.001));
  });

  it.each<[string, DriftOptions]>([
    ['drift.falseAlarms', { falseAlarms: { count: 0, per: 'month' } }],
    ['drift.falseAlarms', { falseAlarms: { count: -1, per: 'month' } }],
    ['drift.falseAlarms', { falseAlarms: { count: Number.NaN, per: 'month' } }],
    ['drift.falseAlarms', { falseAlarms: { count: Number.POSITIVE_INFINITY, per: 'month' } }],
    ['drift.falseAlarms', { falseAlarms: { count: 1, per: 'year' as never } }],
    ['drift.falseAlarms', { falseAlarms: { count: 1, per: 'toString' as never } }],
    ['drift.psi', { psi: { warning: 0, critical: 0.25 } }],
    ['drift.psi', { psi: { warning: 0.3, critical: 0.25 } }],
    ['drift.psi', { psi: { warning: 0.1, critical: Number.POSITIVE_INFINITY } }],
    ['drift.window', { window: '10s' }],
  ])('%s of %j is refused at construction', (where, drift) => {
    expect(() => driftOf(drift)).toThrow(
      expect.objectContaining({ name: 'MonitorError', code: 'ERR_OPTION', message: expect.stringContaining(where) }),
    );
  });

  it('thresholds of the caller move the levels: 0.25 sd is critical where 0.02 is the threshold', () => {
    const clock = new TestClock(60_000);
    const handle = createMonitor({
      model: MODEL,
      baseline,
      drift: { dependence: 'independent', window: '1h', psi: { warning: 0.01, critical: 0.02 } },
      clock: clock.now,
    });
    const stream = new Stream(32);
    for (let i = 0; i < 10_000; i++) {
      const row = stream.row();
      handle.start({ ...row, x: row.x! + 0.25 }).end({});
    }
    clock.turn();
    expect(handle.report().features[0]!.verdict).toBe('critical');
    handle.dispose();
  });
});
