import { context, trace } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { monitor } from '../../src/index.js';
import { onlySpan, registerSdk, unregisterSdk } from '../record/real-sdk.js';
import { unhandledDuring } from '../wrap/unhandled.js';
import { ended } from './ended.js';

const model = { name: 'async-iterables', version: '1' };
let exporter: ReturnType<typeof registerSdk>;
beforeEach(() => {
  exporter = registerSdk();
});
afterEach(unregisterSdk);

/** As a model client has it: iterable, with an iterator of its own that can't be returned from. */
class Answer implements AsyncIterable<string> {
  readonly #tokens: readonly string[];
  readonly seen: unknown[] = [];
  constructor(...tokens: string[]) {
    this.#tokens = tokens;
  }
  [Symbol.asyncIterator](): AsyncIterator<string> {
    let i = 0;
    return {
      next: async () => {
        this.seen.push(trace.getSpanContext(context.active())?.spanId);
        return i < this.#tokens.length ? { value: this.#tokens[i++]!, done: false } : { value: undefined, done: true };
      },
    };
  }
}

async function read<T>(stream: AsyncIterable<T>, most = Number.POSITIVE_INFINITY): Promise<T[]> {
  const chunks: T[] = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
    if (chunks.length === most) break;
  }
  return chunks;
}

test('an iterable comes back itself, has begun at the call and ends when it is read', async () => {
  const made = new Answer('a', 'b');
  const predict = monitor((_question: string) => made, { model });
  const stream = predict('?');
  expect(stream).toBe(made);
  expect(predict.monitor.report().calls.active).toBe(1);
  expect(await read(stream)).toEqual(['a', 'b']);
  expect(predict.monitor.report()).toMatchObject({ calls: { active: 0, succeeded: 1 }, predictions: { '': 1 } });
  expect(ended(exporter)).toEqual([{ end: 'done', chunks: 2, error: undefined }]);
});

test('its iterator runs with the span active', async () => {
  const stream = monitor(() => new Answer('a'), { model })();
  await read(stream);
  expect(stream.seen).toEqual(Array(2).fill(onlySpan(exporter).spanContext().spanId));
});

test('what a promise resolves to is followed, also of a subclass with properties of its own', async () => {
  class Request<T> extends Promise<T> {}
  const later = monitor(async () => new Answer('a'), { model });
  const request = monitor(() => Request.resolve(new Answer('b', 'c')), { model });
  expect(await read(await later())).toEqual(['a']);
  expect(await read(await request())).toEqual(['b', 'c']);
  expect(ended(exporter).map(({ chunks }) => chunks)).toEqual([1, 2]);
  expect(later.monitor.report().calls).toMatchObject({ active: 0, succeeded: 1 });
});

test('a generator that a promise resolves to is followed', async () => {
  const predict = monitor(
    async () =>
      (function* () {
        yield 1;
        return 'whole';
      })(),
    { model, output: { label: whole => whole } },
  );
  expect([...(await predict())]).toEqual([1]);
  expect(predict.monitor.report().predictions).toEqual({ whole: 1 });
});

test('a loop that is left ends it, although its iterator has no return', async () => {
  const predict = monitor(() => new Answer('a', 'b', 'c'), { model });
  expect(await read(predict(), 1)).toEqual(['a']);
  expect(predict.monitor.report().calls).toMatchObject({ active: 0, succeeded: 1 });
  expect(ended(exporter)).toEqual([{ end: 'break', chunks: 1, error: undefined }]);
});

test('a rejection fails the call and reaches the consumer by identity', async () => {
  const error = new RangeError('no');
  const predict = monitor(
    () => ({
      [Symbol.asyncIterator]: () => ({ next: (): Promise<IteratorResult<string>> => Promise.reject(error) }),
    }),
    { model },
  );
  await expect(read(predict())).rejects.toBe(error);
  expect(ended(exporter)).toEqual([{ end: 'throw', chunks: 0, error: 'RangeError' }]);
});

test('a rejection of next that nobody handles is raised once', async () => {
  const error = new RangeError('no');
  const predict = monitor(
    async function* (): AsyncGenerator<number> {
      yield* [];
      throw error;
    },
    { model },
  );
  expect(await unhandledDuring(() => void predict().next())).toEqual([error]);
});

test('an iterator that answers without a promise is followed', async () => {
  let i = 0;
  const predict = monitor(
    () =>
      ({
        [Symbol.asyncIterator]: () => ({ next: () => ({ value: i++, done: i > 2 }) }),
      }) as unknown as AsyncIterable<number>,
    { model },
  );
  expect(await read(predict())).toEqual([0, 1]);
  expect(ended(exporter)).toEqual([{ end: 'done', chunks: 2, error: undefined }]);
});

test('one object that every call gives back is followed by each in turn, without growing deeper', async () => {
  const shared = new Answer('a');
  const predict = monitor(() => shared, { model });
  for (let i = 0; i < 200; i++) expect(await read(predict())).toEqual(['a']);
  expect(predict.monitor.report().calls).toMatchObject({ active: 0, succeeded: 200 });
  let depth = 0;
  const counting = {
    [Symbol.asyncIterator]() {
      depth = new Error('depth').stack!.split('\n').length;
      return new Answer('a')[Symbol.asyncIterator]();
    },
  };
  const deep = monitor(() => counting, { model });
  Error.stackTraceLimit = 1000;
  await read(deep());
  const first = depth;
  for (let i = 0; i < 50; i++) await read(deep());
  Error.stackTraceLimit = 10;
  expect(depth).toBe(first);
});

test('one that is given back twice at once ends both calls', async () => {
  const shared = new Answer('a');
  const predict = monitor(() => shared, { model });
  predict();
  await read(predict());
  expect(predict.monitor.report().calls).toMatchObject({ active: 0, succeeded: 2 });
  expect(ended(exporter)).toEqual(Array(2).fill({ end: 'done', chunks: 1, error: undefined }));
});

test('one that is watched twice has the inner span in the outer one, and both end', async () => {
  const inner = monitor(() => new Answer('a'), { model: { ...model, name: 'inner' } });
  const outer = monitor(inner, { model: { ...model, name: 'outer' } });
  const stream = outer();
  await read(stream);
  const [first, last] = exporter.getFinishedSpans();
  expect([first!.name, last!.name]).toEqual(['predict inner', 'predict outer']);
  expect(stream.seen).toEqual(Array(2).fill(first!.spanContext().spanId));
});

test('an iterator that reads by another of the same object counts each chunk once', async () => {
  class Source {
    readonly tokens = ['a', 'b'];
    async next(): Promise<IteratorResult<string>> {
      const value = this.tokens.shift();
      return value === undefined ? { value, done: true } : { value, done: false };
    }
    async *[Symbol.asyncIterator](): AsyncGenerator<string> {
      for (;;) {
        await null;
        const { value, done } = await this.next();
        if (done) return;
        yield value;
      }
    }
  }
  const predict = monitor(() => new Source(), { model });
  expect(await read(predict())).toEqual(['a', 'b']);
  const stream = predict();
  expect(await stream.next()).toEqual({ value: 'a', done: false });
  expect(await read(stream)).toEqual(['b']);
  expect(ended(exporter)).toEqual(Array(2).fill({ end: 'done', chunks: 2, error: undefined }));
});

test('the documents that a cursor gives by next are no chunks, its iterator is followed', async () => {
  const documents = [{ id: 1 }, { id: 2 }];
  const cursor = () => ({
    at: 0,
    async next() {
      return documents[this.at++] ?? null;
    },
    async *[Symbol.asyncIterator]() {
      yield* documents;
    },
  });
  const predict = monitor(cursor, { model });
  const stream = predict();
  expect(await stream.next()).toBe(documents[0]);
  expect(predict.monitor.report().calls.active).toBe(1);
  expect(await read(stream)).toEqual(documents);
  expect(ended(exporter)).toEqual([{ end: 'done', chunks: 2, error: undefined }]);
});

describe('what refuses', () => {
  const frozen = (): AsyncIterable<string> =>
    Object.freeze({ [Symbol.asyncIterator]: () => new Answer('a')[Symbol.asyncIterator]() });
  const proxy = (): AsyncIterable<string> =>
    new Proxy(new Answer('a'), {
      defineProperty() {
        throw new Error('no');
      },
      get: (target, key) => (key === Symbol.asyncIterator ? target[Symbol.asyncIterator].bind(target) : undefined),
    });
  const sealed = (): AsyncIterable<string> =>
    Object.preventExtensions({ ...new Answer('a'), __proto__: Answer.prototype }) as unknown as AsyncIterable<string>;

  test.each([
    ['a frozen object', frozen],
    ['a Proxy that throws', proxy],
    ['an object that takes no properties', sealed],
  ])('%s comes back untouched and its call ends at return', async (_what, make) => {
    const made = make();
    const predict = monitor(() => made, { model, output: { label: () => 'read' } });
    expect(predict() === made).toBe(true);
    expect(predict.monitor.report()).toMatchObject({
      calls: { active: 0, succeeded: 1 },
      predictions: { '': 1 },
      dropped: { stream: 1 },
    });
    expect(exporter.getFinishedSpans()).toHaveLength(1);
  });

  test('an iterator that is frozen works, and the call ends when it is made', async () => {
    const predict = monitor(
      () => ({ [Symbol.asyncIterator]: () => Object.freeze(new Answer('a')[Symbol.asyncIterator]()) }),
      { model },
    );
    expect(await read(predict())).toEqual(['a']);
    expect(predict.monitor.report()).toMatchObject({ calls: { active: 0, succeeded: 1 }, dropped: { stream: 1 } });
  });

  test('a next that gives a foreign thenable is left alone, and the call ends', async () => {
    let runs = 0;
    const lazy = {
      // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
      then(resolve: (result: IteratorResult<string>) => void) {
        runs++;
        resolve({ value: undefined, done: true });
      },
    };
    const predict = monitor(
      () => ({ [Symbol.asyncIterator]: () => ({ next: () => lazy }) }) as unknown as AsyncIterable<string>,
      { model },
    );
    expect(await read(predict())).toEqual([]);
    expect(runs).toBe(1);
    expect(predict.monitor.report()).toMatchObject({ calls: { active: 0, succeeded: 1 }, dropped: { stream: 1 } });
  });
});

test.each<[string, () => unknown]>([
  ['an array', () => [1, 2]],
  ['a Map', () => new Map([[1, 2]])],
  ['a string', () => 'text'],
  ['an iterator of an array', () => [1, 2].values()],
  ['a typed array', () => new Float32Array(3)],
  ['an object whose asyncIterator is undefined', () => ({ [Symbol.asyncIterator]: undefined })],
])('%s is a result, not a stream', (_what, make) => {
  const predict = monitor(make, { model, output: { label: () => 'read' } });
  predict();
  expect(predict.monitor.report()).toMatchObject({ calls: { active: 0, succeeded: 1 }, predictions: { read: 1 } });
  expect(ended(exporter)).toEqual([{ end: undefined, chunks: undefined, error: undefined }]);
});

test('a thenable that is iterable as well, such as a query, is touched in neither way', async () => {
  const query = {
    // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
    then(resolve: (rows: string[]) => void) {
      resolve(['row']);
    },
    async *[Symbol.asyncIterator]() {
      yield 'row';
    },
  };
  const keys = Reflect.ownKeys(query);
  const predict = monitor(() => query, { model });
  expect(predict() === query).toBe(true);
  expect(Reflect.ownKeys(query)).toEqual(keys);
  expect(predict.monitor.report().calls).toMatchObject({ active: 0, succeeded: 1 });
});

test('the attributes of a property that was its own are kept', () => {
  const stream = { async next() {}, [Symbol.asyncIterator]() {} };
  monitor(() => stream, { model })();
  for (const key of ['next', Symbol.asyncIterator])
    expect(Object.getOwnPropertyDescriptor(stream, key)).toMatchObject({
      enumerable: true,
      writable: true,
      configurable: true,
    });
});
