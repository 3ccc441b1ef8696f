import { OTLPMetricExporter as JsonExporter } from '@opentelemetry/exporter-metrics-otlp-http';
import { OTLPMetricExporter as ProtobufExporter } from '@opentelemetry/exporter-metrics-otlp-proto';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  AggregationTemporality,
  AggregationType,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
  type ResourceMetrics,
} from '@opentelemetry/sdk-metrics';
import { beforeAll, describe, expect, test } from 'vitest';
import type { MetricPoint, Receiver } from '../src/index.js';
import { receiverForTest } from './receiver-for-test.js';

type JsonConfig = NonNullable<ConstructorParameters<typeof JsonExporter>[0]>;
const GZIP = { compression: 'gzip' as unknown as NonNullable<JsonConfig['compression']> };

const HUGE = 2 ** 53;
const AWKWARD = 0.1 + 0.2;

let recorded: ResourceMetrics;

beforeAll(async () => {
  const memory = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const provider = new MeterProvider({
    resource: resourceFromAttributes({ 'service.name': 'shop', 'service.instance.id': 'one' }),
    readers: [new PeriodicExportingMetricReader({ exporter: memory, exportIntervalMillis: 2 ** 30 })],
    views: [
      { instrumentName: 'exponential', aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM } },
      {
        instrumentName: 'latency',
        aggregation: { type: AggregationType.EXPLICIT_BUCKET_HISTOGRAM, options: { boundaries: [0.1, 0.5, 2.5] } },
      },
    ],
  });
  const meter = provider.getMeter('checkout', '1.2.3');
  const counter = meter.createCounter('requests', { unit: '{request}', description: 'Requests served', valueType: 0 });
  counter.add(HUGE, { route: '/a', ok: true, code: 200, list: ['x', 'y'], share: 0.5 });
  counter.add(3, { route: '/b' });
  meter.createUpDownCounter('balance').add(-4);
  meter.createGauge('temperature', { unit: 'Cel' }).record(-AWKWARD);
  const latency = meter.createHistogram('latency', { unit: 's' });
  for (const seconds of [0.1, 0.2, 0.5, 1, 3]) latency.record(seconds);
  const exponential = meter.createHistogram('exponential');
  for (const value of [0, 0.75, 1.5, 1.5, 300]) exponential.record(value);
  await provider.forceFlush();
  const [metrics] = memory.getMetrics();
  recorded = metrics!;
  await provider.shutdown();
});

async function send(receiver: Receiver, format: 'json' | 'protobuf', gzip: boolean): Promise<void> {
  const config = { url: `${receiver.url}/v1/metrics`, ...(gzip ? GZIP : {}) };
  const exporter = format === 'json' ? new JsonExporter(config) : new ProtobufExporter(config);
  const result = await new Promise<{ code: number; error?: Error }>(done => exporter.export(recorded, done));
  await exporter.shutdown();
  expect(result).toEqual({ code: 0 });
}

function only(points: MetricPoint[]): MetricPoint {
  expect(points).toHaveLength(1);
  return points[0]!;
}

describe.each([
  { format: 'json', gzip: false, contentType: 'application/json' },
  { format: 'json', gzip: true, contentType: 'application/json' },
  { format: 'protobuf', gzip: false, contentType: 'application/x-protobuf' },
  { format: 'protobuf', gzip: true, contentType: 'application/x-protobuf' },
] as const)('metrics as $format, gzip $gzip', ({ format, gzip, contentType }) => {
  test('the request is recorded as it was sent', async () => {
    const receiver = await receiverForTest();
    await send(receiver, format, gzip);
    expect(receiver.requests).toHaveLength(1);
    const [request] = receiver.requests;
    expect(request).toMatchObject({ path: '/v1/metrics', contentType, encoding: gzip ? 'gzip' : 'identity' });
    expect(request!.bytes).toBeGreaterThan(100);
    expect(request!.headers['user-agent']).toMatch(/OTel-OTLP-Exporter-JavaScript/);
  });

  test('sums and gauges keep value, unit, scope, resource and attributes', async () => {
    const receiver = await receiverForTest();
    await send(receiver, format, gzip);
    expect(receiver.metricPointCount).toBe(6);
    const huge = only(receiver.points('requests', { route: '/a' }));
    expect(huge).toMatchObject({
      type: 'sum',
      temporality: 'cumulative',
      monotonic: true,
      unit: '{request}',
      description: 'Requests served',
      value: HUGE,
      scope: { name: 'checkout', version: '1.2.3' },
    });
    expect(huge.attributes).toEqual({ route: '/a', ok: true, code: 200, list: ['x', 'y'], share: 0.5 });
    expect(huge.resource).toMatchObject({ 'service.name': 'shop', 'service.instance.id': 'one' });
    expect(huge.timeUnixNano).toBeGreaterThan(1_600_000_000_000_000_000n);
    expect(only(receiver.points('requests', { route: '/b' })).value).toBe(3);
    expect(only(receiver.points('balance'))).toMatchObject({ type: 'sum', monotonic: false, value: -4 });
    const temperature = only(receiver.points('temperature'));
    expect(temperature).toMatchObject({ type: 'gauge', unit: 'Cel', value: -AWKWARD });
    expect(temperature).not.toHaveProperty('temporality');
  });

  test('a histogram keeps bounds, counts, sum, min and max', async () => {
    const receiver = await receiverForTest();
    await send(receiver, format, gzip);
    expect(only(receiver.points('latency'))).toMatchObject({
      type: 'histogram',
      temporality: 'cumulative',
      unit: 's',
      bounds: [0.1, 0.5, 2.5],
      counts: [1, 2, 1, 1],
      count: 5,
      sum: 0.1 + 0.2 + 0.5 + 1 + 3,
      min: 0.1,
      max: 3,
    });
  });

  test('an exponential histogram keeps scale, offsets and counts', async () => {
    const receiver = await receiverForTest();
    await send(receiver, format, gzip);
    const sent = recorded.scopeMetrics[0]!.metrics.find(metric => metric.descriptor.name === 'exponential')!;
    const value = sent.dataPoints[0]!.value as unknown as {
      scale: number;
      positive: { offset: number; bucketCounts: number[] };
    };
    expect(value.positive.bucketCounts.reduce((a, b) => a + b)).toBe(4);
    expect(only(receiver.points('exponential'))).toMatchObject({
      type: 'exponentialHistogram',
      count: 5,
      zeroCount: 1,
      scale: value.scale,
      positive: { offset: value.positive.offset, counts: value.positive.bucketCounts },
      negative: { offset: 0, counts: [] },
      min: 0,
      max: 300,
    });
  });
});

test('JSON and protobuf, with and without gzip, arrive equal', async () => {
  const arrived: MetricPoint[][] = [];
  for (const format of ['json', 'protobuf'] as const) {
    for (const gzip of [false, true]) {
      const receiver = await receiverForTest();
      await send(receiver, format, gzip);
      arrived.push(receiver.metrics);
    }
  }
  expect(arrived[0]).toHaveLength(6);
  for (const other of arrived.slice(1)) expect(other).toStrictEqual(arrived[0]);
});

test('the same series sent twice is one point, and both are counted', async () => {
  const receiver = await receiverForTest();
  await send(receiver, 'json', false);
  await send(receiver, 'protobuf', true);
  expect(receiver.metrics).toHaveLength(6);
  expect(receiver.metricPointCount).toBe(12);
});

test('a listener sees the points of each request until it unsubscribes', async () => {
  const receiver = await receiverForTest();
  const batches: number[] = [];
  const unsubscribe = receiver.onMetrics(points => batches.push(points.length));
  await send(receiver, 'protobuf', false);
  unsubscribe();
  await send(receiver, 'protobuf', false);
  expect(batches).toEqual([6]);
});
