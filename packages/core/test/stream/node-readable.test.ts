import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { PassThrough, pipeline, Readable, Writable } from 'node:stream';
import { finished, pipeline as piped } from 'node:stream/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { monitor } from '../../src/index.js';
import { registerSdk, unregisterSdk } from '../record/real-sdk.js';
import { ended } from './ended.js';

const model = { name: 'node-readables', version: '1' };
let exporter: ReturnType<typeof registerSdk>;
beforeEach(() => {
  exporter = registerSdk();
});
afterEach(unregisterSdk);

const watch = (make: () => Readable) => monitor(make, { model });
const abc = () => Readable.from(['a', 'b', 'c']);
const DONE = { end: 'done', chunks: 3, error: undefined };

test('it comes back itself, not flowing, with no listener of ours', () => {
  const made = abc();
  const before = made.eventNames().map(name => [name, made.listenerCount(name)]);
  const stream = watch(() => made)();
  expect(stream).toBe(made);
  expect(stream.readableFlowing).toBeNull();
  expect(stream.eventNames().map(name => [name, stream.listenerCount(name)])).toEqual(before);
});

describe('read to its end', () => {
  test.each<[string, (stream: Readable) => Promise<unknown[]>]>([
    [
      'by a loop',
      async stream => {
        const chunks: unknown[] = [];
        for await (const chunk of stream) chunks.push(chunk);
        return chunks;
      },
    ],
    [
      'by data events',
      async stream => {
        const chunks: unknown[] = [];
        stream.on('data', chunk => chunks.push(chunk));
        await once(stream, 'end');
        return chunks;
      },
    ],
    [
      'by readable events and read',
      async stream => {
        const chunks: unknown[] = [];
        stream.on('readable', () => {
          for (let chunk = stream.read(); chunk !== null; chunk = stream.read()) chunks.push(chunk);
        });
        await once(stream, 'end');
        return chunks;
      },
    ],
    [
      'by a pipeline',
      async stream => {
        const chunks: unknown[] = [];
        await piped(
          stream,
          new Writable({ objectMode: true, write: (chunk, _, done) => done(void chunks.push(chunk)) }),
        );
        return chunks;
      },
    ],
    ['by toArray', stream => stream.toArray()],
    ['by an operator', stream => stream.map((chunk: string) => chunk).toArray()],
  ])('%s', async (_way, consume) => {
    const predict = watch(abc);
    const stream = predict();
    expect(await consume(stream)).toEqual(['a', 'b', 'c']);
    await finished(stream);
    expect(predict.monitor.report()).toMatchObject({ calls: { active: 0, succeeded: 1 }, dropped: {} });
    expect(ended(exporter)).toEqual([DONE]);
  });
});

const closed = (stream: Readable) => new Promise(resolve => stream.once('close', resolve));

describe('left early', () => {
  /** One chunk, and no end. */
  const endless = () => {
    let isFirst = true;
    return new Readable({
      objectMode: true,
      read() {
        if (isFirst) this.push('a');
        isFirst = false;
      },
    });
  };
  test.each<[string, (stream: Readable) => Promise<unknown>]>([
    [
      'by a loop',
      async stream => {
        for await (const _chunk of stream) break;
      },
    ],
    [
      'by destroy',
      async stream => {
        stream.once('data', () => stream.destroy());
        await closed(stream);
      },
    ],
  ])('%s', async (_way, leave) => {
    const predict = watch(endless);
    await leave(predict());
    expect(predict.monitor.report().calls).toMatchObject({ active: 0, succeeded: 1 });
    expect(ended(exporter)).toEqual([{ end: 'break', chunks: 1, error: undefined }]);
  });
});

test.each<[string, (stream: Readable) => Promise<unknown>]>([
  [
    'a loop',
    async stream => {
      for await (const _chunk of stream);
    },
  ],
  ['an error listener', async stream => Promise.reject((await once(stream.resume(), 'error'))[0])],
  ['a pipeline', stream => piped(stream, new PassThrough({ objectMode: true }).resume())],
])('an error fails the call and reaches %s by identity', async (_way, consume) => {
  const error = new RangeError('no');
  const predict = watch(
    () =>
      new Readable({
        objectMode: true,
        read() {
          this.push('a');
          this.destroy(error);
        },
      }),
  );
  await expect(consume(predict())).rejects.toBe(error);
  expect(predict.monitor.report().calls).toMatchObject({ active: 0, failed: 1 });
  expect(ended(exporter)).toMatchObject([{ end: 'throw', error: 'RangeError' }]);
});

test('a stream that was over before it came back ends at once', async () => {
  const over = abc();
  await over.toArray();
  const gone = abc().destroy();
  await closed(gone);
  const broken = abc()
    .on('error', () => {})
    .destroy(new RangeError('no'));
  await closed(broken);
  const predict = monitor((stream: Readable) => stream, { model });
  for (const stream of [over, gone, broken]) predict(stream);
  expect(predict.monitor.report().calls).toMatchObject({ active: 0, succeeded: 2, failed: 1 });
  expect(ended(exporter).map(({ end }) => end)).toEqual(['done', 'break', 'throw']);
});

test('an input that is piped into the output does not keep it from its end', async () => {
  const predict = monitor((input: Readable) => pipeline(input, new PassThrough({ objectMode: true }), () => {}), {
    model,
  });
  expect(await predict(abc()).toArray()).toEqual(['a', 'b', 'c']);
  expect(ended(exporter)).toEqual([DONE]);
});

describe('a response of a model server', () => {
  async function responses(answer: (socket: { write(text: string): void; destroy(): void; end(): void }) => void) {
    const server = createServer((_request, response) => {
      response.writeHead(200);
      answer({
        write: text => void response.write(text),
        destroy: () => void response.socket?.destroy(),
        end: () => void response.end(),
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const predict = monitor(
      (_question: string) =>
        new Promise<IncomingMessage>((resolve, reject) =>
          get({ port, host: '127.0.0.1' }, resolve).once('error', reject),
        ),
      { model },
    );
    const close = () => {
      server.closeAllConnections();
      server.close();
    };
    return { predict, close };
  }

  test('that the server cuts off fails the call', async () => {
    const { predict, close } = await responses(socket => {
      socket.write('a');
      setImmediate(() => socket.destroy());
    });
    const response = await predict('?');
    response.resume();
    const [error] = await once(response, 'error');
    expect((error as { code: string }).code).toBe('ECONNRESET');
    expect(ended(exporter)).toMatchObject([{ end: 'throw', error: 'ECONNRESET' }]);
    close();
  });

  test('that its consumer destroys is one that is left', async () => {
    const { predict, close } = await responses(socket => socket.write('a'));
    const response = await predict('?');
    response.once('data', () => response.destroy());
    await once(response, 'close');
    expect(ended(exporter)).toEqual([{ end: 'break', chunks: 1, error: undefined }]);
    close();
  });
});
