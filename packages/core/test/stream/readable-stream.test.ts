import { context, trace } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { monitor } from '../../src/index.js';
import { onlySpan, registerSdk, unregisterSdk } from '../record/real-sdk.js';
import { unhandledDuring } from '../wrap/unhandled.js';
import { ended } from './ended.js';

const model = { name: 'readable-streams', version: '1' };
let exporter: ReturnType<typeof registerSdk>;
beforeEach(() => {
  exporter = registerSdk();
});
afterEach(unregisterSdk);

const NO = new RangeError('no');

/** Gives its chunks when they are pulled, then closes or errs. */
function source(chunks: readonly string[], error?: Error): ReadableStream<string> {
  let i = 0;
  return new ReadableStream(
    {
      pull(controller) {
        if (i < chunks.length) controller.enqueue(chunks[i++]!);
        else if (error === undefined) controller.close();
        else controller.error(error);
      },
    },
    { highWaterMark: 0 },
  );
}

const watch = (make: () => ReadableStream<string>) => monitor(make, { model });
const abc = () => source(['a', 'b', 'c']);

async function readAll(stream: ReadableStream<string>): Promise<string[]> {
  const chunks: string[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return chunks;
}

async function readBy(reader: ReadableStreamDefaultReader<string>): Promise<string[]> {
  const chunks: string[] = [];
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    chunks.push(value);
  }
}

const DONE = { end: 'done', chunks: 3, error: undefined };

test('it comes back itself', () => {
  const made = abc();
  const predict = watch(() => made);
  expect(predict()).toBe(made);
  expect(made).toBeInstanceOf(ReadableStream);
  expect(Object.keys(made)).toEqual([]);
});

describe('read to its end', () => {
  const WAYS: readonly [string, (stream: ReadableStream<string>) => Promise<string[]>][] = [
    ['by a loop', readAll],
    ['by values', stream => readAll(stream.values() as unknown as ReadableStream<string>)],
    ['by a reader', stream => readBy(stream.getReader())],
    [
      'by a reader and then a loop',
      async stream => {
        const reader = stream.getReader();
        const { value } = await reader.read();
        reader.releaseLock();
        return [value!, ...(await readAll(stream))];
      },
    ],
    [
      'by both branches of a tee',
      async stream => {
        const [one, other] = stream.tee();
        const [chunks] = await Promise.all([readBy(one.getReader()), readAll(other)]);
        return chunks;
      },
    ],
    [
      'by one branch of a tee, the other being cancelled',
      async stream => {
        const [one, other] = stream.tee();
        void other.cancel();
        return readAll(one);
      },
    ],
    [
      'by a branch of a branch',
      async stream => {
        const [one] = stream.tee();
        const [, two] = one.tee();
        return readAll(two);
      },
    ],
  ];
  test.each(WAYS)('%s', async (_way, consume) => {
    const predict = watch(abc);
    expect(await consume(predict())).toEqual(['a', 'b', 'c']);
    expect(predict.monitor.report()).toMatchObject({ calls: { active: 0, succeeded: 1 }, dropped: {} });
    expect(ended(exporter)).toEqual([DONE]);
  });

  const UNSEEN = { ...DONE, chunks: undefined };
  test('by a pipe its chunks are not seen', async () => {
    const predict = watch(abc);
    const written: string[] = [];
    await predict().pipeTo(new WritableStream({ write: chunk => void written.push(chunk) }));
    expect(written).toEqual(['a', 'b', 'c']);
    expect(ended(exporter)).toEqual([UNSEEN]);
  });

  test('through a transform, as the body of a response, its chunks are not seen', async () => {
    const predict = watch(abc);
    const transform = new TextEncoderStream();
    const readable = predict().pipeThrough(transform);
    expect(readable).toBe(transform.readable);
    expect(await new Response(readable).text()).toBe('abc');
    // The pipe settles some ticks after its last chunk has come out.
    await new Promise(resolve => setImmediate(resolve));
    expect(ended(exporter)).toEqual([UNSEEN]);
  });
});

describe('left early', () => {
  test.each<[string, number, (stream: ReadableStream<string>) => Promise<unknown>]>([
    [
      'by a loop',
      1,
      async stream => {
        for await (const _chunk of stream) break;
      },
    ],
    ['by cancel', 0, stream => stream.cancel('enough')],
    [
      'by the cancel of a reader',
      1,
      async stream => {
        const reader = stream.getReader();
        await reader.read();
        await reader.cancel();
      },
    ],
    [
      'by both branches of a tee',
      1,
      async stream => {
        const [one, other] = stream.tee();
        const reader = one.getReader();
        await reader.read();
        await Promise.all([reader.cancel(), other.cancel()]);
      },
    ],
    [
      'by the signal of a pipe',
      0,
      async stream => {
        const controller = new AbortController();
        const piped = stream.pipeTo(new WritableStream({ write: () => controller.abort() }), {
          signal: controller.signal,
        });
        await expect(piped).rejects.toThrow();
      },
    ],
  ])('%s', async (_way, chunks, leave) => {
    const predict = watch(abc);
    await leave(predict());
    expect(predict.monitor.report().calls).toMatchObject({ active: 0, succeeded: 1 });
    const [{ end, chunks: seen } = { end: undefined, chunks: undefined }] = ended(exporter);
    expect(end).toBe('break');
    expect(seen ?? 0).toBe(chunks);
  });

  test('it goes on where the loop leaves it to the next reader', async () => {
    const predict = watch(abc);
    const stream = predict();
    for await (const _chunk of stream.values({ preventCancel: true })) break;
    expect(predict.monitor.report().calls.active).toBe(1);
    expect(await readAll(stream)).toEqual(['b', 'c']);
    expect(ended(exporter)).toEqual([DONE]);
  });

  test('it goes on where a pipe that fails leaves it to the next reader', async () => {
    const predict = watch(abc);
    const stream = predict();
    const full = new WritableStream({
      write() {
        throw NO;
      },
    });
    await expect(stream.pipeTo(full, { preventCancel: true })).rejects.toBe(NO);
    expect(predict.monitor.report().calls.active).toBe(1);
    await readAll(stream);
    expect(predict.monitor.report().calls).toMatchObject({ active: 0, succeeded: 1 });
  });
});

describe('that errs', () => {
  test.each<[string, (stream: ReadableStream<string>) => Promise<unknown>]>([
    ['read by a loop', readAll],
    ['read by a reader', stream => readBy(stream.getReader())],
    ['read by a branch', stream => readAll(stream.tee()[1])],
    ['piped', stream => stream.pipeTo(new WritableStream())],
  ])('%s fails the call, and its error comes through by identity', async (_way, consume) => {
    const predict = watch(() => source(['a'], NO));
    await expect(consume(predict())).rejects.toBe(NO);
    expect(predict.monitor.report().calls).toMatchObject({ active: 0, failed: 1, errors: { RangeError: 1 } });
    expect(ended(exporter)).toMatchObject([{ end: 'throw', error: 'RangeError' }]);
  });

  test('piped through a transform raises no rejection of ours', async () => {
    const predict = watch(() => source(['a'], NO));
    const raised = await unhandledDuring(async () => {
      await expect(readAll(predict().pipeThrough(new TransformStream<string, string>()))).rejects.toBe(NO);
    });
    expect(raised).toEqual([]);
    expect(predict.monitor.report().calls).toMatchObject({ active: 0, failed: 1 });
  });
});

describe('what a locked stream refuses does not end the call', () => {
  test.each<[string, (stream: ReadableStream<string>) => unknown]>([
    ['a second reader', async stream => stream.getReader()],
    ['a tee', async stream => stream.tee()],
    ['cancel', stream => stream.cancel()],
    ['a pipe', stream => stream.pipeTo(new WritableStream())],
    ['a pipe through a transform', async stream => stream.pipeThrough(new TransformStream())],
  ])('%s', async (_what, refuse) => {
    const predict = watch(abc);
    const stream = predict();
    const reader = stream.getReader();
    await expect(refuse(stream)).rejects.toThrow(TypeError);
    expect(predict.monitor.report().calls.active).toBe(1);
    await readBy(reader);
    expect(ended(exporter)).toEqual([DONE]);
  });

  test('a read that waits when the lock is given back', async () => {
    let enqueue!: (chunk: string) => void;
    let close!: () => void;
    const predict = watch(
      () =>
        new ReadableStream({
          start(controller) {
            enqueue = chunk => controller.enqueue(chunk);
            close = () => controller.close();
          },
        }),
    );
    const stream = predict();
    const reader = stream.getReader();
    const waiting = reader.read();
    reader.releaseLock();
    await expect(waiting).rejects.toThrow(TypeError);
    expect(predict.monitor.report().calls.active).toBe(1);
    enqueue('a');
    close();
    expect(await readAll(stream)).toEqual(['a']);
    expect(ended(exporter)).toEqual([{ ...DONE, chunks: 1 }]);
  });
});

test('a byte stream is read into the buffer of its consumer, and its last read is no output', async () => {
  const bytes = () => {
    let i = 0;
    return new ReadableStream({
      type: 'bytes',
      pull(controller) {
        if (i++ === 0) return controller.enqueue(new Uint8Array([1, 2, 3]));
        controller.close();
        // Typed as always undefined, which it is only where nobody lent a buffer.
        const { byobRequest } = controller as unknown as { byobRequest: { respond(bytes: number): void } | null };
        byobRequest?.respond(0);
      },
    });
  };
  const predict = monitor(bytes, { model, output: { label: () => 'read' } });
  const reader = predict().getReader({ mode: 'byob' });
  const { value } = await reader.read(new Uint8Array(8));
  expect([...value!]).toEqual([1, 2, 3]);
  expect((await reader.read(new Uint8Array(8))).done).toBe(true);
  expect(predict.monitor.report()).toMatchObject({ calls: { active: 0, succeeded: 1 }, predictions: { '': 1 } });
  expect(ended(exporter)).toEqual([{ ...DONE, chunks: 1 }]);
});

test('its source is pulled with the span active', async () => {
  const seen: unknown[] = [];
  const predict = watch(
    () =>
      new ReadableStream(
        {
          pull(controller) {
            seen.push(trace.getSpanContext(context.active())?.spanId);
            if (seen.length > 2) controller.close();
            else controller.enqueue('a');
          },
        },
        { highWaterMark: 0 },
      ),
  );
  await readAll(predict());
  expect(seen).toEqual(Array(3).fill(onlySpan(exporter).spanContext().spanId));
});
