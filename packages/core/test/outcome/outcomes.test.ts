import { describe, expect, test } from 'vitest';
import { createMonitor, monitor, monitorBatch } from '../../src/index.js';
import { collected, dropped } from '../record/collected.js';
import { unhandledDuring } from '../wrap/unhandled.js';

let made = 0;
function labelled() {
  const name = `outcomes ${made++}`;
  const predict = monitor((x: { id: string; label: unknown }) => x.label, {
    model: { name, version: '1' },
    output: { label: out => out as string },
    predictionId: x => x.id,
  });
  return { name, predict, handle: predict.monitor };
}

test('an outcome joins the prediction of its id, once', () => {
  const { predict, handle } = labelled();
  predict({ id: 'a', label: 'late' });
  predict({ id: 'b', label: 'late' });
  expect(handle.recordOutcome('a', { label: 'late' })).toBe(true);
  expect(handle.recordOutcome('b', { label: 'on time' })).toBe(true);
  expect(handle.recordOutcome('a', { label: 'late' })).toBe(false);
  expect(handle.report()).toMatchObject({
    outcomes: { accuracy: 0.5, known: 2, totalCorrect: 1, totalKnown: 2, pending: 0 },
    dropped: { outcome_unknown: 1 },
  });
});

test('an outcome without a join counts both labels as they are given', async () => {
  const { name, handle } = labelled();
  handle.recordOutcome({ predicted: { label: 'late' }, actual: { label: 'late' } });
  handle.recordOutcome({ predicted: { label: 'late' }, actual: { label: 'on time' } });
  handle.recordOutcome({ predicted: { label: 'late' }, actual: { label: 'late' } });
  expect(handle.report().outcomes).toEqual({
    accuracy: 2 / 3,
    known: 3,
    totalCorrect: 2,
    totalKnown: 3,
    pending: 0,
  });
  const series = await collected(name, 'ml.outcome.count');
  expect(series.map(({ attributes, value }) => [attributes['ml.outcome.correct'], value])).toEqual([
    [true, 2],
    [false, 1],
  ]);
});

test('without outcomes the accuracy is NaN', () => {
  expect(labelled().handle.report().outcomes).toMatchObject({ accuracy: Number.NaN, known: 0, totalKnown: 0 });
});

test('labels of different types are compared by their text', () => {
  const { handle } = labelled();
  for (const [predicted, actual] of [
    [1, '1'],
    [1n, 1],
    [true, 'true'],
    [-0, '0'],
  ] as const) {
    handle.recordOutcome({ predicted: { label: predicted }, actual: { label: actual } });
  }
  expect(handle.report().outcomes).toMatchObject({ accuracy: 1, known: 4 });
  handle.recordOutcome({ predicted: { label: 1 }, actual: { label: '1.0' } });
  expect(handle.report().outcomes.known).toBe(5);
  expect(handle.report().outcomes.totalCorrect).toBe(4);
});

test('an unknown id is dropped and counted', async () => {
  const { name, handle } = labelled();
  expect(handle.recordOutcome('nobody', { label: 'late' })).toBe(false);
  expect(handle.recordOutcome('', { label: 'late' })).toBe(false);
  expect(handle.recordOutcome('__proto__', { label: 'late' })).toBe(false);
  expect(await dropped(name)).toEqual({ outcome_unknown: 3 });
});

test('an outcome before its prediction has ended is unknown', async () => {
  let release!: (label: string) => void;
  const watch = monitor(
    () =>
      new Promise<string>(resolve => {
        release = resolve;
      }),
    { model: { name: 'early', version: '1' }, output: { label: out => out }, predictionId: () => 'a' },
  );
  const call = watch();
  expect(watch.monitor.recordOutcome('a', { label: 'late' })).toBe(false);
  release('late');
  await call;
  expect(watch.monitor.recordOutcome('a', { label: 'late' })).toBe(true);
});

test('a failed prediction waits for no outcome', () => {
  const predict = monitor(
    (_id: string): string => {
      throw new Error('no');
    },
    { model: { name: 'failed', version: '1' }, output: { label: out => out }, predictionId: id => id },
  );
  expect(() => predict('a')).toThrow();
  expect(predict.monitor.recordOutcome('a', { label: 'late' })).toBe(false);
});

describe('more than 10,000 predictions that wait', () => {
  test('lose the oldest, one by one, counted', async () => {
    const { name, predict, handle } = labelled();
    for (let i = 0; i < 10_003; i++) predict({ id: `id ${i}`, label: i % 2 });
    expect(handle.report().outcomes.pending).toBe(10_000);
    expect(await dropped(name)).toEqual({ pending_limit: 3 });
    expect(handle.recordOutcome('id 2', { label: 0 })).toBe(false);
    expect(handle.recordOutcome('id 3', { label: 1 })).toBe(true);
    expect(handle.recordOutcome('id 10002', { label: 0 })).toBe(true);
  });

  test('keep one whose id was used again of late', () => {
    const { predict, handle } = labelled();
    predict({ id: 'again', label: 'first' });
    for (let i = 0; i < 9999; i++) predict({ id: `id ${i}`, label: 'a' });
    predict({ id: 'again', label: 'second' });
    expect(handle.report().outcomes.pending).toBe(10_000);
    predict({ id: 'one more', label: 'a' });
    expect(handle.recordOutcome('again', { label: 'second' })).toBe(true);
  });
});

test.each<[string, unknown]>([
  ['undefined', undefined],
  ['null', null],
  ['a number', 5],
  ['an empty object', {}],
  ['a prediction without a label', { predicted: {}, actual: { label: 'a' } }],
  ['no actual label', { predicted: { label: 'a' }, actual: { label: null } }],
  ['NaN as a label', { predicted: { label: Number.NaN }, actual: { label: Number.NaN } }],
  [
    'Infinity as a label',
    { predicted: { label: Number.POSITIVE_INFINITY }, actual: { label: Number.POSITIVE_INFINITY } },
  ],
  ['objects as labels', { predicted: { label: {} }, actual: { label: {} } }],
  [
    'a getter that throws',
    {
      get predicted(): never {
        throw new Error('predicted');
      },
    },
  ],
])('an outcome that is %s is dropped, counted and thrown at nobody', (_what, outcome) => {
  const { handle } = labelled();
  handle.recordOutcome(outcome as never);
  expect(handle.report()).toMatchObject({ outcomes: { totalKnown: 0 }, dropped: { outcome_invalid: 1 } });
});

test.each<[string, unknown]>([
  ['undefined', undefined],
  ['null', null],
  ['an empty object', {}],
  [
    'a getter that throws',
    {
      get label(): never {
        throw new Error('label');
      },
    },
  ],
])('an actual that is %s is dropped, counted and thrown at nobody', (_what, actual) => {
  const { predict, handle } = labelled();
  predict({ id: 'a', label: 'late' });
  expect(handle.recordOutcome('a', actual as never)).toBe(false);
  expect(handle.report()).toMatchObject({ outcomes: { totalKnown: 0 }, dropped: { outcome_invalid: 1 } });
});

describe('the ids of a batch', () => {
  test('are of its rows, with index and arguments', () => {
    const seen: unknown[] = [];
    const rows = [{ k: 'x' }, { k: 'y' }, { k: 'z' }];
    const predict = monitorBatch((batch: { k: string }[], threshold: number) => batch.map((_, i) => i > threshold), {
      model: { name: 'batch ids', version: '1' },
      output: { label: (out, _row, i) => out[i] },
      predictionId: (row, i, ...args) => {
        seen.push([row, i, ...args]);
        return row.k === 'y' ? undefined : row.k;
      },
    });
    predict(rows, 1);
    expect(seen).toEqual(rows.map((row, i) => [row, i, rows, 1]));
    const handle = predict.monitor;
    expect(handle.report().outcomes.pending).toBe(2);
    expect(handle.recordOutcome('x', { label: false })).toBe(true);
    expect(handle.recordOutcome('y', { label: false })).toBe(false);
    expect(handle.recordOutcome('z', { label: true })).toBe(true);
    expect(handle.report().outcomes).toMatchObject({ accuracy: 1, known: 2 });
  });

  test('belong to their row when one reader fails', () => {
    const predict = monitorBatch((batch: string[]) => batch, {
      model: { name: 'batch ids at fault', version: '1' },
      output: { label: (_out, row) => `label ${row}` },
      predictionId: row => {
        if (row === 'b') throw new Error('id');
        return row;
      },
    });
    predict(['a', 'b', 'c']);
    expect(predict.monitor.recordOutcome('c', { label: 'label c' })).toBe(true);
    expect(predict.monitor.report()).toMatchObject({ outcomes: { accuracy: 1 }, dropped: { prediction_id: 1 } });
  });
});

test.each<[string, () => unknown]>([
  ['a number', () => 5],
  ['null', () => null],
  ['an object', () => ({})],
  ['a promise', async () => 'id'],
  ['a promise that rejects', () => Promise.reject(new Error('id'))],
  [
    'a throw',
    () => {
      throw new Error('id');
    },
  ],
])('an id that is %s is dropped and counted, and raises nothing', async (_what, predictionId) => {
  const predict = monitor((x: number) => x, {
    model: { name: 'ids', version: '1' },
    output: { label: out => out },
    predictionId: predictionId as () => string,
  });
  expect(await unhandledDuring(() => expect(predict(1)).toBe(1))).toEqual([]);
  expect(predict.monitor.report()).toMatchObject({ outcomes: { pending: 0 }, dropped: { prediction_id: 1 } });
});

test('outcomes of a window are forgotten with it, and stay in the totals', () => {
  let now = Date.UTC(2024, 0, 1);
  const watch = createMonitor({ model: { name: 'window', version: '1' }, drift: { window: '1h' }, clock: () => now });
  watch.recordOutcome({ predicted: { label: 1 }, actual: { label: 2 } });
  now += 30 * 60_000;
  watch.recordOutcome({ predicted: { label: 1 }, actual: { label: 1 } });
  expect(watch.report().outcomes).toMatchObject({ accuracy: 0.5, known: 2 });
  now += 45 * 60_000;
  expect(watch.report().outcomes).toMatchObject({ accuracy: 1, known: 1, totalKnown: 2, totalCorrect: 1 });
  now += 3 * 3_600_000;
  expect(watch.report().outcomes).toMatchObject({ accuracy: Number.NaN, known: 0, totalKnown: 2 });
});
