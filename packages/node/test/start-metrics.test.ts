import { metricProducer } from '@driftspan/core';
import type { MetricPoint } from '@driftspan/otlp-receiver';
import { context, metrics, trace } from '@opentelemetry/api';
import { AggregationTemporalityPreference, OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { AggregationType, MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { expect, onTestFinished, test } from 'vitest';
import { loggerProvider } from '../src/globals.js';
import { start, startMetrics } from '../src/index.js';
import { runChild } from './child.js';
import { rideMonitor } from './model.js';
import { environment, instanceId, metricsTowards, receiverForTest, sum, toldToDiag, total } from './receiving.js';

const METRICS = '/v1/metrics';

test("beside an application's own SDK, ours go out alone and its own stay as they were, views included", async () => {
  const [own, ours] = [await receiverForTest(), await receiverForTest()];
  environment({ OTEL_EXPORTER_OTLP_ENDPOINT: own.url });
  const sdk = new NodeSDK({
    serviceName: 'own',
    metricReaders: [
      new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter({ url: own.url + METRICS }) }),
    ],
    views: [
      { instrumentName: 'orders', name: 'shop.orders' },
      { instrumentName: 'ml.*', aggregation: { type: AggregationType.DROP } },
    ],
  });
  sdk.start();
  onTestFinished(() => {
    for (const api of [trace, metrics, context]) api.disable();
  });
  const driftspan = metricsTowards(ours, { serviceName: 'ours' });
  const predict = await rideMonitor('private reader');
  trace.getTracer('shop').startActiveSpan('order', span => {
    metrics.getMeter('shop').createCounter('orders').add(3);
    predict({ distance: 100 });
    span.end();
  });
  await driftspan.shutdown();
  expect(total(ours, 'ml.feature.bins', 'private reader')).toBe(1);
  expect(ours.points('ml.feature.bins')[0]?.resource).toMatchObject({ 'service.name': 'ours' });
  expect(ours.requests.map(({ path }) => path)).toEqual([METRICS]);
  expect(ours.metrics.filter(({ name }) => !name.startsWith('ml.'))).toEqual([]);

  // Its own go on after ours have stopped.
  predict({ distance: 100 });
  await sdk.shutdown();
  expect(own.metrics.map(({ name }) => name)).toEqual(['shop.orders']);
  expect(sum(own.points('shop.orders'))).toBe(3);
  expect(own.spans.map(({ name }) => name).sort()).toEqual([
    'order',
    'predict private reader',
    'predict private reader',
  ]);
});

test('nothing is registered, and no listener stays behind', async () => {
  const seen = () => [
    metrics.getMeterProvider(),
    trace.getTracer('t').startSpan('s').isRecording(),
    loggerProvider(),
    ...(['SIGTERM', 'SIGINT', 'beforeExit'] as const).map(event => process.listenerCount(event)),
  ];
  const before = seen();
  const driftspan = metricsTowards(await receiverForTest());
  expect(seen()).toEqual([...before.slice(0, 3), 1, 1, 1]);
  await driftspan.shutdown();
  expect(seen()).toEqual(before);
});

test('a kept prediction makes no log event that nobody asked for', async () => {
  const receiver = await receiverForTest();
  const driftspan = metricsTowards(receiver);
  const predict = await rideMonitor('no events', { sampling: { rate: 1, maxPerSecond: 1e9 } });
  predict({ distance: 7 });
  await driftspan.shutdown();
  expect(receiver.requests.map(({ path }) => path)).toEqual([METRICS]);
});

test.each<[string | undefined, string]>([
  [undefined, 'cumulative'],
  ['delta', 'delta'],
])('with a preference for %s, what arrives adds up to what was counted', async (preference, temporality) => {
  environment(preference === undefined ? {} : { OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: preference });
  const receiver = await receiverForTest();
  const points: MetricPoint[] = [];
  const model = `beside in ${temporality}`;
  receiver.onMetrics(batch => {
    points.push(
      ...batch.filter(({ name, attributes }) => name === 'ml.feature.bins' && attributes['ml.model.name'] === model),
    );
  });
  const driftspan = metricsTowards(receiver);
  const predict = await rideMonitor(model);
  for (const calls of [3, 0, 4]) {
    for (let distance = 0; distance < calls; distance++) predict({ distance });
    await driftspan.flush();
  }
  expect(new Set(points.map(point => point.temporality))).toEqual(new Set([temporality]));
  expect(sum(points)).toBe(temporality === 'delta' ? 7 : 3 + 3 + 7);
  expect(total(receiver, 'ml.feature.baseline.bins', model)).toBe(1000);
});

test("an exporter that is given is used, with its temporality, and the environment's is not", async () => {
  environment({ OTEL_METRICS_EXPORTER: 'none' });
  const receiver = await receiverForTest();
  const exporter = new OTLPMetricExporter({
    url: receiver.url + METRICS,
    temporalityPreference: AggregationTemporalityPreference.DELTA,
  });
  const driftspan = startMetrics({ exporter, exportIntervalMs: 50 });
  onTestFinished(() => driftspan.shutdown());
  (await rideMonitor('given'))({ distance: 1 });
  await receiver.waitFor(() => total(receiver, 'ml.feature.bins', 'given') === 1);
  expect(receiver.points('ml.feature.bins')[0]?.temporality).toBe('delta');
});

test.each<[Record<string, string>, string[]]>([
  [{}, ['application/json']],
  [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' }, ['application/x-protobuf']],
  [{ OTEL_METRICS_EXPORTER: 'none' }, []],
])('under %o metrics go out as %o', async (variables, types) => {
  environment(variables);
  const receiver = await receiverForTest();
  const driftspan = metricsTowards(receiver);
  await rideMonitor('protocols beside');
  await driftspan.shutdown();
  expect(receiver.requests.map(({ contentType }) => contentType)).toEqual(types);
});

test.each([
  ['start', start, startMetrics],
  ['startMetrics', startMetrics, start],
  ['startMetrics', startMetrics, startMetrics],
])('after %s() a second one gives its handle and says so: nothing is exported twice', async (name, first, second) => {
  const receiver = await receiverForTest();
  environment({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
  const driftspan = first();
  const told = toldToDiag();
  expect(second({ serviceName: 'another' })).toBe(driftspan);
  expect(told).toEqual([expect.stringContaining(`${name}() was called before`)]);
  await rideMonitor('once');
  await driftspan.shutdown();
  expect(receiver.requests.filter(({ path }) => path === METRICS)).toHaveLength(1);
  // And then again.
  const next = second();
  expect(next).not.toBe(driftspan);
  await next.shutdown();
});

test.each([{ OTEL_SDK_DISABLED: 'true' }, { DRIFTSPAN_DISABLED: '1' }])('under %o nothing starts', async variables => {
  environment({ ...variables, OTEL_CONFIG_FILE: 'otel.yaml' });
  const receiver = await receiverForTest();
  const listeners = process.listenerCount('SIGTERM');
  const driftspan = metricsTowards(receiver);
  expect(process.listenerCount('SIGTERM')).toBe(listeners);
  (await rideMonitor('beside disabled'))({ distance: 1 });
  await driftspan.flush();
  await driftspan.shutdown();
  expect(receiver.requestCount).toBe(0);
});

test("with the application's configuration file an exporter has to be given", async () => {
  environment({ OTEL_CONFIG_FILE: 'otel.yaml' });
  expect(() => startMetrics()).toThrow(
    expect.objectContaining({
      code: 'ERR_START_CONFIG_FILE',
      message: expect.stringContaining('Use startMetrics({ exporter })'),
    }),
  );
  const receiver = await receiverForTest();
  const driftspan = startMetrics({ exporter: new OTLPMetricExporter({ url: receiver.url + METRICS }) });
  (await rideMonitor('beside a file'))({ distance: 1 });
  await driftspan.shutdown();
  expect(total(receiver, 'ml.feature.bins', 'beside a file')).toBe(1);
});

test('a collector that is down or silent holds neither flush nor shutdown up, and nothing rejects', async () => {
  const told = toldToDiag();
  const receiver = await receiverForTest();
  receiver.respondWith(400);
  const driftspan = metricsTowards(receiver);
  const predict = await rideMonitor('beside an outage');
  await driftspan.flush();
  expect(told.join('\n')).toContain('metrics export failed');
  receiver.respondWith(undefined, { delayMs: 60_000 });
  expect(predict({ distance: 700 })).toEqual({ label: 'long', probability: 0.75 });
  await driftspan.shutdown();
  expect(told.join('\n')).toContain('shutdown took longer than 5000 ms');
  receiver.respondWith(undefined);
});

test("an application's own reader beside ours both have all counts", async () => {
  const [own, ours] = [await receiverForTest(), await receiverForTest()];
  const exporter = new OTLPMetricExporter({ url: own.url + METRICS });
  const provider = new MeterProvider({
    readers: [new PeriodicExportingMetricReader({ exporter, metricProducers: [metricProducer({ like: exporter })] })],
  });
  const driftspan = metricsTowards(ours);
  (await rideMonitor('two readers'))({ distance: 1 });
  await Promise.all([provider.shutdown(), driftspan.shutdown()]);
  for (const receiver of [own, ours]) expect(total(receiver, 'ml.feature.bins', 'two readers')).toBe(1);
});

test.each(['metrics-beside.mjs', 'metrics-beside.cjs'])(
  '%s: the last interval is out when the process ends',
  async file => {
    for (const how of ['return', 'serve']) {
      const [own, ours] = [await receiverForTest(), await receiverForTest()];
      const child = runChild(
        file,
        { OWN_ENDPOINT: own.url, OTEL_EXPORTER_OTLP_ENDPOINT: ours.url, OTEL_LOGS_EXPORTER: 'none' },
        how,
      );
      if (how === 'serve') {
        await child.says('ready');
        child.signal('SIGTERM');
      }
      expect(await child.ended).toEqual({ code: 0, signal: null, output: how === 'serve' ? 'ready\nstopped\n' : '' });
      expect(total(ours, 'ml.prediction.count', 'beside')).toBe(10);
      expect(own.metrics.map(({ name }) => name)).toEqual(['orders']);
      expect(own.spans).toHaveLength(11);
      expect(instanceId(ours.points('ml.prediction.count'))).toBe(instanceId(own.points('orders')));
    }
  },
);

test.each([
  ['options', null],
  ['serviceName', { serviceName: ' ' }],
  ['resourceAttributes', { resourceAttributes: 'a=b' }],
  ['exporter', { exporter: {} }],
  ['exportIntervalMs', { exportIntervalMs: 0 }],
  ['handleSignals', { handleSignals: 'no' }],
  ['resource', { resource: { attributes: {} } }],
  ['resource', { resource: null }],
  ['serviceName', { resource: resourceFromAttributes({}), serviceName: 's' }],
  ['resourceAttributes', { resource: resourceFromAttributes({}), resourceAttributes: { region: 'eu' } }],
])('a wrong option is refused: %s %#', (where, options) => {
  expect(() => startMetrics(options as never)).toThrow(expect.objectContaining({ code: 'ERR_START_OPTION', where }));
  expect(process.listenerCount('beforeExit')).toBe(0);
});
