import { once } from 'node:events';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { describe, expect, test } from 'vitest';
import { ReceiverError, startReceiver } from '../src/index.js';
import { post, receiverForTest, spanJson } from './receiver-for-test.js';

describe('waitFor', () => {
  test('gives what the predicate gives, at once when it holds already', async () => {
    const receiver = await receiverForTest();
    await post(receiver, '/v1/traces', spanJson({ name: 'there' }));
    expect(await receiver.waitFor(r => r.spans.find(span => span.name === 'there')?.name)).toBe('there');
    expect(await receiver.waitFor(() => 0)).toBe(0);
  });

  test('resolves after the request that makes it hold', async () => {
    const receiver = await receiverForTest();
    const waiting = receiver.waitFor(r => r.spanCount >= 2 && r.spans.map(span => span.name), { timeoutMs: 5000 });
    await post(receiver, '/v1/traces', spanJson({ name: 'a' }));
    await post(receiver, '/v1/traces', spanJson({ name: 'b' }));
    expect(await waiting).toEqual(['a', 'b']);
  });

  test('a timeout says what had been received', async () => {
    const receiver = await receiverForTest();
    await post(receiver, '/v1/traces', spanJson({ name: 'another span' }));
    const error = await receiver.waitFor(r => r.spanCount > 1, { timeoutMs: 20 }).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(ReceiverError);
    expect(error).toMatchObject({ code: 'ERR_RECEIVER_TIMEOUT', expected: 'the predicate to hold within 20 ms' });
    expect((error as Error).message).toContain(
      '1 requests accepted and 0 turned away, 1 spans (another span), 0 metric points',
    );
  });

  test('a predicate that throws rejects, and the request that met it is accepted all the same', async () => {
    const receiver = await receiverForTest();
    const waiting = receiver.waitFor(r => {
      if (r.spanCount > 0) throw new Error('not that one');
      return false;
    });
    const refusal = expect(waiting).rejects.toThrow('not that one');
    expect((await post(receiver, '/v1/traces', spanJson())).status).toBe(200);
    await refusal;
  });

  test('closing rejects', async () => {
    const receiver = await startReceiver();
    const waiting = expect(receiver.waitFor(() => false)).rejects.toMatchObject({ code: 'ERR_RECEIVER_CLOSED' });
    await receiver.close();
    await waiting;
    await expect(receiver.waitFor(() => true)).rejects.toMatchObject({ code: 'ERR_RECEIVER_CLOSED' });
  });
});

describe('respondWith', () => {
  test('503 with retry-after, nothing recorded, until told otherwise', async () => {
    const receiver = await receiverForTest();
    receiver.respondWith(503, { retryAfter: 7 });
    const answer = await post(receiver, '/v1/traces', spanJson());
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '7']);
    expect(await answer.json()).toMatchObject({ code: 14 });
    expect([receiver.spanCount, receiver.requests.length, receiver.turnedAwayCount]).toEqual([0, 0, 1]);
    receiver.respondWith(undefined);
    expect((await post(receiver, '/v1/traces', spanJson())).status).toBe(200);
    expect([receiver.spanCount, receiver.turnedAwayCount]).toEqual([1, 1]);
  });

  test('the SDK sends again after a 503, and the span arrives once', async () => {
    const receiver = await receiverForTest();
    receiver.respondWith(503, { retryAfter: 0 });
    const exporter = new OTLPTraceExporter({ url: `${receiver.url}/v1/traces` });
    const provider = new TracerProvider({ spanProcessors: [new BatchSpanProcessor({ exporter })] });
    provider.getTracer('t').startSpan('late').end();
    const flushed = provider.forceFlush();
    await receiver.waitFor(r => r.turnedAwayCount >= 1);
    receiver.respondWith(undefined);
    await flushed;
    await provider.shutdown();
    expect(receiver.spans.map(span => span.name)).toEqual(['late']);
  });

  test('a delay holds an accepting answer back, and a client that leaves is not recorded', async () => {
    const receiver = await receiverForTest();
    receiver.respondWith(undefined, { delayMs: 80 });
    const started = performance.now();
    expect((await post(receiver, '/v1/traces', spanJson({ name: 'patient' }))).status).toBe(200);
    expect(performance.now() - started).toBeGreaterThan(75);
    const impatient = fetch(`${receiver.url}/v1/traces`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: spanJson({ name: 'impatient' }),
      signal: AbortSignal.timeout(20),
    });
    await expect(impatient).rejects.toThrow();
    await new Promise(resolve => setTimeout(resolve, 120));
    expect(receiver.spans.map(span => span.name)).toEqual(['patient']);
  });

  test.each([[199], [600], [200.5], [Number.NaN]])('status %s is refused', async status => {
    const receiver = await receiverForTest();
    expect(() => receiver.respondWith(status)).toThrow(expect.objectContaining({ code: 'ERR_RECEIVER_OPTION' }));
  });
});

test('reset forgets everything and accepts again', async () => {
  const receiver = await receiverForTest();
  const metric = { name: 'm', gauge: { dataPoints: [{ asInt: 1 }] } };
  await post(receiver, '/v1/traces', spanJson());
  await post(receiver, '/v1/metrics', JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics: [metric] }] }] }));
  receiver.respondWith(500);
  await post(receiver, '/v1/traces', spanJson());
  expect([receiver.requestCount, receiver.metricPointCount, receiver.turnedAwayCount]).toEqual([2, 1, 1]);
  receiver.reset();
  expect([receiver.spans, receiver.metrics, receiver.logs, receiver.requests]).toEqual([[], [], [], []]);
  const { spanCount, metricPointCount, logCount, requestCount, turnedAwayCount } = receiver;
  expect([spanCount, metricPointCount, logCount, requestCount, turnedAwayCount]).toEqual([0, 0, 0, 0, 0]);
  expect((await post(receiver, '/v1/traces', spanJson())).status).toBe(200);
});

test('a listener that throws is an uncaught exception; the request and the other listeners go on', async () => {
  const receiver = await receiverForTest();
  const others = process.rawListeners('uncaughtException');
  process.removeAllListeners('uncaughtException');
  const uncaught = once(process, 'uncaughtException');
  try {
    const seen: number[] = [];
    receiver.onSpans(() => {
      throw new Error('assertion of a listener');
    });
    receiver.onSpans(spans => seen.push(spans.length));
    expect((await post(receiver, '/v1/traces', spanJson())).status).toBe(200);
    expect((await uncaught)[0]).toMatchObject({ message: 'assertion of a listener' });
    expect(seen).toEqual([1]);
  } finally {
    for (const other of others) process.on('uncaughtException', other as NodeJS.UncaughtExceptionListener);
  }
});

test.each([[{ port: 65_536 }], [{ keep: 0 }], [{ keepSeries: -1 }], [{ maxBodyBytes: 2 ** 29 }]])(
  'option %o is refused',
  async options => {
    await expect(startReceiver(options)).rejects.toMatchObject({ code: 'ERR_RECEIVER_OPTION' });
  },
);
