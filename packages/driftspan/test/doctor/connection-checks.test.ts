import { expect, it } from 'vitest';
import { connectionChecks } from '../../src/doctor/connection-checks.js';
import { metricsEndpoint } from '../../src/doctor/endpoint.js';
import { CERTIFICATE, deadUrl, httpServer, httpsServer, silentServer, surroundings } from './servers.js';

const checks = async (url: string, env: NodeJS.ProcessEnv = {}, timeoutMs = 20_000) =>
  connectionChecks(metricsEndpoint(env, process.cwd(), url)!, surroundings({ timeoutMs }));

it('a server that listens is connected to', async () => {
  const [endpoint, ...more] = await checks(await httpServer(() => {}));
  expect(endpoint).toMatchObject({ name: 'endpoint', state: 'ok' });
  expect(more).toEqual([]);
});

it('a dead port is told, with what to start', async () => {
  const [endpoint] = await checks(await deadUrl());
  expect(endpoint!.state).toBe('failed');
  expect(endpoint!.words).toContain('nothing listens there');
  expect(endpoint!.advice).toContain('start the collector');
});

it('a name that does not resolve is told', async () => {
  const [endpoint] = await checks('http://collector.invalid:4318');
  expect(endpoint!.state).toBe('failed');
  expect(endpoint!.words).toContain('the name collector.invalid does not resolve');
});

it('a certificate that nobody signed is not trusted, unless its CA is given', async () => {
  const url = await httpsServer(() => {});
  const [connected, tls] = await checks(url);
  expect(connected!.state).toBe('ok');
  expect(tls).toMatchObject({ name: 'TLS', state: 'failed' });
  expect(tls!.advice).toContain('OTEL_EXPORTER_OTLP_CERTIFICATE');
  const trusted = await checks(url, { OTEL_EXPORTER_OTLP_CERTIFICATE: CERTIFICATE });
  expect(trusted.map(({ state }) => state)).toEqual(['ok', 'ok']);
});

it('https to a server without TLS is told', async () => {
  const url = (await httpServer(() => {})).replace('http:', 'https:');
  const tls = (await checks(url)).at(-1)!;
  expect(tls.state).toBe('failed');
  expect(tls.advice).toContain('use http://');
});

it('a handshake that never ends is given up', async () => {
  const url = (await silentServer()).replace('http:', 'https:');
  const tls = (await checks(url, {}, 200)).at(-1)!;
  expect(tls.state).toBe('failed');
  expect(tls.words).toContain('no TLS handshake within 200 ms');
});
