import { context, metrics, propagation, trace } from '@opentelemetry/api';
import { expect, test } from 'vitest';
import { start } from '../src/index.js';
import { MAX_EXPORT_BATCH_SIZE } from '../src/metric-readers.js';
import { rideMonitor } from './model.js';
import { instanceId, receiverForTest, startTowards, sum, toldToDiag, total } from './receiving.js';

test('bins, durations, predictions and spans arrive after one flush', async () => {
  const receiver = await receiverForTest();
  const driftspan = startTowards(receiver, { serviceName: 'rides', resourceAttributes: { 'deployment.id': 'blue' } });
  const predict = await rideMonitor('arrives');
  for (const distance of [10, 20, 990]) predict({ distance });
  await driftspan.flush();

  expect(total(receiver, 'ml.feature.bins', 'arrives')).toBe(3);
  expect(total(receiver, 'ml.feature.baseline.bins', 'arrives')).toBe(1000);
  expect(total(receiver, 'ml.inference.duration', 'arrives')).toBe(3);
  expect(
    sum(receiver.points('ml.prediction.count', { 'ml.model.name': 'arrives', 'ml.prediction.label': 'short' })),
  ).toBe(2);
  expect(
    sum(receiver.points('ml.prediction.count', { 'ml.model.name': 'arrives', 'ml.prediction.label': 'long' })),
  ).toBe(1);
  const spans = receiver.spans.filter(span => span.name === 'predict arrives');
  expect(spans).toHaveLength(3);
  for (const { resource } of [...spans, ...receiver.points('ml.feature.bins')]) {
    expect(resource).toMatchObject({ 'service.name': 'rides', 'deployment.id': 'blue' });
    expect(resource['service.instance.id']).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  }
});

test("a monitor's own flush exports spans and metrics, and does not reject when nobody answers", async () => {
  const receiver = await receiverForTest();
  startTowards(receiver);
  const predict = await rideMonitor('flushes');
  predict({ distance: 10 });
  await predict.monitor.flush();
  expect(total(receiver, 'ml.feature.bins', 'flushes')).toBe(1);
  expect(receiver.spans.filter(span => span.name === 'predict flushes')).toHaveLength(1);
  receiver.respondWith(400);
  predict({ distance: 20 });
  await expect(predict.monitor.flush()).resolves.toBeUndefined();
});

test('a monitor made before start is exported too', async () => {
  const predict = await rideMonitor('early');
  predict({ distance: 1 });
  const receiver = await receiverForTest();
  const driftspan = startTowards(receiver);
  predict({ distance: 2 });
  await driftspan.shutdown();
  expect(total(receiver, 'ml.feature.bins', 'early')).toBe(2);
  expect(receiver.spans.map(span => span.name)).toEqual(['predict early']);
});

test('shutdown exports what no interval has, and unregisters what start registered', async () => {
  const receiver = await receiverForTest();
  const driftspan = startTowards(receiver);
  expect(trace.getTracer('t').startSpan('s').isRecording()).toBe(true);
  const predict = await rideMonitor('last words');
  predict({ distance: 1 });
  expect(total(receiver, 'ml.feature.bins', 'last words')).toBe(0);

  await Promise.all([driftspan.shutdown(), driftspan.shutdown()]);
  expect(total(receiver, 'ml.feature.bins', 'last words')).toBe(1);
  expect(receiver.spans.map(span => span.name)).toContain('predict last words');

  const requests = receiver.requestCount;
  await driftspan.shutdown();
  await driftspan.flush();
  expect(receiver.requestCount).toBe(requests);
  expect(trace.getTracer('t').startSpan('s').isRecording()).toBe(false);
  const key = Symbol('a value');
  expect(context.with(context.active().setValue(key, 1), () => context.active().getValue(key))).toBeUndefined();
  expect(propagation.fields()).toEqual([]);
  expect(metrics.getMeterProvider()).not.toHaveProperty('forceFlush');
});

test('no request holds more points than the bound, and all arrive', async () => {
  const receiver = await receiverForTest();
  const sizes: number[] = [];
  receiver.onMetrics(batch => void sizes.push(batch.length));
  const driftspan = startTowards(receiver);
  for (let model = 0; model < 100; model++) (await rideMonitor(`many ${model}`))({ distance: model });
  await driftspan.flush();
  expect(sizes.length).toBeGreaterThan(1);
  expect(Math.max(...sizes)).toBe(MAX_EXPORT_BATCH_SIZE);
  for (let model = 0; model < 100; model++) expect(total(receiver, 'ml.feature.bins', `many ${model}`)).toBe(1);
});

test('shutdown leaves no listener behind', async () => {
  const listeners = () =>
    ['SIGTERM', 'SIGINT', 'beforeExit'].map(event => process.listenerCount(event as NodeJS.Signals));
  const before = listeners();
  const driftspan = startTowards(await receiverForTest());
  expect(listeners()).toEqual(before.map(count => count + 1));
  await driftspan.shutdown();
  expect(listeners()).toEqual(before);
});

test('a stopped SDK can be started again, with another instance id', async () => {
  const first = await receiverForTest();
  const second = await receiverForTest();
  await rideMonitor('restarted');
  await startTowards(first).shutdown();
  const again = startTowards(second);
  (await rideMonitor('made after'))({ distance: 5 });
  await again.shutdown();

  expect(second.spans.map(span => span.name)).toContain('predict made after');
  const ids = [first, second].map(receiver => instanceId(receiver.points('ml.inference.active')));
  expect(ids[0]).toEqual(expect.any(String));
  expect(ids[0]).not.toBe(ids[1]);
});

test('a second start gives the first handle and says so', async () => {
  const driftspan = startTowards(await receiverForTest());
  const told = toldToDiag();
  expect(start({ serviceName: 'another' })).toBe(driftspan);
  expect(told).toEqual([expect.stringContaining('start() was called before')]);
});

test.each([
  ['options', null],
  ['serviceName', { serviceName: ' ' }],
  ['resourceAttributes', { resourceAttributes: 'a=b' }],
  ['traceExporter', { traceExporter: {} }],
  ['metricExporter', { metricExporter: 'otlp' }],
  ['exportIntervalMs', { exportIntervalMs: 0 }],
  ['exportIntervalMs', { exportIntervalMs: 2 ** 31 }],
  ['exportIntervalMs', { exportIntervalMs: Number.NaN }],
  ['instrumentations', { instrumentations: {} }],
  ['sampler', { sampler: 'always_on' }],
  ['handleSignals', { handleSignals: 'no' }],
])('a wrong option is refused: %s %#', (where, options) => {
  expect(() => start(options as never)).toThrow(expect.objectContaining({ code: 'ERR_START_OPTION', where }));
  expect(process.listenerCount('beforeExit')).toBe(0);
});
