import { startReceiver } from '@driftspan/otlp-receiver';
import { expect, it } from 'vitest';
import { answerChecks } from '../../src/doctor/answer-checks.js';
import { metricsEndpoint } from '../../src/doctor/endpoint.js';
import { http2Server, httpServer, silentServer, surroundings } from './servers.js';

const checks = async (url: string, env: NodeJS.ProcessEnv = {}, timeoutMs = 20_000) =>
  answerChecks(metricsEndpoint(env, process.cwd(), url)!, surroundings({ env, timeoutMs }));

it('a receiver gets one point, and the clocks are compared', async () => {
  const receiver = await startReceiver();
  try {
    const [metric, clock] = await checks(receiver.url);
    expect(metric).toMatchObject({ name: 'test metric', state: 'ok' });
    expect(clock).toMatchObject({ name: 'clock', state: 'ok' });
    expect(receiver.metrics).toHaveLength(1);
    expect(receiver.metrics[0]).toMatchObject({ name: 'driftspan.doctor.test', value: 1 });
  } finally {
    await receiver.close();
  }
});

it.each([
  [401, 'set OTEL_EXPORTER_OTLP_HEADERS'],
  [403, 'set OTEL_EXPORTER_OTLP_HEADERS'],
  [404, 'without /v1/metrics'],
  [415, 'http/protobuf'],
  [429, 'nothing just now'],
  [500, 'log of the collector'],
  [302, 'no OTLP receiver'],
])('an answer of %i is told with what to do', async (status, advice) => {
  const url = await httpServer((_, response) => response.writeHead(status).end('no'));
  const [metric] = await checks(url);
  expect(metric!.state).toBe('failed');
  expect(metric!.words).toBe(`answered ${status}: "no"`);
  expect(metric!.advice).toContain(advice);
});

it('headers that are not accepted are told by their names', async () => {
  const url = await httpServer((request, response) => {
    response.writeHead(request.headers.authorization === 'Bearer right' ? 200 : 401).end('{}');
  });
  const [wrong] = await checks(url, { OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20wrong' });
  expect(wrong!.state).toBe('failed');
  expect(wrong!.advice).toContain('the headers authorization of');
  expect(JSON.stringify(wrong)).not.toContain('wrong');
  const [right] = await checks(url, { OTEL_EXPORTER_OTLP_HEADERS: 'authorization=Bearer%20right' });
  expect(right!.state).toBe('ok');
});

it.each([
  ['{"partialSuccess":{"rejectedDataPoints":"1","errorMessage":"no room"}}', 'failed'],
  ['{"partialSuccess":{"errorMessage":"deprecated"}}', 'warning'],
  ['{"partialSuccess":{}}', 'ok'],
  ['', 'ok'],
  ['not JSON', 'ok'],
])('an answer of %s is %s', async (body, state) => {
  const [metric] = await checks(await httpServer((_, response) => response.end(body)));
  expect(metric!.state).toBe(state);
});

it('a clock an hour ahead or behind is a warning', async () => {
  for (const [offsetMs, words] of [
    [3_600_000, 'behind'],
    [-3_600_000, 'ahead of'],
  ] as const) {
    const url = await httpServer((_, response) => {
      response.setHeader('date', new Date(Date.now() + offsetMs).toUTCString());
      response.end('{}');
    });
    const [, clock] = await checks(url);
    expect(clock!.state).toBe('warning');
    expect(clock!.words).toContain(`60 min ${words} the server's`);
  }
});

it('an answer without a Date says nothing of clocks', async () => {
  const url = await httpServer((_, response) => {
    response.sendDate = false;
    response.end('{}');
  });
  expect((await checks(url))[1]).toMatchObject({ name: 'clock', state: 'none' });
});

it('a server that says nothing is given up', async () => {
  const [metric] = await checks(await silentServer(), {}, 200);
  expect(metric!.state).toBe('failed');
  expect(metric!.words).toBe('no answer within 200 ms');
});

it('the port of gRPC, which speaks HTTP/2 alone, is told', async () => {
  const [metric] = await checks(await http2Server());
  expect(metric!.state).toBe('failed');
  expect(metric!.words).toContain('does not speak HTTP/1.1');
  expect(metric!.advice).toContain('OTEL_EXPORTER_OTLP_PROTOCOL=grpc');
});
