import { ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { expect, onTestFinished, test } from 'vitest';
import type { ReceivedSpan, Receiver } from '../src/index.js';
import { post, receiverForTest, spanJson } from './receiver-for-test.js';
import { bytes, double, fixed32, fixed64, message, msg, str, varint } from './wire.js';

function tracing(receiver: Receiver): TracerProvider {
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'shop' }),
    spanProcessors: [
      new SimpleSpanProcessor({ exporter: new OTLPTraceExporter({ url: `${receiver.url}/v1/traces` }) }),
    ],
  });
  onTestFinished(() => provider.shutdown());
  return provider;
}

test('spans of the SDK arrive with their ids, parent, kind, times, status and events', async () => {
  const receiver = await receiverForTest();
  const provider = tracing(receiver);
  const tracer = provider.getTracer('checkout', '1.2.3');
  const parent = tracer.startSpan('parent', { kind: SpanKind.SERVER, startTime: [1_700_000_000, 123_456_789] });
  const child = tracer.startSpan(
    'child',
    {
      kind: SpanKind.CLIENT,
      attributes: { count: 3, share: 0.25, ok: false, list: [1, 2] },
      links: [{ context: parent.spanContext() }],
    },
    trace.setSpan(ROOT_CONTEXT, parent),
  );
  child.addEvent('retry', { attempt: 2 }, [1_700_000_001, 5]);
  child.setStatus({ code: SpanStatusCode.ERROR, message: 'no answer' });
  child.end();
  parent.end([1_700_000_002, 1]);
  await provider.forceFlush();

  expect(receiver.spanCount).toBe(2);
  const byName = new Map(receiver.spans.map(span => [span.name, span]));
  const root = byName.get('parent')!;
  const leaf = byName.get('child')!;
  expect(root).toMatchObject({
    resource: { 'service.name': 'shop' },
    scope: { name: 'checkout', version: '1.2.3' },
    traceId: parent.spanContext().traceId,
    spanId: parent.spanContext().spanId,
    kind: 2,
    startTimeUnixNano: 1_700_000_000_123_456_789n,
    endTimeUnixNano: 1_700_000_002_000_000_001n,
    status: { code: 0, message: '' },
    events: [],
  });
  expect(root).not.toHaveProperty('parentSpanId');
  expect(leaf).toMatchObject({
    traceId: parent.spanContext().traceId,
    spanId: child.spanContext().spanId,
    parentSpanId: parent.spanContext().spanId,
    kind: 3,
    attributes: { count: 3, share: 0.25, ok: false, list: [1, 2] },
    status: { code: 2, message: 'no answer' },
    events: [{ name: 'retry', timeUnixNano: 1_700_000_001_000_000_005n, attributes: { attempt: 2 } }],
    links: [{ traceId: parent.spanContext().traceId, spanId: parent.spanContext().spanId, attributes: {} }],
  });
  expect(leaf.flags & 0xff).toBe(1);
});

test('one span as protobuf and as JSON arrives equal, every field of it', async () => {
  const traceId = '0123456789abcdef0123456789abcdef';
  const attribute = msg(9, str(1, 'k'), msg(2, double(4, 0.1)));
  const asProtobuf = message(
    msg(
      1,
      msg(1, msg(1, str(1, 'service.name'), msg(2, str(1, 'shop')))),
      msg(
        2,
        msg(1, str(1, 'checkout'), str(2, '1.2.3')),
        msg(
          2,
          bytes(1, traceId),
          bytes(2, '0123456789abcdef'),
          str(3, 'a=b'),
          bytes(4, 'fedcba9876543210'),
          str(5, 'predict'),
          varint(6, 3),
          fixed64(7, 1_700_000_000_123_456_789n),
          fixed64(8, 2n ** 64n - 1n),
          attribute,
          varint(10, 7), // dropped_attributes_count, which is skipped
          msg(11, fixed64(1, 5n), str(2, 'retry'), msg(3, str(1, 'attempt'), msg(2, varint(3, -2)))),
          msg(13, bytes(1, traceId), bytes(2, '1111111111111111'), msg(4, str(1, 'why'), msg(2, varint(2, 1)))),
          msg(15, str(2, 'no answer'), varint(3, 2)),
          fixed32(16, 257),
        ),
        str(3, 'https://schema.example'),
      ),
    ),
  );
  const asJson = {
    resourceSpans: [
      {
        resource: { attributes: [{ key: 'service.name', value: { stringValue: 'shop' } }] },
        scopeSpans: [
          {
            scope: { name: 'checkout', version: '1.2.3' },
            spans: [
              {
                traceId: traceId.toUpperCase(),
                spanId: '0123456789abcdef',
                traceState: 'a=b',
                parentSpanId: 'fedcba9876543210',
                name: 'predict',
                kind: 3,
                startTimeUnixNano: '1700000000123456789',
                endTimeUnixNano: '18446744073709551615',
                attributes: [{ key: 'k', value: { doubleValue: 0.1 } }],
                events: [
                  { timeUnixNano: 5, name: 'retry', attributes: [{ key: 'attempt', value: { intValue: '-2' } }] },
                ],
                links: [
                  { traceId, spanId: '1111111111111111', attributes: [{ key: 'why', value: { boolValue: true } }] },
                ],
                status: { message: 'no answer', code: 2 },
                flags: 257,
                notAField: { at: 'all' },
              },
            ],
          },
        ],
      },
    ],
  };
  const receiver = await receiverForTest();
  expect((await post(receiver, '/v1/traces', asProtobuf, { 'content-type': 'application/x-protobuf' })).status).toBe(
    200,
  );
  expect((await post(receiver, '/v1/traces', JSON.stringify(asJson))).status).toBe(200);
  const expected: ReceivedSpan = {
    resource: { 'service.name': 'shop' },
    scope: { name: 'checkout', version: '1.2.3' },
    traceId,
    spanId: '0123456789abcdef',
    traceState: 'a=b',
    parentSpanId: 'fedcba9876543210',
    name: 'predict',
    kind: 3,
    startTimeUnixNano: 1_700_000_000_123_456_789n,
    endTimeUnixNano: 18_446_744_073_709_551_615n,
    attributes: { k: 0.1 },
    events: [{ name: 'retry', timeUnixNano: 5n, attributes: { attempt: -2 } }],
    links: [{ traceId, spanId: '1111111111111111', attributes: { why: true } }],
    status: { code: 2, message: 'no answer' },
    flags: 257,
  };
  expect(receiver.spans).toStrictEqual([expected, expected]);
});

test('a listener has the spans before the client has its answer', async () => {
  const receiver = await receiverForTest();
  const seen: string[] = [];
  receiver.onSpans(spans => seen.push(...spans.map(span => span.name)));
  await post(receiver, '/v1/traces', spanJson({ name: 'first' }));
  expect(seen).toEqual(['first']);
});

test('the newest spans are kept, and all are counted', async () => {
  const receiver = await receiverForTest({ keep: 3 });
  for (let i = 0; i < 8; i++) await post(receiver, '/v1/traces', spanJson({ name: `span ${i}` }));
  expect(receiver.spans.map(span => span.name)).toEqual(['span 5', 'span 6', 'span 7']);
  expect(receiver.spanCount).toBe(8);
  expect(receiver.requests).toHaveLength(3);
  expect(receiver.requestCount).toBe(8);
});
