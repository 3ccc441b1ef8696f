import type { MetricPoint } from '@driftspan/otlp-receiver';
import { trace } from '@opentelemetry/api';
import { ConsoleMetricExporter } from '@opentelemetry/sdk-metrics';
import { expect, onTestFinished, test, vi } from 'vitest';
import { start } from '../src/index.js';
import { rideMonitor } from './model.js';
import { environment, receiverForTest, startTowards, sum, toldToDiag, total } from './receiving.js';

const JSON_TYPE = 'application/json';
const PROTOBUF = 'application/x-protobuf';

async function sentTypes(variables: Record<string, string>) {
  environment(variables);
  const receiver = await receiverForTest();
  const driftspan = startTowards(receiver);
  (await rideMonitor('protocols'))({ distance: 3 });
  await driftspan.shutdown();
  const types = (path: string) => [
    ...new Set(receiver.requests.filter(request => request.path === path).map(request => request.contentType)),
  ];
  return { metrics: types('/v1/metrics'), traces: types('/v1/traces') };
}

test.each<[string, Record<string, string>, string, string]>([
  ['nothing', {}, JSON_TYPE, PROTOBUF],
  ['http/json', { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' }, JSON_TYPE, JSON_TYPE],
  ['http/protobuf', { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf' }, PROTOBUF, PROTOBUF],
  [
    'one for metrics alone',
    { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: 'http/protobuf' },
    PROTOBUF,
    JSON_TYPE,
  ],
])('OTEL_EXPORTER_OTLP_PROTOCOL asks for %s', async (_name, variables, metrics, traces) => {
  expect(await sentTypes(variables)).toEqual({ metrics: [metrics], traces: [traces] });
});

test('an unknown protocol is told, and metrics go out as http/json', async () => {
  const told = toldToDiag();
  const { metrics } = await sentTypes({ OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: 'carrier-pigeon' });
  expect(metrics).toEqual([JSON_TYPE]);
  expect(told).toContainEqual(expect.stringContaining('"carrier-pigeon"'));
});

test('OTEL_METRICS_EXPORTER=none sends spans and no metrics', async () => {
  expect(await sentTypes({ OTEL_METRICS_EXPORTER: 'none' })).toEqual({ metrics: [], traces: [PROTOBUF] });
});

test('OTEL_TRACES_EXPORTER=none sends metrics and no spans', async () => {
  expect(await sentTypes({ OTEL_TRACES_EXPORTER: 'none' })).toEqual({ metrics: [JSON_TYPE], traces: [] });
});

test('two exporters have a reader each, with the same counts', async () => {
  environment({
    OTEL_METRICS_EXPORTER: 'otlp, console,otlp',
    OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta',
  });
  const printed: unknown[] = [];
  const dir = vi.spyOn(console, 'dir').mockImplementation(metric => void printed.push(metric));
  onTestFinished(() => dir.mockRestore());
  const receiver = await receiverForTest();
  const driftspan = startTowards(receiver);
  const predict = await rideMonitor('two exporters');
  for (let distance = 0; distance < 5; distance++) predict({ distance });
  await driftspan.shutdown();

  expect(total(receiver, 'ml.feature.bins', 'two exporters')).toBe(5);
  expect(receiver.requests.filter(({ path }) => path === '/v1/metrics')).toHaveLength(1);
  const bins = printed.filter(
    metric => (metric as { descriptor: { name: string } }).descriptor.name === 'ml.feature.bins',
  );
  const points = bins.flatMap(
    metric => (metric as { dataPoints: { value: number; attributes: Record<string, unknown> }[] }).dataPoints,
  );
  const ours = points.filter(({ attributes }) => attributes['ml.model.name'] === 'two exporters');
  expect(ours.reduce((all, { value }) => all + value, 0)).toBe(5);
});

test.each(['otpl', 'otlp,otpl', 'prometheus,otpl'])('OTEL_METRICS_EXPORTER=%s is refused', exporters => {
  environment({ OTEL_METRICS_EXPORTER: exporters });
  expect(() => start()).toThrow(
    expect.objectContaining({ code: 'ERR_START_METRICS_EXPORTER', where: 'OTEL_METRICS_EXPORTER' }),
  );
  expect(trace.getTracer('t').startSpan('s').isRecording()).toBe(false);
});

test('an exporter that is given is used instead of OTEL_METRICS_EXPORTER', async () => {
  environment({ OTEL_METRICS_EXPORTER: 'otpl', OTEL_TRACES_EXPORTER: 'none' });
  const printed: unknown[] = [];
  const dir = vi.spyOn(console, 'dir').mockImplementation(metric => void printed.push(metric));
  onTestFinished(() => dir.mockRestore());
  const driftspan = start({ metricExporter: new ConsoleMetricExporter() });
  await rideMonitor('given exporter');
  await driftspan.shutdown();
  expect(JSON.stringify(printed)).toContain('given exporter');
});

test('OTEL_METRIC_EXPORT_INTERVAL is kept, and a longer timeout is cut to it', async () => {
  const told = toldToDiag();
  // On a busy machine an export takes 100 ms, and the SDK would tell of that too.
  environment({ OTEL_METRIC_EXPORT_INTERVAL: '500', OTEL_METRIC_EXPORT_TIMEOUT: '30000' });
  const receiver = await receiverForTest();
  startTowards(receiver);
  await rideMonitor('interval');
  await receiver.waitFor(({ requests }) => requests.filter(({ path }) => path === '/v1/metrics').length >= 3);
  expect(told).toEqual([expect.stringContaining('OTEL_METRIC_EXPORT_TIMEOUT: met 30000, expected at most')]);
});

test.each(['soon', '-1', '0', '1e12'])('an interval of %s is told and not used', async interval => {
  const told = toldToDiag();
  environment({ OTEL_METRIC_EXPORT_INTERVAL: interval });
  const receiver = await receiverForTest();
  const driftspan = startTowards(receiver);
  await rideMonitor('bad interval');
  await driftspan.flush();
  expect(receiver.requests.filter(({ path }) => path === '/v1/metrics')).toHaveLength(1);
  expect(told).toEqual([expect.stringContaining(`OTEL_METRIC_EXPORT_INTERVAL: met "${interval}"`)]);
});

test('with a preference for deltas, the deltas add up to what was counted', async () => {
  environment({ OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta' });
  const receiver = await receiverForTest();
  const deltas: MetricPoint[] = [];
  receiver.onMetrics(batch => {
    deltas.push(...batch.filter(point => point.attributes['ml.model.name'] === 'deltas'));
  });
  const driftspan = startTowards(receiver);
  const predict = await rideMonitor('deltas');
  for (const calls of [3, 0, 4]) {
    for (let distance = 0; distance < calls; distance++) predict({ distance });
    await driftspan.flush();
  }
  await driftspan.shutdown();

  for (const name of ['ml.feature.bins', 'ml.prediction.count', 'ml.inference.duration']) {
    const points = deltas.filter(point => point.name === name);
    expect(new Set(points.map(({ temporality }) => temporality))).toEqual(new Set(['delta']));
    expect(sum(points)).toBe(7);
  }
  // What is no count has no delta.
  expect(new Set(deltas.filter(point => point.name === 'ml.inference.active').map(p => p.temporality))).toEqual(
    new Set(['cumulative']),
  );
  expect(total(receiver, 'ml.feature.baseline.bins', 'deltas')).toBe(1000);
});

test.each<[string | undefined, Record<string, string>]>([
  [undefined, { sum: 'cumulative', histogram: 'cumulative', updown: 'cumulative' }],
  ['cumulative', { sum: 'cumulative', histogram: 'cumulative', updown: 'cumulative' }],
  ['delta', { sum: 'delta', histogram: 'delta', updown: 'cumulative' }],
  ['LowMemory', { sum: 'delta', histogram: 'delta', updown: 'cumulative' }],
])('OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE=%s asks for %o', async (preference, expected) => {
  environment(preference === undefined ? {} : { OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: preference });
  const receiver = await receiverForTest();
  const driftspan = startTowards(receiver);
  (await rideMonitor('temporality'))({ distance: 1 });
  await driftspan.shutdown();
  const of = (metric: string) => receiver.points(metric, { 'ml.model.name': 'temporality' })[0]?.temporality;
  expect({
    sum: of('ml.feature.bins'),
    histogram: of('ml.inference.duration'),
    updown: of('ml.inference.active'),
  }).toEqual(expected);
});

test('OTEL_SDK_DISABLED=true starts nothing: no request, no listener, the model answers', async () => {
  environment({ OTEL_SDK_DISABLED: ' TRUE ', OTEL_METRIC_EXPORT_INTERVAL: '50', OTEL_CONFIG_FILE: 'otel.yaml' });
  const listeners = process.listenerCount('SIGTERM');
  const receiver = await receiverForTest();
  const driftspan = startTowards(receiver);
  const predict = await rideMonitor('sdk disabled');
  expect(predict({ distance: 700 })).toEqual({ label: 'long', probability: 0.75 });
  await driftspan.flush();
  await driftspan.shutdown();
  expect(process.listenerCount('SIGTERM')).toBe(listeners);
  expect(trace.getTracer('t').startSpan('s').isRecording()).toBe(false);
  expect(receiver.requestCount).toBe(0);
});

test('OTEL_CONFIG_FILE is refused with a reason', () => {
  environment({ OTEL_CONFIG_FILE: 'otel.yaml' });
  expect(() => start()).toThrow(
    expect.objectContaining({
      code: 'ERR_START_CONFIG_FILE',
      met: '"otel.yaml"',
      message: expect.stringContaining('no place for the metrics of monitors'),
    }),
  );
});

test("DRIFTSPAN_DISABLED=1 leaves the application's own telemetry alone", async () => {
  environment({ DRIFTSPAN_DISABLED: '1' });
  const receiver = await receiverForTest();
  const driftspan = startTowards(receiver);
  const predict = await rideMonitor('driftspan disabled');
  expect(predict({ distance: 1 })).toEqual({ label: 'short', probability: 0.75 });
  trace.getTracer('app').startSpan('own span').end();
  await driftspan.shutdown();
  expect(receiver.spans.map(({ name }) => name)).toEqual(['own span']);
  expect(receiver.metrics.filter(point => point.attributes['ml.model.name'] === 'driftspan disabled')).toEqual([]);
});
