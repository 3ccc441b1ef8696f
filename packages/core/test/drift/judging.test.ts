import type { Baseline } from '@driftspan/sketch';
import { afterEach, beforeAll, beforeEach, describe, expect, it, type MockInstance, vi } from 'vitest';
import { WindowJudge } from '../../src/drift/window-judge.js';
import { createMonitor, type DriftAlert, metricProducer, monitor } from '../../src/index.js';
import { laterTask, MODEL, type Row, Stream, streamBaseline, TestClock, verdictOf } from './stream.js';

const SUB_MS = 60_000;
let baseline: Baseline;
let looks: MockInstance<WindowJudge['look']>;

beforeAll(async () => {
  baseline = await streamBaseline();
});
beforeEach(() => {
  looks = vi.spyOn(WindowJudge.prototype, 'look');
});
afterEach(() => {
  looks.mockRestore();
});

function watched(clock = new TestClock(SUB_MS)) {
  const predict = monitor((_row: Row) => ({ label: 'neutral' }), {
    model: MODEL,
    baseline,
    drift: { dependence: 'independent', window: '1h' },
    clock: clock.now,
  });
  const alerts: DriftAlert[] = [];
  return { predict, handle: predict.monitor, clock, alerts };
}

describe('one judgement a closed sub-window', () => {
  it('status read a thousand times makes no judgement, and none before the first sub-window closes', async () => {
    const { predict, handle } = watched();
    const producer = metricProducer();
    for (let i = 0; i < 1000; i++) {
      predict(new Stream(2).row());
      handle.evaluate();
      handle.report();
    }
    await producer.collect();
    await laterTask();
    expect(looks).toHaveBeenCalledTimes(0);
    expect(handle.report().judgedAtMs).toBeUndefined();
    handle.dispose();
  });

  it.each<[string, (parts: ReturnType<typeof watched>) => unknown]>([
    ['report()', ({ handle }) => handle.report()],
    ['evaluate()', ({ handle }) => handle.evaluate()],
    ['flush()', ({ handle }) => handle.flush()],
    ['a collection', () => metricProducer().collect()],
    ['the first call after it', ({ predict }) => predict(new Stream(2).row())],
    [
      'the first outcome after it',
      ({ handle }) => handle.recordOutcome({ predicted: { label: 'a' }, actual: { label: 'a' } }),
    ],
  ])('%s asks first, and whoever comes after it spends nothing', async (_, ask) => {
    const parts = watched();
    const { predict, handle, clock } = parts;
    const producer = metricProducer();
    predict(new Stream(2).row());
    clock.turn();
    await ask(parts);
    await laterTask();
    expect(looks).toHaveBeenCalledTimes(1);
    for (let i = 0; i < 100; i++) {
      handle.report();
      handle.evaluate();
      predict(new Stream(3).row());
    }
    await Promise.all([producer.collect(), metricProducer().collect(), handle.flush()]);
    await laterTask();
    expect(looks).toHaveBeenCalledTimes(1);
    expect(handle.report().judgedAtMs).toBe(Math.floor(clock.nowMs / SUB_MS) * SUB_MS);
    handle.dispose();
  });

  it('a call does not judge on its own path, only after it', async () => {
    const { predict, handle, clock } = watched();
    clock.turn();
    predict(new Stream(2).row());
    expect(looks).toHaveBeenCalledTimes(0);
    await laterTask();
    expect(looks).toHaveBeenCalledTimes(1);
    handle.dispose();
  });

  it('a model without features to judge puts nothing off', async () => {
    const clock = new TestClock(SUB_MS);
    const bare = createMonitor({ model: { name: 'bare', version: '1' }, clock: clock.now });
    const later = vi.spyOn(globalThis, 'setImmediate');
    clock.turn(30);
    bare.start({}).end({});
    expect(later).toHaveBeenCalledTimes(0);
    later.mockRestore();
    expect(bare.report().verdict).toBe('insufficient');
    bare.dispose();
  });

  it('twelve sub-windows with a judgement each are twelve judgements', async () => {
    const { predict, handle, clock } = watched();
    for (let i = 0; i < 12; i++) {
      clock.turn();
      predict(new Stream(2).row());
      await laterTask();
    }
    expect(looks).toHaveBeenCalledTimes(12);
    handle.dispose();
  });

  it('sub-windows that nobody asked about are never judged later', () => {
    const { predict, handle, clock, alerts } = watched();
    handle.on('drift', alert => alerts.push(alert));
    const stream = new Stream(4);
    // Ten minutes of a drift that a look would have called critical, then an hour as in training, in one task.
    for (let minute = 0; minute < 10; minute++, clock.turn())
      for (let i = 0; i < 100; i++) predict({ ...stream.row(), x: 10 });
    for (let minute = 0; minute < 61; minute++, clock.turn()) for (let i = 0; i < 100; i++) predict(stream.row());
    handle.evaluate();
    expect(looks).toHaveBeenCalledTimes(1);
    expect(alerts).toEqual([]);
    expect(handle.report().verdict).toBe('ok');
    handle.dispose();
  });

  it('the same drift, looked at while it lasts, is critical', () => {
    const { predict, handle, clock } = watched();
    const stream = new Stream(4);
    for (let minute = 0; minute < 10; minute++, clock.turn())
      for (let i = 0; i < 100; i++) predict({ ...stream.row(), x: 10 });
    handle.evaluate();
    expect(verdictOf(handle.report(), 'x')).toBe('critical');
    handle.dispose();
  });

  it('a model that goes idle ages to insufficient', () => {
    const { predict, handle, clock } = watched();
    const stream = new Stream(5);
    for (let i = 0; i < 2000; i++) predict(stream.row());
    clock.turn();
    expect(handle.report().verdict).toBe('ok');
    clock.turn(59);
    expect(handle.report().verdict).toBe('ok');
    clock.turn();
    expect(handle.report().verdict).toBe('insufficient');
    expect(handle.report().features.map(({ samples }) => samples)).toEqual([0, 0, 0]);
    expect(handle.report().features.map(({ totals }) => totals.valued)).toEqual([2000, 2000, 2000]);
    handle.dispose();
  });

  it('a restart forgets the window: the new monitor has judged nothing', () => {
    const { predict, handle, clock } = watched();
    const stream = new Stream(6);
    for (let i = 0; i < 2000; i++) predict({ ...stream.row(), x: 10 });
    clock.turn();
    expect(handle.report().verdict).toBe('critical');
    handle.dispose();
    const again = watched(clock);
    expect(again.handle.report().verdict).toBe('insufficient');
    clock.turn();
    expect(again.handle.report().verdict).toBe('insufficient');
    again.handle.dispose();
  });

  it('the open sub-window is shown as provisional and neither judged nor alerted', async () => {
    const { predict, handle, clock, alerts } = watched();
    handle.on('drift', alert => alerts.push(alert));
    const stream = new Stream(7);
    for (let i = 0; i < 3000; i++) predict({ ...stream.row(), x: 10 });
    handle.evaluate();
    await metricProducer().collect();
    const report = handle.report();
    expect(report.features[0]!.provisional!.verdict).toBe('critical');
    expect(report.features[0]!.provisional!.samples).toBe(3000);
    expect(report.features[0]!.windows).toEqual([]);
    expect(report.verdict).toBe('insufficient');
    expect(alerts).toEqual([]);
    clock.turn();
    handle.evaluate();
    expect(alerts.map(({ feature, to }) => [feature, to])).toEqual([['x', 'critical']]);
    handle.dispose();
  });

  it('provisional takes the open sub-window in the place of the oldest', () => {
    const { predict, handle, clock } = watched();
    const stream = new Stream(8);
    for (let minute = 0; minute < 61; minute++, clock.turn()) for (let i = 0; i <= minute; i++) predict(stream.row());
    for (let i = 0; i < 1000; i++) predict(stream.row());
    const [x] = handle.report().features;
    // Sub-window k held k + 1 calls: 60 closed ones are 2 … 61, the provisional window 3 … 61 and the open thousand.
    expect(x!.windows.map(({ judgement }) => judgement.samples)).toEqual([
      58 + 59 + 60 + 61,
      (47 + 61) * 7.5,
      (2 + 61) * 30,
    ]);
    expect(x!.provisional!.samples).toBe((3 + 61) * 29.5 + 1000);
    handle.dispose();
  });

  it('a judgement that fails is counted, reaches nobody, and is not tried again for the same sub-window', async () => {
    const { predict, handle, clock } = watched();
    looks.mockImplementation(() => {
      throw new RangeError('no judgement');
    });
    clock.turn();
    predict(new Stream(2).row());
    await laterTask();
    expect(handle.report().dropped).toEqual({ judgement: 1 });
    clock.turn();
    handle.evaluate();
    expect(handle.report().dropped).toEqual({ judgement: 2 });
    handle.dispose();
  });
});

describe('without a clock of the caller', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('the first call of a new minute turns the window and is judged after it', async () => {
    vi.useFakeTimers({ now: Date.UTC(2013, 0, 1, 0, 0, 30) });
    // A copy of its own: the monotonic clock is taken when the module is loaded.
    vi.resetModules();
    const core = await import('../../src/index.js');
    const judge = await import('../../src/drift/window-judge.js');
    const look = vi.spyOn(judge.WindowJudge.prototype, 'look');
    const predict = core.monitor((_row: Row) => 1, {
      model: MODEL,
      baseline,
      drift: { dependence: 'independent', window: '1h' },
    });
    const stream = new Stream(9);
    for (let i = 0; i < 500; i++) predict(stream.row());
    vi.advanceTimersByTime(29_999);
    predict(stream.row());
    vi.advanceTimersByTime(0);
    expect(look).toHaveBeenCalledTimes(0);
    vi.advanceTimersByTime(1);
    predict(stream.row());
    expect(look).toHaveBeenCalledTimes(0);
    vi.advanceTimersByTime(1);
    expect(look).toHaveBeenCalledTimes(1);
    const { features, judgedAtMs } = predict.monitor.report();
    expect(judgedAtMs).toBe(Date.UTC(2013, 0, 1, 0, 1));
    expect(features[0]!.samples).toBe(501);
    predict.monitor.dispose();
    look.mockRestore();
  });
});
