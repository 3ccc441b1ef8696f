import { trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { environment, logEvent, receiverForTest, startTowards, sum } from './receiving.js';

const QUEUE = 20;
/** Longer than the test. */
const LATER_MS = '60000';

/** By what became of them: spans or log events that a batch processor is done with. */
function processed(receiver: Awaited<ReturnType<typeof receiverForTest>>, signal: 'span' | 'log') {
  const points = receiver.points(`otel.sdk.processor.${signal}.processed`);
  return Object.fromEntries(points.map(point => [point.attributes['error.type'] ?? 'exported', point.value]));
}

test('with OTEL_NODE_EXPERIMENTAL_SDK_METRICS, exported, refused and dropped are all that ended', async () => {
  environment({
    OTEL_NODE_EXPERIMENTAL_SDK_METRICS: 'true',
    OTEL_BSP_MAX_QUEUE_SIZE: String(QUEUE),
    OTEL_BSP_MAX_EXPORT_BATCH_SIZE: String(QUEUE),
    OTEL_BLRP_MAX_QUEUE_SIZE: String(QUEUE),
    OTEL_BLRP_MAX_EXPORT_BATCH_SIZE: String(QUEUE),
    OTEL_BSP_SCHEDULE_DELAY: LATER_MS,
    OTEL_BLRP_SCHEDULE_DELAY: LATER_MS,
  });
  const [traces, logs, metrics] = [await receiverForTest(), await receiverForTest(), await receiverForTest()];
  environment({
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${traces.url}/v1/traces`,
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: `${logs.url}/v1/logs`,
  });
  const driftspan = startTowards(metrics);
  const tracer = trace.getTracer('app');
  let ended = 0;
  // In one turn of the event loop: what is over the queue is dropped.
  const make = (count: number) => {
    for (let index = 0; index < count; index++, ended++) {
      tracer.startSpan('order').end();
      logEvent('app.event');
    }
  };
  make(5);
  await driftspan.flush();
  for (const receiver of [traces, logs]) receiver.respondWith(400);
  make(7);
  await driftspan.flush();
  for (const receiver of [traces, logs]) receiver.respondWith(undefined, { delayMs: 200 });
  make(QUEUE * 5);
  await driftspan.flush();
  // What the flush before has exported is in the metrics of the next.
  await driftspan.flush();

  for (const [signal, receiver] of [
    ['span', traces],
    ['log', logs],
  ] as const) {
    const counts = processed(metrics, signal);
    expect(counts).toMatchObject({ OTLPExporterError: 7, queue_full: expect.any(Number) });
    expect(counts['queue_full']).toBeGreaterThan(0);
    expect(counts['exported']).toBe(signal === 'span' ? receiver.spanCount : receiver.logCount);
    expect(sum(metrics.points(`otel.sdk.processor.${signal}.processed`))).toBe(ended);
  }
});

test('without it the SDK counts nothing of its own: it would cost more than the spans', async () => {
  const receiver = await receiverForTest();
  const driftspan = startTowards(receiver);
  trace.getTracer('app').startSpan('order').end();
  await driftspan.flush();
  expect(receiver.spanCount).toBe(1);
  expect(receiver.metrics.filter(({ name }) => name.startsWith('otel.'))).toEqual([]);
});
