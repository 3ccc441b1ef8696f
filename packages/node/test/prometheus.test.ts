import { once } from 'node:events';
import { connect } from 'node:net';
import { metrics } from '@opentelemetry/api';
import { expect, onTestFinished, test } from 'vitest';
import { start, startMetrics } from '../src/index.js';
import { runChild } from './child.js';
import { rideMonitor } from './model.js';
import { environment, receiverForTest, toldToDiag, total } from './receiving.js';
import { canListen, freePort, parseSamples, scrape, scraped, scrapeOn, sumOf } from './scraping.js';

/** OTEL_METRICS_EXPORTER with a free port for Prometheus, and nothing but metrics; gives the port. */
async function servedPort(exporters = 'prometheus', variables: Readonly<Record<string, string>> = {}): Promise<number> {
  const port = await freePort();
  environment({ ...serving(port), OTEL_METRICS_EXPORTER: exporters, ...variables });
  return port;
}

function serving(port: number): Record<string, string> {
  return {
    OTEL_METRICS_EXPORTER: 'prometheus',
    OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
    OTEL_EXPORTER_PROMETHEUS_PORT: String(port),
    OTEL_TRACES_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
  };
}

test.each([
  ['start', start],
  ['startMetrics', startMetrics],
])('%s() serves what was counted, cumulative, every series with the instance of the process', async (name, begin) => {
  const port = await servedPort();
  const model = `served by ${name}`;
  const predict = await rideMonitor(model);
  const instances: unknown[] = [];
  for (const expected of [3, 6]) {
    const driftspan = begin({ serviceName: 'served' });
    for (let distance = 0; distance < 3; distance++) predict({ distance });
    for (let again = 0; again < 2; again++) {
      const samples = await scraped(port);
      expect(sumOf(samples, 'ml_feature_bins_total', model)).toBe(expected);
      expect(sumOf(samples, 'ml_feature_baseline_bins', model)).toBe(1000);
      expect(sumOf(samples, 'ml_inference_duration_count', model)).toBe(expected);
      const [target] = samples.filter(sample => sample.name === 'target_info');
      expect(target?.labels).toMatchObject({ service_name: 'served', service_instance_id: expect.any(String) });
      const ids = new Set(samples.map(({ labels }) => labels['service_instance_id']));
      expect([...ids]).toEqual([target?.labels['service_instance_id']]);
      if (again === 0) instances.push(...ids);
    }
    await driftspan.shutdown();
    await expect(fetch(`http://127.0.0.1:${port}/metrics`)).rejects.toThrow();
  }
  // A second life is another series.
  expect(new Set(instances).size).toBe(2);
});

test("the application's own instruments are served by start() too, with their names and labels", async () => {
  const port = await servedPort();
  const driftspan = start();
  onTestFinished(() => driftspan.shutdown());
  metrics.getMeter('shop').createCounter('orders').add(4, { kind: 'book "a"\n' });
  expect(await scraped(port)).toContainEqual({
    name: 'orders_total',
    labels: expect.objectContaining({ kind: 'book "a"\n', otel_scope_name: 'shop' }),
    value: 4,
  });
});

test('otlp,prometheus: both have the same counts, each its own temporality', async () => {
  const receiver = await receiverForTest();
  const port = await servedPort('otlp,prometheus', {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE: 'delta',
  });
  const driftspan = startMetrics();
  const predict = await rideMonitor('both ways');
  for (const expected of [1, 2]) {
    predict({ distance: 1 });
    await driftspan.flush();
    expect(sumOf(await scraped(port), 'ml_feature_bins_total', 'both ways')).toBe(expected);
    expect(total(receiver, 'ml.feature.bins', 'both ways')).toBe(1);
  }
  await driftspan.shutdown();
});

test('an answer is compressed for a scraper that takes gzip', async () => {
  const port = await servedPort();
  const driftspan = startMetrics();
  onTestFinished(() => driftspan.shutdown());
  await rideMonitor('compressed');
  const answers = [];
  for (const encoding of ['identity', 'deflate, gzip;q=0.9']) {
    const answer = await fetch(`http://127.0.0.1:${port}/metrics`, { headers: { 'accept-encoding': encoding } });
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    answers.push([answer.headers.get('content-encoding'), parseSamples(await answer.text()).map(({ name }) => name)]);
  }
  const names = answers[0]![1];
  expect(names).toContain('ml_feature_bins_total');
  expect(answers).toEqual([
    [null, names],
    ['gzip', names],
  ]);
});

test('a scraper that hangs up midway is no fault, and the next one is answered', async () => {
  const told = toldToDiag();
  const port = await servedPort();
  const driftspan = startMetrics();
  onTestFinished(() => driftspan.shutdown());
  for (let model = 0; model < 20; model++) await rideMonitor(`hung up ${model}`);
  await scrape(port);
  const abort = new AbortController();
  const answer = await fetch(`http://127.0.0.1:${port}/metrics`, { signal: abort.signal });
  abort.abort();
  await expect(answer.text()).rejects.toThrow();
  expect(sumOf(await scraped(port), 'ml_feature_baseline_bins', 'hung up 19')).toBe(1000);
  expect(told.filter(message => message.includes('scrape'))).toEqual([]);
});

test('a port that is taken is told, and the application goes on with its other exporters', async () => {
  const receiver = await receiverForTest();
  const taken = new URL(receiver.url).port;
  await servedPort('prometheus,otlp', {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_PROMETHEUS_PORT: taken,
  });
  const told = toldToDiag();
  const driftspan = startMetrics();
  const predict = await rideMonitor('no port');
  expect(predict({ distance: 1 })).toEqual({ label: 'short', probability: 0.75 });
  await driftspan.flush();
  await driftspan.shutdown();
  expect(total(receiver, 'ml.feature.bins', 'no port')).toBe(1);
  expect(told).toEqual([
    expect.stringMatching(`not served at port ${taken} of 127.0.0.1; the application goes on.*EADDRINUSE`),
  ]);
});

test.each(['0', '65536', '9464.5', 'http'])('OTEL_EXPORTER_PROMETHEUS_PORT=%s is told', async port => {
  await servedPort('prometheus', { OTEL_EXPORTER_PROMETHEUS_PORT: port });
  const told = toldToDiag();
  await startMetrics().shutdown();
  expect(told[0]).toContain(`OTEL_EXPORTER_PROMETHEUS_PORT: met "${port}", expected a port from 1 to 65535`);
});

test('OTEL_EXPORTER_PROMETHEUS_HOST may be an address of any family that the machine has', async () => {
  const hosts: string[] = [];
  for (const address of ['127.0.0.1', '::1']) if (await canListen(address)) hosts.push(address);
  expect(hosts).toContain('127.0.0.1');
  for (const host of hosts) {
    const port = await servedPort('prometheus', { OTEL_EXPORTER_PROMETHEUS_HOST: host });
    const driftspan = startMetrics();
    onTestFinished(() => driftspan.shutdown());
    const asked = host.includes(':') ? `[${host}]` : host;
    expect((await scrape(port, '/metrics?x=1', asked)).status).toBe(200);
    expect((await scrape(port, '/', asked)).status).toBe(404);
    await driftspan.shutdown();
  }
});

test('without OTEL_EXPORTER_PROMETHEUS_HOST only this machine can ask', async () => {
  const port = await servedPort('prometheus', { OTEL_EXPORTER_PROMETHEUS_HOST: '' });
  const driftspan = startMetrics();
  onTestFinished(() => driftspan.shutdown());
  expect((await scrape(port, '/metrics', 'localhost')).status).toBe(200);
  // Another address of the loopback network, which a server on all interfaces would answer at.
  await expect(fetch(`http://127.0.0.2:${port}/metrics`)).rejects.toThrow();
});

test('a program that has nothing left to do ends, while a scraper keeps its connection', async () => {
  const port = await freePort();
  const child = runChild('app.ts', serving(port), 'linger');
  await scrape(port);
  onTestFinished(scrapeOn(port));
  expect(await child.ended).toMatchObject({ code: 0, signal: null });
});

test('shutdown waits for no scraper that would keep its connection', async () => {
  const told = toldToDiag();
  const port = await servedPort();
  const driftspan = startMetrics();
  onTestFinished(() => driftspan.shutdown());
  await scrape(port);
  const socket = connect(port, '127.0.0.1').setEncoding('utf8');
  let answer = '';
  socket.on('data', text => {
    answer += text;
  });
  // Midway in a request, the connection is not an idle one that the server would close by itself.
  socket.write('GET /metrics HTTP/1.1\r\nhost: x\r\n');
  await scrape(port);
  const ended = driftspan.shutdown();
  socket.write('\r\n');
  await Promise.all([ended, once(socket, 'close')]);
  expect(answer).toMatch(/^HTTP\/1.1 503/);
  expect(told.join()).not.toContain('no longer waited for');
});

test('SIGTERM ends a program that serves', async () => {
  const port = await freePort();
  const child = runChild('app.ts', serving(port), 'serve');
  await child.says('ready');
  onTestFinished(scrapeOn(port));
  expect(sumOf(await scraped(port), 'ml_feature_bins_total', 'app')).toBe(10);
  child.signal('SIGTERM');
  expect(await child.ended).toMatchObject({ code: null, signal: 'SIGTERM' });
});
