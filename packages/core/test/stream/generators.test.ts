import { context, trace } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { monitor, monitorBatch, numeric } from '../../src/index.js';
import { onlySpan, registerSdk, unregisterSdk } from '../record/real-sdk.js';
import { ended } from './ended.js';

const model = { name: 'generators', version: '1', features: { n: numeric() } };
let exporter: ReturnType<typeof registerSdk>;
beforeEach(() => {
  exporter = registerSdk();
});
afterEach(unregisterSdk);

const activeSpan = () => trace.getSpanContext(context.active())?.spanId;

function* count({ n }: { n: number }): Generator<number, string> {
  for (let i = 0; i < n; i++) yield i;
  return 'counted';
}
async function* countLater({ n }: { n: number }): AsyncGenerator<number, string> {
  for (let i = 0; i < n; i++) {
    await null;
    yield i;
  }
  return 'counted';
}

describe.each([
  ['a generator', count],
  ['an asynchronous generator', countLater],
])('%s', (_kind, fn) => {
  const watch = () => monitor(fn as typeof countLater, { model, output: { label: whole => whole } });

  test('begins at its first next and ends with what it returns', async () => {
    const predict = watch();
    const stream = predict({ n: 2 });
    expect(predict.monitor.report()).toMatchObject({ calls: { active: 0 }, features: [{ totals: { valued: 0 } }] });
    expect(await stream.next()).toEqual({ value: 0, done: false });
    expect(predict.monitor.report()).toMatchObject({ calls: { active: 1 }, features: [{ totals: { valued: 1 } }] });
    await stream.next();
    expect(await stream.next()).toEqual({ value: 'counted', done: true });
    expect(await stream.next()).toEqual({ value: undefined, done: true });
    expect(predict.monitor.report()).toMatchObject({
      calls: { active: 0, succeeded: 1, failed: 0 },
      predictions: { counted: 1 },
    });
    expect(onlySpan(exporter).attributes).toMatchObject({
      'ml.stream.end': 'done',
      'ml.stream.chunks': 2,
      'ml.stream.first_chunk.duration': expect.any(Number),
      'ml.prediction.label': 'counted',
    });
  });

  test('that is never asked is no call', () => {
    const predict = watch();
    predict({ n: 2 });
    expect(predict.monitor.report()).toMatchObject({
      calls: { active: 0, succeeded: 0, failed: 0 },
      features: [{ totals: { valued: 0 } }],
    });
    expect(exporter.getFinishedSpans()).toHaveLength(0);
  });

  test('that is returned from before its first next is no call, then or later', async () => {
    const predict = watch();
    const stream = predict({ n: 2 });
    expect(await stream.return('early')).toEqual({ value: 'early', done: true });
    expect(await stream.next()).toEqual({ value: undefined, done: true });
    const error = new Error('no');
    await expect((async () => predict({ n: 2 }).throw(error))()).rejects.toBe(error);
    expect(predict.monitor.report().calls).toMatchObject({ active: 0, succeeded: 0, failed: 0 });
  });

  test('that is left early is a prediction without a label', async () => {
    const predict = watch();
    for await (const chunk of predict({ n: 5 })) if (chunk === 1) break;
    expect(predict.monitor.report()).toMatchObject({ calls: { active: 0, succeeded: 1 }, predictions: { '': 1 } });
    expect(ended(exporter)).toEqual([{ end: 'break', chunks: 2, error: undefined }]);
  });

  test('that is left by a throw of the consumer ends as one that is left', async () => {
    const predict = watch();
    const error = new Error('of the consumer');
    const consume = async () => {
      for await (const _chunk of predict({ n: 5 })) throw error;
    };
    await expect(consume()).rejects.toBe(error);
    expect(ended(exporter)).toEqual([{ end: 'break', chunks: 1, error: undefined }]);
  });

  test('that is disposed of before its first next goes straight through', async () => {
    const predict = watch();
    const stream = predict({ n: 1 });
    predict.monitor.dispose();
    expect(await stream.next()).toEqual({ value: 0, done: false });
    expect(predict.monitor.report()).toMatchObject({ calls: { active: 0 }, dropped: {} });
  });

  test('keeps its kind', () => {
    expect(Object.getPrototypeOf(watch())).toBe(Object.getPrototypeOf(fn));
  });

  test('that is watched twice begins twice at its first next, one span in the other', async () => {
    const inner = monitor(fn as typeof countLater, { model: { ...model, name: 'inner' } });
    const outer = monitor(inner, { model: { ...model, name: 'outer' } });
    const stream = outer({ n: 1 });
    expect(outer.monitor.report().calls.active).toBe(0);
    for await (const _chunk of stream) expect(inner.monitor.report().calls.active).toBe(1);
    for (const { monitor: handle } of [inner, outer])
      expect(handle.report()).toMatchObject({
        calls: { active: 0, succeeded: 1 },
        features: [{ totals: { valued: 1 } }],
      });
    const [first, last] = exporter.getFinishedSpans();
    expect([first!.name, last!.name]).toEqual(['predict inner', 'predict outer']);
    expect(first!.parentSpanContext?.spanId).toBe(last!.spanContext().spanId);
  });
});

test('what a generator throws fails the call by identity, synchronous or not', async () => {
  const error = new RangeError('no');
  const now = monitor(
    function* (): Generator<number> {
      yield 1;
      throw error;
    },
    { model },
  );
  const later = monitor(
    async function* (): AsyncGenerator<number> {
      yield 1;
      throw error;
    },
    { model },
  );
  expect(() => [...now()]).toThrow(error);
  const consume = async () => {
    for await (const _chunk of later());
  };
  await expect(consume()).rejects.toBe(error);
  for (const predict of [now, later])
    expect(predict.monitor.report().calls).toMatchObject({ active: 0, failed: 1, errors: { RangeError: 1 } });
  expect(ended(exporter)).toEqual(Array(2).fill({ end: 'throw', chunks: 1, error: 'RangeError' }));
});

test('a default parameter that throws at the call is a call that failed', () => {
  const error = new RangeError('no');
  const predict = monitor(
    function* (
      n: number = (() => {
        throw error;
      })(),
    ): Generator<number> {
      yield n;
    },
    { model: { name: 'generators', version: '1' } },
  );
  expect(() => predict()).toThrow(error);
  expect(predict.monitor.report().calls).toMatchObject({ active: 0, failed: 1 });
  expect(exporter.getFinishedSpans()).toHaveLength(1);
});

test('an error thrown into a generator that catches it is a chunk, and one that it lets through fails the call', () => {
  const predict = monitor(
    function* (): Generator<string> {
      try {
        yield 'a';
      } catch {
        yield 'caught';
      }
    },
    { model },
  );
  const catching = predict();
  catching.next();
  expect(catching.throw(new Error('in'))).toEqual({ value: 'caught', done: false });
  catching.next();
  const letting = predict();
  letting.next();
  letting.throw(new Error('in'));
  const error = new RangeError('again');
  expect(() => letting.throw(error)).toThrow(error);
  expect(ended(exporter)).toEqual([
    { end: 'done', chunks: 2, error: undefined },
    { end: 'throw', chunks: 2, error: 'RangeError' },
  ]);
});

test('a finally that throws when the stream is left fails the call', () => {
  const error = new RangeError('in finally');
  const predict = monitor(
    function* (): Generator<number> {
      try {
        yield 1;
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: what is tested
        throw error;
      }
    },
    { model },
  );
  const stream = predict();
  stream.next();
  expect(() => stream.return(undefined)).toThrow(error);
  expect(ended(exporter)).toEqual([{ end: 'throw', chunks: 1, error: 'RangeError' }]);
});

test('a generator that asks itself while it runs meets the error of a bare one and goes on', () => {
  let own: Generator<string> | undefined;
  const predict = monitor(
    function* (): Generator<string> {
      try {
        own!.next();
      } catch (error) {
        yield String(error);
      }
      yield 'more';
    },
    { model },
  );
  own = predict();
  expect([...own]).toEqual(['TypeError: Generator is already running', 'more']);
  expect(ended(exporter)).toEqual([{ end: 'done', chunks: 2, error: undefined }]);
});

test('next can be called many times at once, and each chunk counts once', async () => {
  const predict = monitor(countLater, { model, output: { label: whole => whole } });
  const stream = predict({ n: 3 });
  const results = await Promise.all(Array.from({ length: 5 }, () => stream.next()));
  expect(results.map(({ value }) => value)).toEqual([0, 1, 2, 'counted', undefined]);
  expect(predict.monitor.report()).toMatchObject({ calls: { active: 0, succeeded: 1 }, predictions: { counted: 1 } });
  expect(ended(exporter)).toEqual([{ end: 'done', chunks: 3, error: undefined }]);
});

test('another generator delegates to it, values go in and the return value comes out', () => {
  const sent: unknown[] = [];
  const predict = monitor(
    function* (): Generator<string, string, unknown> {
      sent.push(yield 'a');
      sent.push(yield 'b');
      return 'whole';
    },
    { model, output: { label: whole => whole } },
  );
  function* delegating(): Generator<string, string, unknown> {
    return yield* predict();
  }
  const stream = delegating();
  expect([stream.next(), stream.next(1), stream.next(2)]).toEqual([
    { value: 'a', done: false },
    { value: 'b', done: false },
    { value: 'whole', done: true },
  ]);
  expect(sent).toEqual([1, 2]);
  expect(predict.monitor.report().predictions).toEqual({ whole: 1 });
});

test('its span is active in the generator, never in its consumer', async () => {
  const inside: unknown[] = [];
  const predict = monitor(
    async function* (): AsyncGenerator<number> {
      for (let i = 0; i < 3; i++) {
        inside.push(activeSpan());
        await null;
        inside.push(activeSpan());
        yield i;
      }
    },
    { model },
  );
  for await (const _chunk of predict()) expect(activeSpan()).toBeUndefined();
  expect(inside).toEqual(Array(6).fill(onlySpan(exporter).spanContext().spanId));
});

test('the span of a generator is a child of the span in which it was first asked', () => {
  const predict = monitor(count, { model });
  const stream = predict({ n: 1 });
  const parent = trace.getTracer('test').startSpan('parent');
  context.with(trace.setSpan(context.active(), parent), () => stream.next());
  stream.next();
  expect(onlySpan(exporter).parentSpanContext?.spanId).toBe(parent.spanContext().spanId);
});

test('a function that gives a generator has begun when it is called', () => {
  const predict = monitor((input: { n: number }) => count(input), { model });
  const stream = predict({ n: 1 });
  expect(predict.monitor.report().calls.active).toBe(1);
  expect([...stream]).toEqual([0]);
  expect(predict.monitor.report().calls).toMatchObject({ active: 0, succeeded: 1 });
});

test('a generator of a batch ends with a result for each row', () => {
  const predict = monitorBatch(
    function* (rows: { n: number }[]): Generator<string, string[]> {
      yield 'working';
      return rows.map(({ n }) => (n > 1 ? 'many' : 'few'));
    },
    { model, output: { label: (labels, _row, index) => labels[index] } },
  );
  expect([...predict([{ n: 1 }, { n: 2 }, { n: 3 }])]).toEqual(['working']);
  expect(predict.monitor.report().predictions).toEqual({ few: 1, many: 2 });
  expect(onlySpan(exporter).attributes).toMatchObject({ 'ml.batch.size': 3, 'ml.stream.chunks': 1 });
});

test('the methods put on it are not enumerable and leave a foreign this to the originals', () => {
  const predict = monitor(count, { model });
  const stream = predict({ n: 1 });
  expect(Object.keys(stream)).toEqual([]);
  const heir = Object.create(stream) as typeof stream;
  expect(() => heir.next()).toThrow(TypeError);
  expect(predict.monitor.report().calls).toMatchObject({ active: 0, failed: 0 });
  expect(stream.next()).toEqual({ value: 0, done: false });
});
