import { learnBaseline, numeric } from '@driftspan/sketch';
import { describe, expect, it, vi } from 'vitest';
import { createMonitor, type DriftAlert, monitor, monitorBatch } from '../src/index.js';
import { type Answer, laterTask, MODEL, type Row, Stream, TestClock } from './drift/stream.js';
import { pointsOf, Reading } from './export/reading.js';

const SUB_MS = 60_000;
const ROWS = 2000;

function learning(name: string) {
  const clock = new TestClock(SUB_MS);
  const handle = createMonitor<Row, Answer>({
    model: { ...MODEL, name },
    baseline: { learnFrom: ROWS },
    output: { label: answer => answer.label, confidence: answer => answer.confidence },
    drift: { dependence: 'independent', window: '1h' },
    clock: clock.now,
  });
  return { clock, handle };
}

/** The baseline is made in a task of its own, after the last row. */
async function learned({ monitor }: { readonly monitor: { readonly baseline: unknown } }): Promise<void> {
  await vi.waitFor(() => expect(monitor.baseline).toBeDefined());
}

/** One collection: the sum of a metric's points of one model. */
async function collected(model: string) {
  const reading = new Reading();
  const metrics = await reading.collect();
  await reading.shutdown();
  const values = (name: string) =>
    [...pointsOf(metrics, name).values()]
      .filter(({ attributes }) => attributes['ml.model.name'] === model)
      .map(({ value }) => value as number);
  return {
    count: (name: string) => values(name).length,
    sum: (name: string) => values(name).reduce((a, b) => a + b, 0),
  };
}

describe('a baseline learned from the first rows', () => {
  it('is the one that learnBaseline makes of the same rows and times', async () => {
    const { clock, handle } = learning('learned-the-same');
    const stream = new Stream(5);
    const rows = Array.from({ length: ROWS }, () => ({ input: stream.row(), output: stream.answer(), time: 0 }));
    for (const [i, row] of rows.entries()) {
      if (i % 50 === 0) clock.turn();
      row.time = clock.nowMs;
      handle.start(row.input).end(row.output);
    }
    expect(handle.baseline).toBeUndefined();
    await learned({ monitor: handle });
    const whole = await learnBaseline(
      { ...MODEL, name: 'learned-the-same' },
      rows.map(({ input, output: { label, confidence }, time }) => ({ input, output: { label, confidence }, time })),
    );
    expect(handle.baseline?.features).toEqual(whole.features);
    expect(handle.baseline?.dependence).toEqual(whole.dependence);
    expect(handle.baseline?.outputs.map(({ name }) => name)).toEqual(['prediction.label', 'prediction.confidence']);
    handle.dispose();
  });

  it('judges nothing while it learns, says how far it is, and then judges', async () => {
    const { clock, handle } = learning('learned-then-judged');
    const stream = new Stream(6);
    for (let i = 0; i < ROWS - 1; i++) handle.start(stream.row()).end(stream.answer());
    clock.turn();
    expect(handle.report()).toMatchObject({
      verdict: 'insufficient',
      drift: { learning: { rows: ROWS - 1, of: ROWS } },
    });
    handle.start(stream.row()).end(stream.answer());
    await learned({ monitor: handle });
    for (let minute = 0; minute < 20; minute++) {
      for (let i = 0; i < 200; i++) handle.start(stream.row()).end(stream.answer());
      clock.turn();
      handle.evaluate();
    }
    const report = handle.report();
    expect(report.drift.learning).toBeUndefined();
    expect(report.drift.baselineRows).toBe(ROWS);
    expect(report.verdict).toBe('ok');
    handle.dispose();
  });

  it('alarms to a listener that was there before it was learned', async () => {
    const { clock, handle } = learning('learned-and-alarmed');
    const alerts: DriftAlert[] = [];
    handle.on('drift', alert => alerts.push(alert));
    const stream = new Stream(7);
    for (let i = 0; i < ROWS; i++) handle.start(stream.row()).end(stream.answer());
    await learned({ monitor: handle });
    for (let minute = 0; minute < 10; minute++) {
      for (let i = 0; i < 200; i++) {
        const row = stream.row();
        handle.start({ ...row, x: row.x! + 1 }).end(stream.answer());
      }
      clock.turn();
      handle.evaluate();
    }
    expect(alerts[0]).toMatchObject({ feature: 'x', change: 'opened' });
    handle.dispose();
  });

  it('lets no counter go back: calls, predictions and outcomes go on where they were', async () => {
    const { handle } = learning('learned-without-loss');
    const stream = new Stream(8);
    const positive = { label: 'positive', confidence: 0.5, value: 0 };
    for (let i = 0; i < ROWS - 1; i++) handle.start(stream.row()).end(positive);
    handle.recordOutcome({ predicted: { label: 'positive' }, actual: { label: 'positive' } });
    handle.recordOutcome({ predicted: { label: 'positive' }, actual: { label: 'negative' } });
    const before = await collected('learned-without-loss');
    handle.start(stream.row()).end(positive);
    await learned({ monitor: handle });
    handle.start(stream.row()).end(positive);
    const after = await collected('learned-without-loss');
    expect(after.sum('ml.prediction.count')).toBe(before.sum('ml.prediction.count') + 2);
    expect(after.sum('ml.outcome.count')).toBe(2);
    expect(before.count('ml.feature.bins')).toBe(0);
    expect(after.count('ml.feature.bins')).toBeGreaterThan(20);
    expect(handle.report().calls.succeeded).toBe(ROWS + 1);
    handle.dispose();
  });

  it('reads inputs before the model runs, and takes failed calls for rows without output', async () => {
    const predict = monitor(
      (row: { x: number | null }) => {
        const x = row.x!;
        row.x = 1e9;
        if (x > 2) throw new RangeError('too large');
        return { label: x > 0 ? 'up' : 'down' };
      },
      {
        model: { name: 'learned-before', version: '1', features: { x: numeric() } },
        baseline: { learnFrom: 1000 },
        output: { label: answer => answer.label },
      },
    );
    const stream = new Stream(9);
    let failed = 0;
    for (let i = 0; i < 1000; i++) {
      try {
        predict({ x: stream.row().x });
      } catch {
        failed++;
      }
    }
    await learned(predict);
    const { baseline } = predict.monitor;
    expect(failed).toBeGreaterThan(5);
    expect(baseline?.features[0]).toMatchObject({ kind: 'numeric', missing: 0, invalid: 0 });
    expect((baseline!.features[0] as { max: number }).max).toBeLessThan(10);
    // The last call's own output may be among the missing.
    expect(baseline!.outputs[0]!.missing).toBeGreaterThanOrEqual(failed);
    expect(baseline!.outputs[0]!.missing).toBeLessThanOrEqual(failed + 1);
    predict.monitor.dispose();
  });

  it('takes the rows of batches, and no more of the last one than it needs', async () => {
    const score = monitorBatch((rows: readonly Row[]) => rows.map(() => 1), {
      model: { ...MODEL, name: 'learned-from-batches' },
      baseline: { learnFrom: 1000 },
    });
    const stream = new Stream(10);
    for (let i = 0; i < 4; i++) score(Array.from({ length: 300 }, () => stream.row()));
    await learned(score);
    expect(score.monitor.baseline?.rows).toBe(1000);
    expect(score.monitor.report().dropped).toEqual({});
    score.monitor.dispose();
  });

  it('ends quietly where the monitor is disposed of first', async () => {
    const { handle } = learning('learned-too-late');
    const stream = new Stream(11);
    for (let i = 0; i < ROWS; i++) handle.start(stream.row()).end(stream.answer());
    handle.dispose();
    await laterTask();
    expect(handle.baseline).toBeUndefined();
    expect(handle.report().dropped).toEqual({});
  });

  it.each([999, 1_000_001, 1500.5, Number.NaN, '2000'])('is refused of %s rows', rows => {
    expect(() => createMonitor({ model: MODEL, baseline: { learnFrom: rows as number } })).toThrow(
      expect.objectContaining({ code: 'ERR_OPTION', message: expect.stringContaining('baseline.learnFrom') }),
    );
  });
});
