import { connect } from 'node:net';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { startReceiver } from '../src/index.js';
import { post, receiverForTest, spanJson } from './receiver-for-test.js';
import { double, fixed64, message, msg, str } from './wire.js';

const PROTOBUF = { 'content-type': 'application/x-protobuf' };
const SIGNAL_PATHS = ['/v1/traces', '/v1/metrics', '/v1/logs'];

describe('accepted', () => {
  test.each(SIGNAL_PATHS)('%s answers in the encoding of the request', async path => {
    const receiver = await receiverForTest();
    const json = await post(receiver, path, '{}');
    expect([json.status, json.headers.get('content-type'), await json.text()]).toEqual([200, 'application/json', '{}']);
    const protobuf = await post(receiver, path, new Uint8Array(), PROTOBUF);
    expect([protobuf.status, protobuf.headers.get('content-type')]).toEqual([200, 'application/x-protobuf']);
    expect((await protobuf.arrayBuffer()).byteLength).toBe(0);
    expect(receiver.requestCount).toBe(2);
  });

  test('a content type may have parameters and a path a query', async () => {
    const receiver = await receiverForTest();
    const answer = await post(receiver, '/v1/traces?x=1', spanJson(), {
      'content-type': 'Application/JSON; charset=utf-8',
    });
    expect(answer.status).toBe(200);
    expect(receiver.spanCount).toBe(1);
    expect(receiver.requests[0]).toMatchObject({ path: '/v1/traces', bytes: spanJson().length });
  });

  test('the bytes of a request are those sent, before decompression', async () => {
    const receiver = await receiverForTest();
    const body = gzipSync(spanJson({ name: 'x'.repeat(10_000) }));
    expect((await post(receiver, '/v1/traces', new Uint8Array(body), { 'content-encoding': 'gzip' })).status).toBe(200);
    expect(receiver.requests[0]).toMatchObject({ encoding: 'gzip', bytes: body.length });
    expect(receiver.spans[0]?.name).toHaveLength(10_000);
  });
});

describe('refused', () => {
  const badJson: [string, string][] = [
    ['an empty body', ''],
    ['half a document', '{"resourceSpans": ['],
    ['an array', '[]'],
    ['a string', '"spans"'],
    ['an object where a list belongs', '{"resourceSpans": {}}'],
    ['an id that is not hex', spanJson({ traceId: 'AAECAwQFBgcICQoLDA0ODw==' })],
    ['an id of half a byte', spanJson({ spanId: 'abc' })],
    ['a time with a fraction', spanJson({ startTimeUnixNano: 1.5 })],
    ['a negative time', spanJson({ startTimeUnixNano: '-1' })],
    ['a time past 64 bits', spanJson({ startTimeUnixNano: '18446744073709551616' })],
    ['a kind by name', spanJson({ kind: 'SPAN_KIND_SERVER' })],
    ['a name that is a number', spanJson({ name: 1 })],
    ['a null in a list', spanJson({ attributes: [null] })],
    ['a boolean as a string', spanJson({ attributes: [{ key: 'k', value: { boolValue: 'true' } }] })],
    ['an int past 64 bits', spanJson({ attributes: [{ key: 'k', value: { intValue: '9223372036854775808' } }] })],
    ['a double that is not one', spanJson({ attributes: [{ key: 'k', value: { doubleValue: 'many' } }] })],
    ['bytes that are not base64', spanJson({ attributes: [{ key: 'k', value: { bytesValue: '%%' } }] })],
    ['a deep nest', `${'{"arrayValue":{"values":['.repeat(60)}{}${']}}'.repeat(60)}`],
  ];
  test.each(badJson)('400 for %s as JSON', async (what, json) => {
    const receiver = await receiverForTest();
    const body = what === 'a deep nest' ? spanJson().replace('"a span"', `"", "attributes":[{"value":${json}}]`) : json;
    const answer = await post(receiver, '/v1/traces', body);
    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({ code: 3, message: expect.stringMatching(/^not a valid traces request: ./) });
    expect([receiver.requestCount, receiver.spanCount]).toEqual([0, 0]);
  });

  test('400 for JSON that is not UTF-8', async () => {
    const receiver = await receiverForTest();
    const body = new Uint8Array(Buffer.from(spanJson({ name: '\u00ff' }), 'latin1'));
    expect((await post(receiver, '/v1/traces', body)).status).toBe(400);
  });

  const whole = message(
    msg(1, msg(2, msg(2, str(5, 'a span'), fixed64(7, 1n), msg(9, str(1, 'k'), msg(2, double(4, 1)))))),
  );
  test('400 for a protobuf body cut anywhere but at its end', async () => {
    const receiver = await receiverForTest();
    expect((await post(receiver, '/v1/traces', whole, PROTOBUF)).status).toBe(200);
    for (let length = 1; length < whole.length; length++) {
      const answer = await post(receiver, '/v1/traces', whole.slice(0, length), PROTOBUF);
      expect(answer.status, `cut at ${length}`).toBe(400);
      expect(answer.headers.get('content-type')).toBe('application/x-protobuf');
      const status = Buffer.from(await answer.arrayBuffer());
      expect([...status.subarray(0, 3)]).toEqual([0x08, 3, 0x12]); // code 3, then the message
      expect(status.subarray(4).toString()).toMatch(/not a valid traces request/);
    }
    expect(receiver.spanCount).toBe(1);
  });

  test('400 for a body that is not gzip although it says so, and for half of one', async () => {
    const receiver = await receiverForTest();
    const gzip = { 'content-encoding': 'gzip' };
    expect((await post(receiver, '/v1/traces', spanJson(), gzip)).status).toBe(400);
    const whole = new Uint8Array(gzipSync(spanJson()));
    expect((await post(receiver, '/v1/traces', whole.slice(0, -9), gzip)).status).toBe(400);
    expect((await post(receiver, '/v1/traces', whole, gzip)).status).toBe(200);
  });

  test('404 for any other path', async () => {
    const receiver = await receiverForTest();
    for (const path of ['/', '//', '/v1/profiles', '/v1/traces/', '/V1/traces']) {
      const answer = await post(receiver, path, '{}');
      expect(answer.status, path).toBe(404);
      expect(await answer.json()).toMatchObject({ code: 5 });
    }
  });

  test('405 for any other method, and which one is right', async () => {
    const receiver = await receiverForTest();
    for (const method of ['GET', 'PUT', 'DELETE', 'OPTIONS']) {
      const answer = await fetch(`${receiver.url}/v1/traces`, { method });
      expect([answer.status, answer.headers.get('allow')], method).toEqual([405, 'POST']);
      await answer.arrayBuffer();
    }
  });

  test('415 for any other content type or encoding', async () => {
    const receiver = await receiverForTest();
    for (const type of ['text/plain', 'application/jsonl', 'application/x-protobuf2', '']) {
      expect((await post(receiver, '/v1/traces', spanJson(), { 'content-type': type })).status, type).toBe(415);
    }
    expect((await post(receiver, '/v1/traces', spanJson(), { 'content-encoding': 'br' })).status).toBe(415);
    expect(receiver.requestCount).toBe(0);
  });

  test('413 for a body past the bound, and not for one that just fits', async () => {
    const fits = spanJson({ name: 'x'.repeat(5000) });
    const receiver = await receiverForTest({ maxBodyBytes: fits.length });
    expect((await post(receiver, '/v1/traces', fits)).status).toBe(200);
    const answer = await post(receiver, '/v1/traces', `${fits} `);
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ code: 8 });
    // The connection is still good after a body much longer than the bound.
    expect((await post(receiver, '/v1/traces', 'x'.repeat(4_000_000))).status).toBe(413);
    expect((await post(receiver, '/v1/traces', fits)).status).toBe(200);
    expect(receiver.spanCount).toBe(2);
  });

  test('413 for a gzip bomb under the default bound, without holding it', async () => {
    const receiver = await receiverForTest();
    const bomb = new Uint8Array(gzipSync(Buffer.alloc(256 * 1024 * 1024)));
    expect(bomb.length).toBeLessThan(1024 * 1024);
    const before = process.memoryUsage().arrayBuffers;
    let peak = before;
    const watch = setInterval(() => {
      peak = Math.max(peak, process.memoryUsage().arrayBuffers);
    }, 1);
    const answer = await post(receiver, '/v1/traces', bomb, { 'content-encoding': 'gzip' });
    clearInterval(watch);
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ message: expect.stringContaining('after decompression') });
    expect(peak - before).toBeLessThan(128 * 1024 * 1024);
    expect(receiver.requestCount).toBe(0);
  });

  test('a client that leaves within its body leaves nothing behind', async () => {
    const receiver = await receiverForTest();
    const socket = connect(Number(new URL(receiver.url).port), '127.0.0.1');
    socket.write(
      'POST /v1/traces HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"resource',
    );
    await new Promise(resolve => setTimeout(resolve, 50));
    socket.destroy();
    expect((await post(receiver, '/v1/traces', spanJson())).status).toBe(200);
    expect(receiver.requestCount).toBe(1);
  });
});

test('a port in use is the error of the system', async () => {
  const receiver = await receiverForTest();
  await expect(startReceiver({ port: Number(new URL(receiver.url).port) })).rejects.toMatchObject({
    code: 'EADDRINUSE',
  });
});
