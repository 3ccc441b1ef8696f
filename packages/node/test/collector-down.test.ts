import { startReceiver } from '@driftspan/otlp-receiver';
import { expect, onTestFinished, test } from 'vitest';
import { rideMonitor } from './model.js';
import { environment, receiverForTest, startTowards, toldToDiag, total } from './receiving.js';

test('the application runs on while the collector is down, and counts catch up when it is back', async () => {
  // A short timeout for one request: the wait for it is not what is tested.
  environment({ OTEL_METRIC_EXPORT_INTERVAL: '100', OTEL_EXPORTER_OTLP_TIMEOUT: '500' });
  const first = await receiverForTest();
  const driftspan = startTowards(first);
  const predict = await rideMonitor('outage');
  for (let distance = 0; distance < 5; distance++) predict({ distance });
  await first.waitFor(receiver => total(receiver, 'ml.feature.bins', 'outage') === 5);
  const port = Number(new URL(first.url).port);
  await first.close();

  for (let distance = 0; distance < 20; distance++) {
    expect(predict({ distance })).toEqual({ label: 'short', probability: 0.75 });
  }
  // With the collector still down.
  await driftspan.flush();

  const second = await startReceiver({ port });
  onTestFinished(() => second.close());
  predict({ distance: 1 });
  await second.waitFor(receiver => total(receiver, 'ml.feature.bins', 'outage') === 26);
  expect(total(second, 'ml.inference.duration', 'outage')).toBe(26);
  expect(total(second, 'ml.prediction.count', 'outage')).toBe(26);
});

test('a collector that refuses metrics does not cost the spans', async () => {
  const told = toldToDiag();
  const metrics = await receiverForTest();
  metrics.respondWith(400);
  const traces = await receiverForTest();
  environment({ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${metrics.url}/v1/metrics` });
  const driftspan = startTowards(traces);
  const predict = await rideMonitor('refused');
  predict({ distance: 1 });
  await driftspan.shutdown();
  expect(traces.spans.map(({ name }) => name)).toEqual(['predict refused']);
  expect(metrics.turnedAwayCount).toBeGreaterThan(0);
  expect(told.join('\n')).not.toContain('no longer waited for');
});

test('a collector that refuses spans does not cost the metrics', async () => {
  const traces = await receiverForTest();
  traces.respondWith(400);
  const metrics = await receiverForTest();
  // The refusal is there long before the metrics are.
  metrics.respondWith(undefined, { delayMs: 300 });
  environment({ OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${metrics.url}/v1/metrics` });
  const driftspan = startTowards(traces);
  const predict = await rideMonitor('no spans');
  predict({ distance: 1 });
  await driftspan.shutdown();
  expect(traces.turnedAwayCount).toBeGreaterThan(0);
  expect(total(metrics, 'ml.feature.bins', 'no spans')).toBe(1);
});

test('an exporter of spans that fails to stop does not cost the metrics', async () => {
  const told = toldToDiag();
  const metrics = await receiverForTest();
  // The failure is there long before the metrics are.
  metrics.respondWith(undefined, { delayMs: 300 });
  const driftspan = startTowards(metrics, {
    traceExporter: {
      export: (_spans, done) => done({ code: 0 }),
      shutdown: () => Promise.reject(new Error('stuck')),
    },
  });
  const predict = await rideMonitor('stuck spans');
  predict({ distance: 1 });
  await driftspan.shutdown();
  expect(total(metrics, 'ml.feature.bins', 'stuck spans')).toBe(1);
  expect(told).toEqual([expect.stringContaining('a part of shutdown failed Error: stuck')]);
});

test('an exporter that never answers holds neither flush nor shutdown up for ever', async () => {
  const told = toldToDiag();
  const driftspan = startTowards(await receiverForTest(), {
    metricExporter: { export: () => {}, forceFlush: async () => {}, shutdown: async () => {} },
  });
  await rideMonitor('silence');
  await Promise.all([driftspan.flush(), driftspan.shutdown()]);
  expect(told).toEqual([
    expect.stringContaining('flush took longer than 5000 ms'),
    expect.stringContaining('shutdown took longer than 5000 ms'),
  ]);
});
