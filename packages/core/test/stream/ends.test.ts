import { getEventListeners } from 'node:events';
import { PassThrough, pipeline, Readable } from 'node:stream';
import { context, createContextKey } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { metricProducer, monitor } from '../../src/index.js';
import { dropped } from '../record/collected.js';
import { registerSdk, unregisterSdk } from '../record/real-sdk.js';
import { collectUntil } from './collecting.js';
import { ended } from './ended.js';

let exporter: ReturnType<typeof registerSdk>;
beforeEach(() => {
  exporter = registerSdk();
});
afterEach(unregisterSdk);

let made = 0;
/** A model of its own for each test: what is collected is told by name. */
const fresh = () => ({ name: `stream-ends-${++made}`, version: '1' });

/** Gives one chunk, then waits for good. */
async function* stuck(..._args: unknown[]): AsyncGenerator<string> {
  yield 'a';
  await new Promise(() => {});
}
const endless = (): ReadableStream<string> =>
  new ReadableStream({ pull: controller => controller.enqueue('a') }, { highWaterMark: 0 });

describe('an abort', () => {
  const ABORTED = { end: 'abort', chunks: 1, error: 'AbortError' };
  test.each<[string, (signal: AbortSignal) => unknown[]]>([
    ['a signal that is an argument', signal => ['?', signal]],
    ['the signal of the options', signal => ['?', { signal }]],
    ['the signal of the input', signal => [{ text: '?', signal }]],
  ])('of %s ends the call, and no listener is left', async (_where, args) => {
    const predict = monitor(stuck, { model: fresh() });
    const controller = new AbortController();
    const stream = predict(...args(controller.signal));
    await stream.next();
    void stream.next();
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
    controller.abort();
    expect(predict.monitor.report().calls).toMatchObject({ active: 0, failed: 1, errors: { AbortError: 1 } });
    expect(ended(exporter)).toEqual([ABORTED]);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });

  test.each<[unknown, string]>([
    [new RangeError('no'), 'RangeError'],
    [new DOMException('slow', 'TimeoutError'), 'TimeoutError'],
    ['the user left', 'AbortError'],
    [undefined, 'AbortError'],
  ])('for the reason %s is told as %s', async (reason, error) => {
    const predict = monitor(stuck, { model: fresh() });
    const controller = new AbortController();
    await predict(controller.signal).next();
    controller.abort(reason);
    expect(ended(exporter)).toEqual([{ ...ABORTED, error }]);
  });

  test('is one end with what the stream throws because of it', async () => {
    const predict = monitor(
      async function* (signal: AbortSignal): AsyncGenerator<string> {
        yield 'a';
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
      },
      { model: fresh() },
    );
    const controller = new AbortController();
    const stream = predict(controller.signal);
    await stream.next();
    const next = stream.next();
    controller.abort();
    await expect(next).rejects.toBe(controller.signal.reason);
    expect(predict.monitor.report().calls).toMatchObject({ active: 0, failed: 1 });
    expect(ended(exporter)).toEqual([ABORTED]);
  });

  test('is recorded in the context in which the call began', async () => {
    const key = createContextKey('where');
    const places: unknown[] = [];
    const predict = monitor(stuck, {
      model: fresh(),
      errorType: () => {
        places.push(context.active().getValue(key));
        return undefined;
      },
    });
    const controller = new AbortController();
    await context.with(context.active().setValue(key, 'here'), () => predict(controller.signal).next());
    controller.abort(new RangeError('no'));
    expect(places).toEqual(['here']);
  });

  test('after the end changes nothing, and its listener is gone with the last of many streams', async () => {
    const predict = monitor(
      async function* (_signal: AbortSignal): AsyncGenerator<string> {
        yield 'a';
      },
      { model: fresh() },
    );
    const { signal } = new AbortController();
    const streams = Array.from({ length: 50 }, () => predict(signal));
    for (const stream of streams) await stream.next();
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    for (const stream of streams) await stream.next();
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(predict.monitor.report().calls).toMatchObject({ succeeded: 50, failed: 0 });
  });

  test("before the call is the model's business", async () => {
    const predict = monitor(() => endless(), { model: fresh() });
    for await (const _chunk of (predict as (signal: AbortSignal) => ReadableStream<string>)(AbortSignal.abort())) break;
    expect(ended(exporter)).toMatchObject([{ end: 'break' }]);
  });

  test('is not looked for behind a getter', () => {
    const predict = monitor((_options: object) => endless(), { model: fresh() });
    let reads = 0;
    predict({
      get signal() {
        reads++;
        return undefined;
      },
    });
    expect(reads).toBe(0);
  });
});

describe('a stream that is abandoned', () => {
  const ABANDONED = { end: 'abandoned', error: 'abandoned' };
  test.each<[string, (...args: never[]) => unknown, (stream: never) => unknown]>([
    ['a generator', stuck, (stream: AsyncGenerator) => stream.next()],
    [
      'a synchronous generator',
      function* () {
        yield 'a';
        yield 'b';
      },
      (stream: Generator) => stream.next(),
    ],
    [
      'an iterator of an iterable',
      () => ({ [Symbol.asyncIterator]: () => stuck() }),
      (stream: AsyncIterable<string>) => stream[Symbol.asyncIterator]().next(),
    ],
    ['a web stream', endless, (stream: ReadableStream) => stream.getReader().read()],
    ['a web stream nobody read', endless, () => {}],
    ['a stream of Node', () => new Readable({ read() {} }), (stream: Readable) => stream.on('data', () => {})],
    ['what a promise resolved to', async () => endless(), (stream: Promise<ReadableStream>) => stream],
  ])('%s ends when it is collected', async (_what, fn, begin) => {
    const predict = monitor(fn as () => unknown, { model: fresh() });
    await (async () => {
      await begin(predict() as never);
    })();
    expect(predict.monitor.report().calls.active).toBe(1);
    expect(await collectUntil(() => predict.monitor.report().calls.active === 0)).toBe(true);
    expect(predict.monitor.report().calls).toMatchObject({ failed: 1, errors: { abandoned: 1 } });
    expect(ended(exporter)).toMatchObject([ABANDONED]);
  });

  test('is not kept alive by an input that holds it, nor by its reduction', async () => {
    const predict = monitor((input: Readable) => pipeline(input, new PassThrough({ objectMode: true }), () => {}), {
      model: fresh(),
      reduce: (soFar: object[] | undefined, chunk: object) => [...(soFar ?? []), chunk],
    } as never);
    await (async () => {
      let output: Readable | undefined;
      const input = new Readable({ objectMode: true, read() {} });
      output = predict(input);
      input.push({ back: output });
      await output[Symbol.asyncIterator]().next();
      output = undefined;
    })();
    expect(predict.monitor.report().calls.active).toBe(1);
    expect(await collectUntil(() => predict.monitor.report().calls.active === 0)).toBe(true);
  });

  test('is not one while only its iterator is held', async () => {
    const predict = monitor(() => ({ [Symbol.asyncIterator]: () => stuck() }), { model: fresh() });
    const iterator = predict()[Symbol.asyncIterator]();
    await iterator.next();
    const other = monitor(stuck, { model: fresh() });
    await (async () => {
      await other().next();
    })();
    // As soon as the one is collected, the other would have been.
    expect(await collectUntil(() => other.monitor.report().calls.active === 0)).toBe(true);
    expect(predict.monitor.report().calls.active).toBe(1);
    await iterator.return(undefined);
    expect(predict.monitor.report().calls).toMatchObject({ active: 0, succeeded: 1 });
  });
});

describe('a stream that nobody reads on', () => {
  test('is given up at a collection after limits.callMs', async () => {
    const model = fresh();
    const predict = monitor(stuck, { model, limits: { callMs: 1 } });
    const stream = predict();
    await stream.next();
    const startMs = performance.now();
    while (performance.now() - startMs <= 2);
    expect(predict.monitor.report().calls.active).toBe(1);
    await metricProducer().collect();
    expect(predict.monitor.report().calls).toMatchObject({ active: 0, failed: 1, errors: { timeout: 1 } });
    expect(ended(exporter)).toEqual([{ end: 'timeout', chunks: 1, error: 'timeout' }]);
    expect(await stream.return(undefined)).toEqual({ value: undefined, done: true });
    expect(predict.monitor.report().calls).toMatchObject({ succeeded: 0, failed: 1 });
  });

  test('is kept before that', async () => {
    const predict = monitor(stuck, { model: fresh() });
    const stream = predict();
    await stream.next();
    await metricProducer().collect();
    expect(predict.monitor.report().calls.active).toBe(1);
    await stream.return(undefined);
  });
});

test('of more than 10,000 open streams the last are not followed: their calls end at return', async () => {
  const model = fresh();
  const predict = monitor(endless, { model, spans: 'never' });
  const streams = Array.from({ length: 10_003 }, () => predict());
  expect(predict.monitor.report().calls).toMatchObject({ active: 10_000, succeeded: 3 });
  expect(await dropped(model.name)).toEqual({ stream: 3 });
  await Promise.all(streams.map(stream => stream.cancel()));
  expect(predict.monitor.report().calls).toMatchObject({ active: 0, succeeded: 10_003 });
});

test('a stream that ends after its monitor was disposed of is counted as dropped, and its span ends', async () => {
  const predict = monitor(stuck, { model: fresh() });
  const stream = predict();
  await stream.next();
  predict.monitor.dispose();
  await stream.return(undefined);
  expect(predict.monitor.report()).toMatchObject({ calls: { active: 0, succeeded: 0 }, dropped: { disposed: 1 } });
  expect(ended(exporter)).toEqual([{ end: 'break', chunks: 1, error: undefined }]);
});
