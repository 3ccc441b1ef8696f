import { createRequire } from 'node:module';
import type { Receiver } from '@driftspan/otlp-receiver';
import { trace } from '@opentelemetry/api';
import { expect, onTestFinished, test } from 'vitest';
import { start } from '../src/index.js';
import { rideMonitor } from './model.js';
import { environment, logEvent, receiverForTest, startTowards, toldToDiag } from './receiving.js';

const PATHS = ['/v1/logs', '/v1/metrics', '/v1/traces'];

/** A metric, a span and a log event, each on its way when this resolves. */
async function sendOneOfEach(): Promise<void> {
  environment({ OTEL_NODE_RESOURCE_DETECTORS: 'env' });
  const driftspan = start();
  onTestFinished(() => driftspan.shutdown());
  (await rideMonitor('exported'))({ distance: 3 });
  logEvent('app.event');
  await driftspan.shutdown();
}

/** What one request to each path says of itself. */
function byPath<T>(receiver: Receiver, read: (request: Receiver['requests'][number]) => T): Record<string, T> {
  return Object.fromEntries(receiver.requests.map(request => [request.path, read(request)]));
}

test('OTEL_EXPORTER_OTLP_ENDPOINT is where all three signals go, below its path', async () => {
  const receiver = await receiverForTest();
  environment({ OTEL_EXPORTER_OTLP_ENDPOINT: `${receiver.url}/` });
  await sendOneOfEach();
  expect(receiver.requests.map(({ path }) => path).sort()).toEqual(PATHS);
  expect(receiver.logs.map(({ eventName }) => eventName)).toEqual(['app.event']);
});

test('each signal has an endpoint of its own, taken as it is', async () => {
  const receivers = await Promise.all(PATHS.map(() => receiverForTest()));
  const [logs, metrics, traces] = receivers.map(({ url }, index) => url + PATHS[index]!);
  environment({
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9',
    OTEL_EXPORTER_OTLP_LOGS_ENDPOINT: logs!,
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: metrics!,
    OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces!,
  });
  await sendOneOfEach();
  expect(receivers.map(({ requests }) => requests.map(({ path }) => path))).toEqual(PATHS.map(path => [path]));
});

test('headers go with all signals, and those of one signal with that one', async () => {
  const receiver = await receiverForTest();
  environment({
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_HEADERS: 'x-tenant=acme,x-key=a%20b',
    OTEL_EXPORTER_OTLP_METRICS_HEADERS: 'x-tenant=metrics',
  });
  await sendOneOfEach();
  expect(byPath(receiver, ({ headers }) => [headers['x-tenant'], headers['x-key']])).toEqual({
    '/v1/logs': ['acme', 'a b'],
    '/v1/metrics': ['metrics', 'a b'],
    '/v1/traces': ['acme', 'a b'],
  });
});

test.each<[Record<string, string>, string, string]>([
  [{}, 'identity', 'identity'],
  [{ OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip' }, 'gzip', 'gzip'],
  [{ OTEL_EXPORTER_OTLP_METRICS_COMPRESSION: 'gzip' }, 'gzip', 'identity'],
])('%o compresses metrics as %s, the others as %s', async (variables, metrics, others) => {
  const receiver = await receiverForTest();
  environment({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, ...variables });
  await sendOneOfEach();
  expect(byPath(receiver, ({ encoding }) => encoding)).toEqual({
    '/v1/logs': others,
    '/v1/metrics': metrics,
    '/v1/traces': others,
  });
});

test('the protocol is chosen for each signal', async () => {
  const receiver = await receiverForTest();
  environment({
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_LOGS_PROTOCOL: 'http/json',
    OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: 'http/protobuf',
    OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json',
  });
  await sendOneOfEach();
  expect(byPath(receiver, ({ contentType }) => contentType)).toEqual({
    '/v1/logs': 'application/json',
    '/v1/metrics': 'application/x-protobuf',
    '/v1/traces': 'application/json',
  });
});

/** What is told of a flush towards a collector that does not answer. */
async function flushUnanswered(variables: Record<string, string>): Promise<string> {
  const told = toldToDiag();
  environment({ OTEL_TRACES_EXPORTER: 'none', OTEL_LOGS_EXPORTER: 'none', ...variables });
  const receiver = await receiverForTest();
  const driftspan = startTowards(receiver);
  await rideMonitor('unanswered');
  receiver.respondWith(undefined, { delayMs: 60_000 });
  await driftspan.flush();
  receiver.respondWith(undefined);
  return told.join('\n');
}

test.each(['OTEL_EXPORTER_OTLP_TIMEOUT', 'OTEL_EXPORTER_OTLP_METRICS_TIMEOUT'])(
  '%s gives up on a collector that does not answer, before our own limit does',
  async timeout => {
    const told = await flushUnanswered({ [timeout]: '100' });
    expect(told).toContain('Request timed out');
    expect(told).not.toContain('no longer waited for');
  },
);

test('OTEL_METRIC_EXPORT_TIMEOUT gives up on an export; its request ends by the timeout of the exporter', async () => {
  const told = await flushUnanswered({ OTEL_METRIC_EXPORT_TIMEOUT: '100', OTEL_EXPORTER_OTLP_TIMEOUT: '300' });
  expect(told).toContain('export timed out after 100ms');
  expect(told).not.toContain('no longer waited for');
});

test('OTEL_LOGS_EXPORTER=none sends no log event, and registers no provider', async () => {
  const receiver = await receiverForTest();
  environment({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_LOGS_EXPORTER: 'none' });
  await sendOneOfEach();
  expect(receiver.requests.map(({ path }) => path).sort()).toEqual(['/v1/metrics', '/v1/traces']);
});

test('OTEL_BLRP_SCHEDULE_DELAY sends log events without a flush', async () => {
  environment({ OTEL_BLRP_SCHEDULE_DELAY: '50' });
  const receiver = await receiverForTest();
  startTowards(receiver);
  logEvent('app.soon');
  const [log] = await receiver.waitFor(({ logs }) => logs.length > 0 && logs);
  expect(log).toMatchObject({ eventName: 'app.soon', attributes: { of: 'the application' } });
});

test('a log event within a span carries its trace', async () => {
  const receiver = await receiverForTest();
  const driftspan = startTowards(receiver);
  trace.getTracer('app').startActiveSpan('order', span => {
    logEvent('app.event');
    span.end();
  });
  await driftspan.shutdown();
  const [span] = receiver.spans;
  expect(receiver.logs).toMatchObject([{ traceId: span?.traceId, spanId: span?.spanId }]);
});

test('OTEL_EXPORTER_OTLP_PROTOCOL=grpc sends all three signals over gRPC', async () => {
  const called = new Map<string, string>();
  environment({ OTEL_EXPORTER_OTLP_ENDPOINT: await grpcCollector(called), OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' });
  await sendOneOfEach();
  expect([...called.keys()].sort()).toEqual(['LogsService', 'MetricsService', 'TraceService']);
  expect(called.get('LogsService')).toContain('app.event');
  expect(called.get('MetricsService')).toContain('ml.feature.bins');
  expect(called.get('TraceService')).toContain('predict exported');
});

/** A gRPC server that takes what the three OTLP services are sent, as text; gives its address. */
async function grpcCollector(called: Map<string, string>): Promise<string> {
  // It comes along with the exporters that are tested here.
  const sdk = createRequire(import.meta.url).resolve('@opentelemetry/sdk-node');
  const exporter = createRequire(sdk).resolve('@opentelemetry/exporter-metrics-otlp-grpc');
  const { Server, ServerCredentials } = createRequire(exporter)('@grpc/grpc-js') as GrpcJs;
  const server = new Server();
  for (const [service, folder] of [
    ['LogsService', 'logs'],
    ['MetricsService', 'metrics'],
    ['TraceService', 'trace'],
  ] as const) {
    server.register(
      `/opentelemetry.proto.collector.${folder}.v1.${service}/Export`,
      ({ request }, answer) => {
        called.set(service, (called.get(service) ?? '') + request.toString('latin1'));
        answer(null, Buffer.alloc(0));
      },
      bytes => bytes,
      bytes => bytes,
      'unary',
    );
  }
  onTestFinished(() => server.forceShutdown());
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync('127.0.0.1:0', ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    );
  });
  return `http://127.0.0.1:${port}`;
}

interface GrpcJs {
  Server: new () => {
    register(
      path: string,
      handler: (call: { request: Buffer }, answer: (error: null, bytes: Buffer) => void) => void,
      serialize: (bytes: Buffer) => Buffer,
      deserialize: (bytes: Buffer) => Buffer,
      type: 'unary',
    ): void;
    bindAsync(address: string, credentials: unknown, done: (error: Error | null, port: number) => void): void;
    forceShutdown(): void;
  };
  ServerCredentials: { createInsecure(): unknown };
}
