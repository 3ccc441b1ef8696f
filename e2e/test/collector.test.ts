import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type MetricPoint, type Receiver, startReceiver } from '@driftspan/otlp-receiver';
import { type RunningCollector, startCollector } from '@driftspan/servers';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { expectedValues, pointValues, shownValues } from '../src/agreement.js';
import { OTLP_NAMES } from '../src/names.js';
import { type PageSample, readPage, typesOf } from '../src/prometheus-page.js';
import { type Counted, type Replica, startReplica } from '../src/replica-process.js';
import { MODEL_ATTRIBUTES } from '../src/tally.js';

let folder: string;
let forwardedTo: Receiver;
let collector: RunningCollector;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftspan-e2e-'));
  forwardedTo = await startReceiver();
  collector = await startCollector({ file: join(folder, 'out.jsonl'), forwardTo: forwardedTo.url });
});
afterAll(async () => {
  await collector?.stop();
  await forwardedTo?.close();
  await rm(folder, { recursive: true, force: true });
});

/** The Collector forwards and writes behind its answer. */
const EVENTUALLY = { timeout: 30_000, interval: 200 };

const WIRES = [
  { protocol: 'http/json', compression: 'none' },
  { protocol: 'http/json', compression: 'gzip' },
  { protocol: 'http/protobuf', compression: 'none' },
  { protocol: 'http/protobuf', compression: 'gzip' },
];

test.each(WIRES)('over $protocol with $compression, page, file and OTLP show what was counted', async wire => {
  const service = `rides over ${wire.protocol} ${wire.compression}`;
  const gate = await startGate(collector);
  const replica = await startPushing(gate.url, service, 'one', {
    OTEL_EXPORTER_OTLP_PROTOCOL: wire.protocol,
    OTEL_EXPORTER_OTLP_COMPRESSION: wire.compression,
  });
  await replica.serve(137);
  await replica.flush();
  await replica.serve(363);
  const counted = await replica.end();
  expect(counted).toMatchObject({ spans: 500, logs: 47 });

  // What the Collector was sent, so that no wire is tested twice and another never.
  expect(gate.seen).toEqual(
    ['/v1/logs', '/v1/metrics', '/v1/traces'].map(path => ({
      path,
      type: wire.protocol === 'http/json' ? 'application/json' : 'application/x-protobuf',
      encoding: wire.compression === 'gzip' ? 'gzip' : undefined,
    })),
  );

  const expected = expectedValues(counted.facts, OTLP_NAMES);
  const page = await pageOf(collector, service);
  expect(shownValues(page.filter(isOfRides), OTLP_NAMES)).toEqual(expected);

  await vi.waitFor(() => expectReceived(forwardedTo, service, counted), EVENTUALLY);
  await vi.waitFor(() => expectInFile(collector.file!, service, counted), EVENTUALLY);
});

test('every metric has the name and the type that the rules are written for', async () => {
  const replica = await startPushing(collector.otlpUrl, 'names', 'one');
  await replica.serve(1);
  await replica.end();
  const types = typesOf(await (await fetch(collector.prometheusUrl)).text());
  const { target_info, ...ours } = types;
  expect(target_info).toBe('gauge');
  expect(ours).toEqual(OTLP_NAMES);
});

test('replicas have series of their own, told apart by job and instance and by nothing else', async () => {
  const replicas = await Promise.all(['one', 'two'].map(id => startPushing(collector.otlpUrl, 'replicas', id)));
  await Promise.all(replicas.map((replica, index) => replica.serve(100 + index)));
  const counted = await Promise.all(replicas.map(replica => replica.end()));
  const page = await pageOf(collector, 'replicas');
  expect([...new Set(page.map(({ labels }) => labels['instance']))].sort()).toEqual(['one', 'two']);
  for (const [index, id] of ['one', 'two'].entries()) {
    const own = page.filter(sample => isOfRides(sample) && sample.labels['instance'] === id);
    expect(shownValues(own, OTLP_NAMES)).toEqual(expectedValues(counted[index]!.facts, OTLP_NAMES));
  }
  const labels = new Set(
    page.filter(({ name }) => name === 'ml_feature_bins_total').flatMap(s => Object.keys(s.labels)),
  );
  expect([...labels].sort()).toEqual([
    'instance',
    'job',
    'ml_baseline_id',
    'ml_bin',
    'ml_bin_kind',
    'ml_feature_name',
    'ml_model_name',
    'ml_model_version',
    'ml_operation_name',
    'otel_scope_name',
    'otel_scope_schema_url',
    'otel_scope_version',
  ]);
});

test('bounds of histograms are spelled as Go prints a number', async () => {
  const replica = await startPushing(collector.otlpUrl, 'bounds', 'one');
  await replica.serve(1);
  await replica.end();
  const page = (await pageOf(collector, 'bounds')).filter(isOfRides);
  const boundsOf = (name: string) => [...new Set(page.filter(s => s.name === name).map(({ labels }) => labels['le']))];
  expect(boundsOf('ml_inference_duration_seconds_bucket').slice(0, 4)).toEqual(['1e-05', '2.5e-05', '5e-05', '0.0001']);
  expect(boundsOf('ml_inference_duration_seconds_bucket').slice(-3)).toEqual(['5', '10', '+Inf']);
  expect(boundsOf('ml_prediction_confidence_bucket').slice(-3)).toEqual(['0.95', '0.99', '+Inf']);
});

function startPushing(
  url: string,
  service: string,
  id: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<Replica> {
  return startReplica('push', {
    OTEL_EXPORTER_OTLP_ENDPOINT: url,
    OTEL_SERVICE_NAME: service,
    OTEL_RESOURCE_ATTRIBUTES: `service.instance.id=${id}`,
    ...variables,
  });
}

async function pageOf({ prometheusUrl }: RunningCollector, service: string): Promise<PageSample[]> {
  return readPage(await (await fetch(prometheusUrl)).text()).filter(({ labels }) => labels['job'] === service);
}

function isOfRides({ labels }: PageSample): boolean {
  return labels['ml_model_name'] === MODEL_ATTRIBUTES['ml.model.name'];
}

function expectReceived(received: Receiver, service: string, counted: Counted): void {
  const fromService = ({ resource }: Pick<MetricPoint, 'resource'>) => resource['service.name'] === service;
  expect(received.spans.filter(fromService)).toHaveLength(counted.spans);
  expect(received.logs.filter(fromService).map(({ eventName }) => eventName)).toEqual(
    Array.from({ length: counted.logs }, () => 'ml.outcome'),
  );
  const points = received.metrics
    .filter(fromService)
    .filter(({ attributes }) => attributes['ml.model.name'] === 'rides');
  expect(pointValues(points, OTLP_NAMES)).toEqual(expectedValues(counted.facts, OTLP_NAMES));
}

/** Every line of the file is a request of OTLP/JSON: a receiver reads them. */
async function expectInFile(file: string, service: string, counted: Counted): Promise<void> {
  const receiver = await startReceiver();
  try {
    // Not the line that is being written.
    for (const line of (await readFile(file, 'utf8')).split('\n').slice(0, -1)) {
      const { signal } = /^\{"resource(?<signal>Spans|Metrics|Logs)"/.exec(line)?.groups ?? {};
      const path = signal === 'Spans' ? 'traces' : signal?.toLowerCase();
      const headers = { 'content-type': 'application/json' };
      const { ok } = await fetch(`${receiver.url}/v1/${path}`, { method: 'POST', body: line, headers });
      expect(ok).toBe(true);
    }
    expectReceived(receiver, service, counted);
  } finally {
    await receiver.close();
  }
}

interface Gate {
  readonly url: string;
  /** Each kind of request that went through, in order of its path. */
  readonly seen: { path: string | undefined; type: string | undefined; encoding: string | undefined }[];
}

/** Hands requests on to the Collector and notes how they are encoded; closed when the test ends. */
async function startGate({ otlpUrl }: RunningCollector): Promise<Gate> {
  const kinds = new Map<string, Gate['seen'][number]>();
  const server = createServer((request, response) => {
    const { url, method, headers } = request;
    const kind = { path: url, type: headers['content-type'], encoding: headers['content-encoding'] };
    kinds.set(JSON.stringify(kind), kind);
    const onward = forward(`${otlpUrl}${url}`, { method, headers }, answer => {
      response.writeHead(answer.statusCode!, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    request.pipe(onward);
  });
  await new Promise<void>(listening => server.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get seen() {
      return [...kinds.values()].sort((a, b) => (a.path! < b.path! ? -1 : 1));
    },
  };
}
