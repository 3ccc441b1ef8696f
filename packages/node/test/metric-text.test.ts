import { metricProducer } from '@driftspan/core';
import { PrometheusSerializer } from '@opentelemetry/exporter-prometheus';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { expect, onTestFinished, test } from 'vitest';
import { MetricText } from '../src/metric-text.js';
import { rideMonitor } from './model.js';

class ByHand extends MetricReader {
  protected async onForceFlush(): Promise<void> {}
  protected async onShutdown(): Promise<void> {}
}

/** One collection of an application with a metric, beside that many monitors. */
async function collected(monitors: number) {
  for (let index = 0; index < monitors; index++) {
    const predict = await rideMonitor(`in pieces ${index}`);
    onTestFinished(() => predict.monitor.dispose());
    predict({ distance: index });
  }
  const reader = new ByHand();
  const resource = resourceFromAttributes({ 'service.name': 'shop', 'service.instance.id': 'pod "1"\\\n' });
  const provider = new MeterProvider({ resource, readers: [reader] });
  provider.getMeter('shop').createHistogram('orders').record(3, { kind: 'book' });
  const own = await reader.collect();
  const ours = await metricProducer().collect();
  return { own: own.resourceMetrics, ours: ours.resourceMetrics };
}

test("in pieces it is to the byte what the SDK's serializer makes of it", async () => {
  const { own, ours } = await collected(20);
  let text = '';
  for await (const piece of new MetricText().of(own, ours)) text += piece;
  const serializer = new PrometheusSerializer('', false, /^service\.instance\.id$/);
  const together = { resource: own.resource, scopeMetrics: [...own.scopeMetrics, ...ours.scopeMetrics] };
  expect(text).toBe(serializer.serialize(together));
  expect(text).toContain('service_instance_id="pod \\"1\\"\\\\\\n"');
  expect(text.match(/^# TYPE ml_feature_bins_total /gm)).toHaveLength(1);
});

test('the event loop has its turns while much is written', async () => {
  // 5,000 series and more: 30 ms.
  const { own, ours } = await collected(100);
  const pieces: number[] = [];
  let turns = 0;
  const turn = setInterval(() => turns++);
  for await (const piece of new MetricText().of(own, ours)) pieces.push(piece.length);
  clearInterval(turn);
  expect(pieces.length).toBeGreaterThan(1);
  expect(turns).toBeGreaterThan(0);
});
