import { afterEach, describe, expect, test } from 'vitest';
import { monitor } from '../../src/index.js';
import { collected, dropped } from '../record/collected.js';
import { onlySpan, registerSdk, unregisterSdk } from '../record/real-sdk.js';
import { unhandledDuring } from '../wrap/unhandled.js';

afterEach(unregisterSdk);

let made = 0;
/** A model that answers what it is asked, read as label, confidence and value. */
function echo(reader: (x: never) => unknown = x => x) {
  const name = `outputs ${made++}`;
  const read = (x: unknown) => reader(x as never) as never;
  const predict = monitor((x: unknown) => x, {
    model: { name, version: '1' },
    output: { label: read, confidence: read, value: read },
  });
  return { name, predict };
}

async function counts(name: string): Promise<Record<string, unknown>> {
  const series = await collected(name, 'ml.prediction.count');
  const labels = series.map(({ attributes }) => attributes['ml.prediction.label']);
  expect(new Set(labels).size).toBe(labels.length);
  return Object.fromEntries(series.map(({ attributes, value }) => [String(attributes['ml.prediction.label']), value]));
}

test.each([
  ['late', 'late'],
  ['', ''],
  [5, '5'],
  [-0, '0'],
  [1e21, '1e+21'],
  [true, 'true'],
  [10n ** 30n, `1${'0'.repeat(30)}`],
  ['__proto__', '__proto__'],
  ['constructor', 'constructor'],
])('the label %o is counted as %j', async (label, text) => {
  const { name, predict } = echo();
  predict(label);
  expect(Object.entries(predict.monitor.report().predictions)).toEqual([[text, 1]]);
  expect((await counts(name))[text]).toBe(1);
});

test("1 and '1' and 1n are one label", () => {
  const { predict } = echo();
  for (const label of [1, '1', 1n]) predict(label);
  expect(predict.monitor.report().predictions).toEqual({ 1: 3 });
});

test('predictions without a label stay apart from those of an empty one in the metrics', async () => {
  const { name, predict } = echo();
  predict('');
  predict(null);
  predict(undefined);
  expect(await counts(name)).toEqual({ '': 1, undefined: 2 });
});

test('no prediction is lost in the report when some have an empty label and some have none', () => {
  const { predict } = echo();
  predict('');
  predict(null);
  predict(undefined);
  const { predictions } = predict.monitor.report();
  expect(Object.values(predictions).reduce((sum, count) => sum + count, 0)).toBe(3);
});

test.each([null, undefined, Number.NaN])('%s is no label and no number, and no fault', value => {
  const { predict } = echo();
  predict(value);
  expect(predict.monitor.report()).toMatchObject({ predictions: { '': 1 }, dropped: {} });
});

test.each([Number.POSITIVE_INFINITY, Symbol('s'), () => 5, {}, [], new Date(0), Object(5)])(
  'an output that is no value at all is a fault of each reader (%s)',
  async value => {
    const { name, predict } = echo();
    expect(predict(value)).toBe(value);
    expect(predict.monitor.report()).toMatchObject({ predictions: { '': 1 }, dropped: { output_reader: 3 } });
    expect(await dropped(name)).toEqual({ output_reader: 3 });
  },
);

test.each<[string, () => unknown]>([
  [
    'throws',
    () => {
      throw new Error('reader');
    },
  ],
  ['gives a promise that rejects', () => Promise.reject(new Error('reader'))],
  [
    'throws null',
    () => {
      throw null;
    },
  ],
])('a reader that %s is a fault beside the call', async (_what, reader) => {
  const exporter = registerSdk();
  const { name, predict } = echo(reader);
  expect(await unhandledDuring(() => expect(predict(7)).toBe(7))).toEqual([]);
  expect(predict.monitor.report()).toMatchObject({ calls: { succeeded: 1 }, predictions: { '': 1 } });
  expect(await dropped(name)).toEqual({ output_reader: 3 });
  expect(onlySpan(exporter).attributes).not.toHaveProperty(['ml.prediction.label']);
  expect(onlySpan(exporter).attributes).not.toHaveProperty(['ml.prediction.confidence']);
});

test('a result that rejects everything is a fault of each reader and comes back by identity', () => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  const predict = monitor(async (_: number) => [proxy], {
    model: { name: 'revoked output', version: '1' },
    output: { label: ([r]) => (r as { label: string }).label, confidence: ([r]) => (r as { p: number }).p },
  });
  return predict(1).then(([result]) => {
    expect(result === proxy).toBe(true);
    expect(predict.monitor.report().dropped).toEqual({ output_reader: 2 });
  });
});

describe('numbers', () => {
  test('confidence and value are counted in their histograms, out of 0 to 1 too', async () => {
    const { name, predict } = echo();
    for (const x of [0.5, -3, 1e300, 0, true, 5n]) predict(x);
    for (const metric of ['ml.prediction.confidence', 'ml.prediction.value']) {
      const [series] = await collected(name, metric);
      const { count, buckets } = series!.value as { count: number; buckets: { counts: number[] } };
      expect(count).toBe(6);
      expect(buckets.counts.reduce((sum, n) => sum + n, 0)).toBe(6);
    }
  });

  test.each(['0.9', Number.NEGATIVE_INFINITY, 10n ** 400n])('%s is no confidence', async confidence => {
    const name = `no confidence ${confidence}`.slice(0, 60);
    const exporter = registerSdk();
    const predict = monitor((_: unknown) => 1, {
      model: { name, version: '1' },
      output: { confidence: () => confidence as number },
    });
    predict(1);
    const [series] = await collected(name, 'ml.prediction.confidence');
    expect(series!.value).toMatchObject({ count: 0, sum: 0 });
    expect(await dropped(name)).toEqual({ output_reader: 1 });
    expect(onlySpan(exporter).attributes).not.toHaveProperty(['ml.prediction.confidence']);
  });
});

describe('over 64 labels', () => {
  test('the rest is _OTHER and each is counted as dropped', async () => {
    const { name, predict } = echo();
    for (let i = 0; i < 100; i++) predict(`label ${i}`);
    predict('label 0');
    predict('label 99');
    const { predictions, dropped: reasons } = predict.monitor.report();
    expect(Object.keys(predictions)).toHaveLength(65);
    expect(predictions['label 0']).toBe(2);
    expect(predictions['_OTHER']).toBe(37);
    expect(reasons['label_limit']).toBe(37);
    expect(await counts(name)).toMatchObject({ _OTHER: 37, 'label 63': 1 });
  });

  test('a label that is itself called _OTHER is in the same series', async () => {
    const { name, predict } = echo();
    predict('_OTHER');
    for (let i = 0; i < 70; i++) predict(`label ${i}`);
    const total = 71;
    const { predictions } = predict.monitor.report();
    expect(Object.values(predictions).reduce((sum, count) => sum + count, 0)).toBe(total);
    const exported = Object.values(await counts(name)) as number[];
    expect(exported.reduce((sum, count) => sum + count, 0)).toBe(total);
  });

  test('a text of any length is _OTHER, and does not take the place of a label', () => {
    const { predict } = echo();
    for (let i = 0; i < 100; i++) predict(`${i}${'x'.repeat(1000)}`);
    predict('late');
    expect(predict.monitor.report().predictions).toEqual({ late: 1, _OTHER: 100 });
  });
});

test('each reader is called once a row, with output, row and index', () => {
  const seen: unknown[] = [];
  const row = { a: 1 };
  const predict = monitor((_: typeof row) => 'out', {
    model: { name: 'readers', version: '1' },
    output: { label: (...args) => void seen.push(args) },
  });
  predict(row);
  expect(seen).toEqual([['out', row, 0]]);
});
