import { metricProducer } from '@driftspan/core';
import { context, metrics, trace } from '@opentelemetry/api';
import { OTLPMetricExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { MeterProvider, PeriodicExportingMetricReader } from '@opentelemetry/sdk-metrics';
import { NodeSDK } from '@opentelemetry/sdk-node';
import { expect, onTestFinished, test } from 'vitest';
import { type Ride, rideMonitor } from './model.js';
import { environment, instanceId, receiverForTest, startTowards, sum, total } from './receiving.js';

const METRICS = '/v1/metrics';

function readerTowards(url: string): PeriodicExportingMetricReader {
  const exporter = new OTLPMetricExporter({ url: url + METRICS });
  return new PeriodicExportingMetricReader({ exporter, metricProducers: [metricProducer({ like: exporter })] });
}

test("beside an application's own NodeSDK, its metrics and ours go out through one reader", async () => {
  const receiver = await receiverForTest();
  environment({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
  const sdk = new NodeSDK({ serviceName: 'own', metricReaders: [readerTowards(receiver.url)] });
  sdk.start();
  onTestFinished(() => {
    for (const api of [trace, metrics, context]) api.disable();
  });
  const orders = metrics.getMeter('shop').createCounter('orders');
  const predict = await rideMonitor('beside');
  trace.getTracer('shop').startActiveSpan('order', span => {
    orders.add(3);
    predict({ distance: 100 });
    span.end();
  });
  await sdk.shutdown();

  expect(sum(receiver.points('orders'))).toBe(3);
  expect(total(receiver, 'ml.feature.bins', 'beside')).toBe(1);
  expect(receiver.points('ml.feature.bins')[0]?.resource).toEqual(receiver.points('orders')[0]?.resource);
  const [prediction, order] = ['predict beside', 'order'].map(name => receiver.spans.find(span => span.name === name));
  expect(prediction?.traceId).toBe(order?.traceId);
  expect(prediction?.parentSpanId).toBe(order?.spanId);
});

test('a hostile monitor costs the application none of its own metrics', async () => {
  const receiver = await receiverForTest();
  const provider = new MeterProvider({ readers: [readerTowards(receiver.url)] });
  const orders = provider.getMeter('shop').createCounter('orders');
  const fault = () => {
    throw new Error('hostile');
  };
  const predict = await rideMonitor('hostile', {
    output: { label: fault, confidence: fault },
    predictionId: fault,
    clock: fault,
  });
  const { proxy, revoke } = Proxy.revocable({ distance: 1 } as Ride, {});
  revoke();
  const rides: unknown[] = [
    proxy,
    null,
    Object.create({
      get distance() {
        return fault();
      },
    }),
    { distance: Symbol('d') },
  ];
  for (const ride of rides) {
    try {
      predict(ride as Ride);
    } catch (error) {
      // The model's own: it reads the same row.
      expect(error).toBeInstanceOf(Error);
    }
  }
  orders.add(2);
  await provider.shutdown();

  expect(sum(receiver.points('orders'))).toBe(2);
  expect(sum(receiver.points('ml.feature.bins', { 'ml.model.name': 'hostile', 'ml.bin.kind': 'invalid' }))).toBe(3);
  expect(total(receiver, 'ml.sdk.dropped', 'hostile')).toBeGreaterThan(0);
});

test('where an SDK is registered already, start() sends metrics and leaves what it found', async () => {
  const own = await receiverForTest();
  const ours = await receiverForTest();
  environment({ OTEL_EXPORTER_OTLP_ENDPOINT: own.url, OTEL_METRICS_EXPORTER: 'none' });
  const sdk = new NodeSDK({ serviceName: 'own', metricReaders: [readerTowards(own.url)] });
  sdk.start();
  onTestFinished(() => {
    for (const api of [trace, metrics, context]) api.disable();
  });
  environment({ OTEL_METRICS_EXPORTER: 'otlp' });
  const driftspan = startTowards(ours, { serviceName: 'ours' });
  const predict = await rideMonitor('second SDK');
  predict({ distance: 100 });
  await driftspan.shutdown();
  expect(total(ours, 'ml.feature.bins', 'second SDK')).toBe(1);

  predict({ distance: 100 });
  await sdk.shutdown();
  expect(own.spans.map(({ name }) => name)).toEqual(['predict second SDK', 'predict second SDK']);
  expect(total(own, 'ml.feature.bins', 'second SDK')).toBe(2);
  expect(instanceId(ours.points('ml.feature.bins'))).toEqual(expect.any(String));
});
