import type { Baseline } from '@driftspan/sketch';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type DriftAlert, type DriftOptions, monitor } from '../../src/index.js';
import { MODEL, type Row, Stream, streamBaseline, TestClock } from './stream.js';

const SUB_MS = 60_000;
let baseline: Baseline;

beforeAll(async () => {
  baseline = await streamBaseline();
});
afterEach(() => {
  vi.useRealTimers();
});

function watched(drift: DriftOptions = {}) {
  const clock = new TestClock(SUB_MS);
  const predict = monitor((_row: Row) => 1, {
    model: MODEL,
    baseline,
    drift: { dependence: 'independent', window: '1h', ...drift },
    clock: clock.now,
  });
  const alerts: DriftAlert[] = [];
  const stream = new Stream(11);
  /** So many sub-windows of 200 calls, judged one by one. */
  const feed = (subWindows: number, change: (row: Row) => Row = row => row) => {
    for (let s = 0; s < subWindows; s++) {
      for (let i = 0; i < 200; i++) predict(change(stream.row()));
      clock.turn();
      predict.monitor.evaluate();
    }
  };
  return { predict, handle: predict.monitor, clock, alerts, feed };
}

const drifted = (row: Row): Row => ({ ...row, x: row.x! + 1 });

describe("on('drift')", () => {
  it('says which test rang, and in which window', () => {
    const { handle, alerts, feed } = watched();
    handle.on('drift', alert => alerts.push(alert));
    feed(20);
    feed(4, row => ({ ...row, x: null }));
    const [missing] = alerts.filter(({ feature }) => feature === 'x');
    expect(missing).toMatchObject({ change: 'opened', cause: { test: 'missing', windowMs: 4 * SUB_MS } });
    feed(4, row => ({ ...row, c: 'never seen' }));
    expect(alerts.find(({ feature }) => feature === 'c')).toMatchObject({ cause: { test: 'unseen' } });
    feed(130);
    const closed = alerts.filter(({ change }) => change === 'closed');
    expect(closed.length).toBeGreaterThan(0);
    for (const alert of closed) expect(alert.cause).toBeUndefined();
  });

  it('says that a shape rang where one did', () => {
    const { handle, alerts, feed } = watched();
    handle.on('drift', alert => alerts.push(alert));
    feed(20);
    feed(4, drifted);
    expect(alerts[0]).toMatchObject({ feature: 'x', cause: { test: 'shape', windowMs: 4 * SUB_MS } });
  });

  it('an episode opens, escalates once, and closes an hour after the last loud look', () => {
    const { handle, alerts, feed, clock } = watched();
    handle.on('drift', alert => alerts.push(alert));
    feed(20);
    expect(alerts).toEqual([]);
    const began = clock.nowMs;
    feed(30, row => ({ ...row, x: row.x! + 0.5 }));
    feed(30, drifted);
    expect(alerts.map(({ change, from, to }) => [change, from, to])).toEqual([
      ['opened', 'ok', 'warning'],
      ['escalated', 'warning', 'critical'],
    ]);
    expect(handle.report().verdict).toBe('critical');
    expect(handle.report().features[0]!.driftingSinceMs).toBe(alerts[0]!.atMs);
    expect(alerts[0]!.atMs).toBeGreaterThan(began);
    // The longest window holds the drift for 60 sub-windows more; then 60 quiet ones must pass.
    feed(60);
    expect(handle.report().verdict).toBe('critical');
    expect(alerts).toHaveLength(2);
    feed(61);
    expect(alerts.slice(2).map(({ change, from, to }) => [change, from, to])).toEqual([['closed', 'critical', 'ok']]);
    expect(handle.report().verdict).toBe('ok');
    expect(handle.report().features[0]!.driftingSinceMs).toBeUndefined();
    handle.dispose();
  });

  it('an alert is plain, frozen, and says model, feature, time, index and samples', () => {
    const { handle, alerts, feed, clock } = watched();
    handle.on('drift', alert => alerts.push(alert));
    feed(60);
    feed(4, row => ({ ...row, x: row.x! + 3 }));
    const [alert] = alerts;
    expect(Object.isFrozen(alert)).toBe(true);
    expect(JSON.parse(JSON.stringify(alert))).toEqual(alert);
    expect(alert).toMatchObject({
      model: { name: 'stream', version: '1' },
      feature: 'x',
      change: 'opened',
      samples: 12_000,
    });
    expect(alert!.atMs % SUB_MS).toBe(0);
    expect(clock.nowMs - alert!.atMs).toBeLessThan(4 * SUB_MS);
    expect(alert!.psi).toBeGreaterThan(0);
    handle.dispose();
  });

  it('a notice is reported and never fires', () => {
    const { handle, alerts, feed } = watched();
    handle.on('drift', alert => alerts.push(alert));
    feed(80, row => ({ ...row, x: row.x! + 0.2 }));
    expect(handle.report().verdict).toBe('notice');
    feed(130);
    expect(handle.report().verdict).toBe('ok');
    expect(alerts).toEqual([]);
    handle.dispose();
  });

  it('each feature has an episode of its own', () => {
    const { handle, alerts, feed } = watched();
    handle.on('drift', alert => alerts.push(alert));
    feed(4, row => ({ ...row, x: null, c: 'new' }));
    expect(alerts.map(({ feature }) => feature).sort()).toEqual(['c', 'x']);
    handle.dispose();
  });

  it('a listener that throws is counted, and the others are told', () => {
    const { handle, alerts, feed } = watched();
    handle.on('drift', () => {
      throw new Error('a pager that is down');
    });
    handle.on('drift', alert => alerts.push(alert));
    feed(4, drifted);
    expect(alerts.length).toBeGreaterThan(0);
    expect(handle.report().dropped.listener).toBe(alerts.length);
    handle.dispose();
  });

  it('a listener whose promise rejects is counted, and is no unhandled rejection', async () => {
    const { handle, alerts, feed } = watched();
    const unhandled = vi.fn();
    process.on('unhandledRejection', unhandled);
    handle.on('drift', async alert => {
      alerts.push(alert);
      throw new Error('a pager that is down');
    });
    feed(4, drifted);
    await new Promise(resolve => setTimeout(resolve, 0));
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
    expect(alerts.length).toBeGreaterThan(0);
    expect(handle.report().dropped.listener).toBe(alerts.length);
    handle.dispose();
  });

  it('a listener that stops itself is told once', () => {
    const { handle, alerts, feed } = watched();
    const stop = handle.on('drift', alert => {
      alerts.push(alert);
      stop();
    });
    feed(4, row => ({ ...row, x: row.x! + 0.6 }));
    feed(20, row => ({ ...row, x: row.x! + 3 }));
    expect(alerts).toHaveLength(1);
    expect(handle.report().verdict).toBe('critical');
    handle.dispose();
  });

  it('a listener may dispose of the monitor, and nobody is told after that', () => {
    const { handle, alerts, feed } = watched();
    handle.on('drift', alert => {
      alerts.push(alert);
      handle.dispose();
    });
    handle.on('drift', alert => alerts.push(alert));
    feed(10, row => ({ ...row, x: null, c: 'new' }));
    expect(alerts).toHaveLength(1);
  });

  it('a drift that began before anyone listened is not told again', () => {
    const { handle, alerts, feed } = watched();
    feed(10, drifted);
    expect(handle.report().verdict).toBe('critical');
    handle.on('drift', alert => alerts.push(alert));
    feed(5, drifted);
    expect(alerts).toEqual([]);
    handle.dispose();
  });

  it('one function attached twice is stopped once at a time', () => {
    const { handle, alerts, feed } = watched();
    const listener = (alert: DriftAlert) => alerts.push(alert);
    const stopFirst = handle.on('drift', listener);
    handle.on('drift', listener);
    stopFirst();
    stopFirst();
    feed(4, row => ({ ...row, x: 10 }));
    expect(alerts).toHaveLength(1);
    handle.dispose();
  });
});

describe('the timer', () => {
  it('there is none without a listener, one however many listen, and none once the last has stopped', () => {
    vi.useFakeTimers();
    const { handle } = watched();
    expect(vi.getTimerCount()).toBe(0);
    const stops = [handle.on('drift', () => {}), handle.on('drift', () => {}), handle.on('drift', () => {})];
    expect(vi.getTimerCount()).toBe(1);
    stops[0]!();
    stops[1]!();
    stops[1]!();
    expect(vi.getTimerCount()).toBe(1);
    stops[2]!();
    expect(vi.getTimerCount()).toBe(0);
    handle.on('drift', () => {});
    expect(vi.getTimerCount()).toBe(1);
    handle.dispose();
    expect(vi.getTimerCount()).toBe(0);
    stops[2]!();
    handle.on('drift', () => {});
    expect(vi.getTimerCount()).toBe(0);
  });

  it('it does not keep the process alive', () => {
    const started = vi.spyOn(globalThis, 'setInterval');
    const { handle } = watched();
    handle.on('drift', () => {});
    const timer = started.mock.results[0]!.value as NodeJS.Timeout;
    expect(started).toHaveBeenCalledTimes(1);
    expect(timer.hasRef()).toBe(false);
    started.mockRestore();
    handle.dispose();
  });

  it.each([
    ['1h', 60_000],
    ['90d', 129_600_000],
    ['60s', 1000],
  ])('for a window of %s it looks every %i ms', (window, everyMs) => {
    const started = vi.spyOn(globalThis, 'setInterval');
    const { handle } = watched({ window });
    handle.on('drift', () => {});
    expect(started.mock.calls[0]![1]).toBe(everyMs);
    started.mockRestore();
    handle.dispose();
  });

  it('it opens and closes the episode of a model that nobody calls or asks any more', () => {
    vi.useFakeTimers();
    const { handle, predict, clock, alerts } = watched();
    handle.on('drift', alert => alerts.push(alert));
    for (let i = 0; i < 1000; i++) predict({ x: 10, c: 'a', fixed: 7 });
    const minutes = (count: number) => {
      for (let i = 0; i < count; i++) {
        clock.turn();
        vi.advanceTimersByTime(SUB_MS);
      }
    };
    minutes(1);
    expect(alerts.filter(({ feature }) => feature === 'x').map(({ change }) => change)).toEqual(['opened']);
    minutes(59);
    expect(alerts.filter(({ change }) => change === 'closed')).toEqual([]);
    minutes(61);
    expect(alerts.filter(({ feature }) => feature === 'x').map(({ change, to }) => [change, to])).toEqual([
      ['opened', 'critical'],
      ['closed', 'insufficient'],
    ]);
    expect(alerts.at(-1)!.psi).toBeNaN();
    handle.dispose();
  });

  it('after dispose neither calls nor looks reach a listener', () => {
    const { handle, predict, clock, alerts } = watched();
    handle.on('drift', alert => alerts.push(alert));
    for (let i = 0; i < 1000; i++) predict({ x: 10, c: 'a', fixed: 7 });
    handle.dispose();
    clock.turn();
    handle.evaluate();
    expect(alerts).toEqual([]);
    expect(predict({ x: 10, c: 'a', fixed: 7 })).toBe(1);
    expect(handle.report().features[0]!.totals.valued).toBe(1000);
  });
});
