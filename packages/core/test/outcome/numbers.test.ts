import { categorical, defineModel, numeric } from '@driftspan/sketch';
import { expect, test, vi } from 'vitest';
import { createMonitor, monitor } from '../../src/index.js';
import { collected, dropped } from '../record/collected.js';

let made = 0;
function regression() {
  const name = `numbers ${made++}`;
  const predict = monitor((x: { id: string; value: unknown }) => x.value, {
    model: { name, version: '1' },
    output: { value: out => out as number },
    predictionId: x => x.id,
  });
  return { name, predict, handle: predict.monitor };
}
const pair = (predicted: unknown, actual: unknown) => ({
  predicted: { value: predicted as number },
  actual: { value: actual as number },
});

test('errors are the predicted value less the actual one, joined or given', () => {
  const { predict, handle } = regression();
  predict({ id: 'a', value: 13 });
  expect(handle.recordOutcome('a', { value: 10 })).toBe(true);
  handle.recordOutcome(pair(6, 10));
  expect(handle.report().outcomes).toEqual({
    accuracy: Number.NaN,
    known: 0,
    totalCorrect: 0,
    totalKnown: 0,
    pending: 0,
    errors: {
      known: 2,
      mean: -0.5,
      meanAbsolute: 3.5,
      rootMeanSquare: Math.sqrt(12.5),
      totalKnown: 2,
      totalMean: -0.5,
      totalMeanAbsolute: 3.5,
    },
  });
});

test('without numbers there is no word of errors, and no series', async () => {
  const { name, handle } = regression();
  handle.recordOutcome({ predicted: { label: 'a' }, actual: { label: 'a' } });
  expect(handle.report().outcomes).not.toHaveProperty('errors');
  expect(await collected(name, 'ml.outcome.error')).toEqual([]);
  expect(await collected(name, 'ml.outcome.absolute_error')).toEqual([]);
});

test('errors are exported as histograms, the absolute ones without bounds below zero', async () => {
  const { name, handle } = regression();
  for (const [predicted, actual] of [
    [3, 3],
    [5, 2],
    [2, 50],
  ])
    handle.recordOutcome(pair(predicted, actual));
  const [error] = await collected(name, 'ml.outcome.error');
  expect(error!.value).toMatchObject({ count: 3, sum: -45 });
  const [absolute] = await collected(name, 'ml.outcome.absolute_error');
  expect(absolute!.value).toMatchObject({ count: 3, sum: 51 });
  const { buckets } = absolute!.value as { buckets: { boundaries: number[]; counts: number[] } };
  expect(buckets.boundaries).toEqual([0, 0.1, 1, 10, 100, 1000, 10_000]);
  expect(buckets.counts).toEqual([1, 0, 0, 1, 1, 0, 0, 0]);
});

test('a label and a value are each counted, and one outcome ends the wait for both', () => {
  const predict = monitor((id: string) => ({ id, label: 'late', minutes: 20 }), {
    model: { name: 'both', version: '1' },
    output: { label: out => out.label, value: out => out.minutes },
    predictionId: id => id,
  });
  predict('a');
  predict('b');
  const { monitor: handle } = predict;
  expect(handle.recordOutcome('a', { label: 'late', value: 30 })).toBe(true);
  expect(handle.recordOutcome('b', { value: 20 })).toBe(true);
  expect(handle.recordOutcome('b', { label: 'late' })).toBe(false);
  const { outcomes, dropped } = handle.report();
  expect(outcomes).toMatchObject({ known: 1, accuracy: 1, pending: 0, errors: { known: 2, mean: -5 } });
  expect(dropped).toEqual({ outcome_unknown: 1 });
});

test('an outcome that finds nothing to be compared with is counted as invalid, and the prediction waits on', async () => {
  const { name, predict, handle } = regression();
  predict({ id: 'a', value: 1 });
  for (const actual of [
    {},
    { label: 'x' },
    { value: Number.NaN },
    { value: Number.POSITIVE_INFINITY },
    null,
    5,
    'late',
  ]) {
    expect(handle.recordOutcome('a', actual as never)).toBe(false);
  }
  expect(await dropped(name)).toEqual({ outcome_invalid: 7 });
  expect(handle.report().outcomes).toMatchObject({ pending: 1 });
  expect(handle.recordOutcome('a', { value: 1 })).toBe(true);
});

test('what throws is counted as invalid and reaches nobody', async () => {
  const { name, predict, handle } = regression();
  predict({ id: 'a', value: 1 });
  const thrower = {
    get value(): number {
      throw new Error('no');
    },
  };
  expect(handle.recordOutcome('a', thrower)).toBe(false);
  handle.recordOutcome({ predicted: thrower, actual: { value: 1 } });
  handle.recordOutcome({ predicted: { value: 1 }, actual: thrower });
  handle.recordOutcome(
    new Proxy({} as ReturnType<typeof pair>, {
      get() {
        throw new Error('no');
      },
    }),
  );
  expect(await dropped(name)).toEqual({ outcome_invalid: 4 });
  expect(handle.report().outcomes).not.toHaveProperty('errors');
});

test('a prediction without a finite value and without a label waits for no outcome', () => {
  const { predict, handle } = regression();
  for (const value of [undefined, null, Number.NaN, Number.POSITIVE_INFINITY, 'ten', 10n ** 400n]) {
    predict({ id: 'a', value });
  }
  expect(handle.report().outcomes.pending).toBe(0);
  predict({ id: 'a', value: 10n });
  expect(handle.recordOutcome('a', { value: true })).toBe(true);
  expect(handle.report().outcomes.errors).toMatchObject({ mean: 9 });
});

test('errors too large to be squared and added up are refused, and spoil no sum', async () => {
  const { name, handle } = regression();
  handle.recordOutcome(pair(1e200, 0));
  handle.recordOutcome(pair(Number.MAX_VALUE, -Number.MAX_VALUE));
  for (let i = 0; i < 1000; i++) handle.recordOutcome(pair(i % 2 === 0 ? 1e150 : -1e150, 0));
  const { errors } = handle.report().outcomes;
  expect(errors).toMatchObject({ known: 1000, mean: 0, meanAbsolute: expect.closeTo(1e150, -140) });
  expect(errors!.rootMeanSquare / 1e150).toBeCloseTo(1, 9);
  expect(await dropped(name)).toEqual({ outcome_invalid: 2 });
});

test('errors of a window are forgotten with it, and stay in the totals', () => {
  let now = Date.UTC(2024, 0, 1);
  const watch = createMonitor({ model: { name: 'window', version: '1' }, drift: { window: '1h' }, clock: () => now });
  watch.recordOutcome(pair(3, 1));
  now += 30 * 60_000;
  watch.recordOutcome(pair(1, 5));
  expect(watch.report().outcomes.errors).toMatchObject({ known: 2, mean: -1, rootMeanSquare: Math.sqrt(10) });
  now += 45 * 60_000;
  expect(watch.report().outcomes.errors).toMatchObject({ known: 1, mean: -4, totalKnown: 2, totalMean: -1 });
  now += 3 * 3_600_000;
  expect(watch.report().outcomes.errors).toEqual({
    known: 0,
    mean: Number.NaN,
    meanAbsolute: Number.NaN,
    rootMeanSquare: Number.NaN,
    totalKnown: 2,
    totalMean: -1,
    totalMeanAbsolute: 3,
  });
});

test('totals of errors go on when a baseline was learned meanwhile', async () => {
  let now = Date.UTC(2024, 0, 1);
  const watch = createMonitor<{ x: number; c: string }>({
    model: defineModel({ name: 'learned', version: '1', features: { x: numeric(), c: categorical() } }),
    baseline: { learnFrom: 1000 },
    drift: { window: '1h' },
    clock: () => now,
  });
  watch.recordOutcome(pair(3, 1));
  for (let i = 0; i < 1001; i++) watch.start({ x: i, c: 'a' }).end(i);
  await vi.waitFor(() => expect(watch.baseline).toBeDefined());
  watch.recordOutcome(pair(5, 1));
  now += 1000;
  expect(watch.report().outcomes.errors).toMatchObject({ known: 1, mean: 4, totalKnown: 2, totalMean: 3 });
});
