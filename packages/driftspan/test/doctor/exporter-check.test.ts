import { fileURLToPath } from 'node:url';
import { startReceiver } from '@driftspan/otlp-receiver';
import { expect, it } from 'vitest';
import { metricsEndpoint } from '../../src/doctor/endpoint.js';
import { exporterCheck } from '../../src/doctor/exporter-check.js';
import { temporaryFolder } from '../temporary-folder.js';
import { httpServer, silentServer, surroundings } from './servers.js';

// A project that has the exporters: this repository.
const PROJECT = fileURLToPath(new URL('../../../..', import.meta.url));
const folder = temporaryFolder();

const check = (env: NodeJS.ProcessEnv, more: { cwd?: string; timeoutMs?: number; asked?: string } = {}) =>
  exporterCheck(
    metricsEndpoint(env, PROJECT, more.asked)!,
    surroundings({ env, cwd: more.cwd ?? PROJECT, timeoutMs: more.timeoutMs ?? 30_000 }),
  );

it("the project's own exporter sends a point, in each protocol over HTTP, with its own settings", async () => {
  const receiver = await startReceiver();
  try {
    for (const protocol of ['http/json', 'http/protobuf']) {
      const found = await check({
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
        OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
      });
      expect(found).toMatchObject({ name: 'exporter', state: 'ok' });
      expect(receiver.requests.at(-1)!.headers['content-encoding']).toBe('gzip');
      expect(receiver.points('driftspan.doctor.exporter')).toHaveLength(1);
      receiver.reset();
    }
    expect((await check({}, { asked: receiver.url })).state).toBe('ok');
  } finally {
    await receiver.close();
  }
});

it('a refusal is told as the exporter tells it', async () => {
  const url = await httpServer((_, response) => response.writeHead(401).end());
  const found = await check({ OTEL_EXPORTER_OTLP_ENDPOINT: url });
  expect(found.state).toBe('failed');
  expect(found.words).toMatch(/exporter-metrics-otlp-http failed: .*(?:401|Unauthorized)/);
});

it('points that were rejected in part are told', async () => {
  const url = await httpServer((_, response) => {
    response.setHeader('content-type', 'application/json');
    response.end('{"partialSuccess":{"rejectedDataPoints":"1","errorMessage":"no room"}}');
  });
  const found = await check({ OTEL_EXPORTER_OTLP_ENDPOINT: url });
  expect(found.state).toBe('failed');
  expect(found.words).toContain('no room');
});

it('an exporter that waits for an answer is ended', async () => {
  const found = await check({ OTEL_EXPORTER_OTLP_ENDPOINT: await silentServer() }, { timeoutMs: 2500 });
  expect(found.state).toBe('failed');
  expect(found.words).toContain('had no answer within 2.5 s');
});

it('where it is not installed nothing is sent by it', async () => {
  expect(await check({}, { cwd: folder.cwd })).toMatchObject({ name: 'exporter', state: 'none' });
});
