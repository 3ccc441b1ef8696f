import { propagation, ROOT_CONTEXT, TraceFlags, trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { runChild } from './child.js';
import { rideMonitor } from './model.js';
import { environment, receiverForTest, startTowards, total } from './receiving.js';

let models = 0;

/** What arrives of 20 calls under these variables. */
async function twentyCalls(variables: Record<string, string>) {
  environment(variables);
  const receiver = await receiverForTest();
  const batches: number[] = [];
  receiver.onSpans(batch => void batches.push(batch.length));
  const driftspan = startTowards(receiver);
  const name = `traced ${++models}`;
  const predict = await rideMonitor(name);
  for (let distance = 0; distance < 20; distance++) predict({ distance });
  await driftspan.shutdown();
  return { spans: receiver.spans, batches, counted: total(receiver, 'ml.feature.bins', name) };
}

test.each<[string, string | undefined, number]>([
  ['always_on', undefined, 20],
  ['always_off', undefined, 0],
  ['traceidratio', '1', 20],
  ['traceidratio', '0', 0],
  ['parentbased_always_on', undefined, 20],
  ['parentbased_always_off', undefined, 0],
  ['parentbased_traceidratio', '0', 0],
])('OTEL_TRACES_SAMPLER=%s with %s makes %d spans of 20 calls, all counted', async (sampler, argument, expected) => {
  const { spans, counted } = await twentyCalls({
    OTEL_TRACES_SAMPLER: sampler,
    ...(argument === undefined ? {} : { OTEL_TRACES_SAMPLER_ARG: argument }),
  });
  expect(spans).toHaveLength(expected);
  expect(counted).toBe(20);
});

test('a parent that was not sampled decides under parentbased_always_on', async () => {
  environment({ OTEL_TRACES_SAMPLER: 'parentbased_always_on' });
  const receiver = await receiverForTest();
  const driftspan = startTowards(receiver);
  const [sampled, not] = [TraceFlags.SAMPLED, TraceFlags.NONE].map(traceFlags =>
    trace.setSpanContext(ROOT_CONTEXT, { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags }),
  );
  for (const parent of [sampled!, not!]) trace.getTracer('t').startSpan('child', {}, parent).end();
  await driftspan.shutdown();
  expect(receiver.spans).toHaveLength(1);
});

test('OTEL_BSP_MAX_EXPORT_BATCH_SIZE is the number of spans a request holds', async () => {
  const { batches } = await twentyCalls({ OTEL_BSP_MAX_EXPORT_BATCH_SIZE: '8' });
  // The last two are on their way together.
  expect(batches.sort()).toEqual([4, 8, 8]);
});

test('OTEL_BSP_MAX_QUEUE_SIZE drops spans beyond those that wait and those on their way; the counts have all', async () => {
  const { spans, counted } = await twentyCalls({ OTEL_BSP_MAX_QUEUE_SIZE: '5' });
  expect(spans).toHaveLength(10);
  expect(counted).toBe(20);
});

test('OTEL_BSP_SCHEDULE_DELAY sends spans without a flush', async () => {
  environment({ OTEL_BSP_SCHEDULE_DELAY: '50' });
  const receiver = await receiverForTest();
  startTowards(receiver);
  (await rideMonitor('soon'))({ distance: 1 });
  await receiver.waitFor(({ spans }) => spans.some(({ name }) => name === 'predict soon'));
  expect(receiver.metricPointCount).toBe(0);
});

test('OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT cuts what spans say, not what is counted', async () => {
  environment({ OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT: '3' });
  const receiver = await receiverForTest();
  const driftspan = startTowards(receiver);
  (await rideMonitor('cut'))({ distance: 1 });
  await driftspan.shutdown();
  expect(receiver.spans[0]?.attributes['ml.prediction.label']).toBe('sho');
  expect(
    receiver.points('ml.prediction.count', { 'ml.model.name': 'cut', 'ml.prediction.label': 'short' }),
  ).toHaveLength(1);
});

test.each<[string | undefined, string[]]>([
  [undefined, ['baggage', 'traceparent']],
  ['tracecontext', ['traceparent']],
  ['b3', ['b3']],
  ['none', []],
])('OTEL_PROPAGATORS=%s writes the headers %s', async (propagators, headers) => {
  environment(propagators === undefined ? {} : { OTEL_PROPAGATORS: propagators });
  startTowards(await receiverForTest());
  const carrier: Record<string, string> = {};
  const baggage = propagation.createBaggage({ key: { value: 'value' } });
  const span = trace.getTracer('t').startSpan('s');
  propagation.inject(propagation.setBaggage(trace.setSpan(ROOT_CONTEXT, span), baggage), carrier);
  expect(Object.keys(carrier).sort()).toEqual(headers);
});

test('OTEL_LOG_LEVEL prints what the SDK and we have to say, from that level on; without it nothing is printed', async () => {
  const receiver = await receiverForTest();
  const variables = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_METRIC_EXPORT_INTERVAL: 'soon' };
  const [silent, warned] = await Promise.all([
    runChild('app.ts', variables).ended,
    runChild('app.ts', { ...variables, OTEL_LOG_LEVEL: 'warn' }).ended,
  ]);
  expect(silent.output).toBe('');
  expect(warned.output).toContain('OTEL_METRIC_EXPORT_INTERVAL: met "soon"');
});
