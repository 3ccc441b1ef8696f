import { NodeSDK } from '@opentelemetry/sdk-node';
import { expect, onTestFinished, test } from 'vitest';
import { Globals } from '../src/globals.js';
import { rideMonitor } from './model.js';
import { environment, receiverForTest, startTowards } from './receiving.js';

const KEEP_ALL = { rate: 1, maxPerSecond: 1e9 };

test('a kept prediction without a span arrives as a log event, of a monitor made before start too', async () => {
  environment({ OTEL_TRACES_SAMPLER: 'always_off' });
  const predict = await rideMonitor('events', { sampling: KEEP_ALL });
  const receiver = await receiverForTest();
  const driftspan = startTowards(receiver, { serviceName: 'rides' });
  predict({ distance: 7 });
  await driftspan.flush();
  expect(receiver.logs).toMatchObject([
    {
      eventName: 'ml.prediction',
      scope: { name: '@driftspan/core' },
      resource: { 'service.name': 'rides' },
      attributes: { 'ml.model.name': 'events', 'ml.prediction.label': 'short', 'ml.input.distance': 7 },
    },
  ]);
  expect(receiver.spans).toEqual([]);
});

test('with OTEL_LOGS_EXPORTER=none a kept prediction without a span goes nowhere', async () => {
  environment({ OTEL_TRACES_SAMPLER: 'always_off', OTEL_LOGS_EXPORTER: 'none' });
  const receiver = await receiverForTest();
  const driftspan = startTowards(receiver);
  const predict = await rideMonitor('no events', { sampling: KEEP_ALL });
  predict({ distance: 7 });
  await driftspan.shutdown();
  expect(receiver.requests.map(({ path }) => path)).toEqual(['/v1/metrics']);
});

test('events go to the SDK that runs: nowhere before start and after shutdown, and to the next one again', async () => {
  const predict = await rideMonitor('restarted events', {
    sampling: KEEP_ALL,
    predictionId: ({ distance }) => `ride ${distance}`,
  });
  const ride = (distance: number) => {
    predict({ distance });
    predict.monitor.recordOutcome(`ride ${distance}`, { label: 'long' });
  };
  const receivers = [await receiverForTest(), await receiverForTest()];
  for (const [index, receiver] of receivers.entries()) {
    ride(10 * index);
    const driftspan = startTowards(receiver);
    ride(10 * index + 1);
    await driftspan.shutdown();
    ride(10 * index + 2);
  }
  const outcomes = receivers.map(({ logs }) => logs.filter(({ eventName }) => eventName === 'ml.outcome'));
  expect(outcomes.map(logs => logs.map(({ attributes }) => attributes['ml.prediction.id']))).toEqual([
    ['ride 1'],
    ['ride 11'],
  ]);
});

test('where an SDK is registered already, events go to that one, also after shutdown', async () => {
  const [own, ours] = [await receiverForTest(), await receiverForTest()];
  environment({ OTEL_EXPORTER_OTLP_ENDPOINT: own.url, OTEL_TRACES_SAMPLER: 'always_off' });
  const globals = new Globals();
  const sdk = new NodeSDK({ serviceName: 'own', metricReaders: [] });
  sdk.start();
  globals.note();
  onTestFinished(() => globals.release());
  const driftspan = startTowards(ours);
  const predict = await rideMonitor('events of both', { sampling: KEEP_ALL });
  predict({ distance: 1 });
  await driftspan.shutdown();
  predict({ distance: 2 });
  await sdk.shutdown();
  expect(own.logs.map(({ attributes }) => attributes['ml.input.distance'])).toEqual([1, 2]);
  expect(ours.logs).toEqual([]);
});
