import { expect, it } from 'vitest';
import { metricsEndpoint } from '../../src/doctor/endpoint.js';

const endpoint = (env: NodeJS.ProcessEnv, asked?: string) => metricsEndpoint(env, process.cwd(), asked)!;

it.each([
  [{}, undefined, 'http://localhost:4318/v1/metrics', 'the default'],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a:1' }, undefined, 'http://a:1/v1/metrics', 'OTEL_EXPORTER_OTLP_ENDPOINT'],
  [
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a:1/otlp/' },
    undefined,
    'http://a:1/otlp/v1/metrics',
    'OTEL_EXPORTER_OTLP_ENDPOINT',
  ],
  [
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a:1', OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'http://b:2/push' },
    undefined,
    'http://b:2/push',
    'OTEL_EXPORTER_OTLP_METRICS_ENDPOINT',
  ],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://a:1' }, 'http://c:3', 'http://c:3/v1/metrics', '--endpoint'],
  [{}, 'http://c:3/v1/metrics', 'http://c:3/v1/metrics', '--endpoint'],
  [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, undefined, 'http://localhost:4317/', 'the default'],
])('%j and %s is %s', (env, asked, url, named) => {
  const found = endpoint(env, asked);
  expect([found.url.href, found.named]).toEqual([url, named]);
});

it('headers of metrics win over those of all signals, and are decoded', () => {
  const { headers } = endpoint({
    OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Bearer%20abc,x-tenant=1',
    OTEL_EXPORTER_OTLP_METRICS_HEADERS: 'x-tenant=2, broken, odd=%zz',
  });
  expect(headers).toEqual({ authorization: 'Bearer abc', 'x-tenant': '2', odd: '%zz' });
});

it('there is none where nothing goes out by OTLP, unless one is asked for', () => {
  expect(metricsEndpoint({ OTEL_METRICS_EXPORTER: 'prometheus' }, '.')).toBeUndefined();
  expect(metricsEndpoint({ OTEL_METRICS_EXPORTER: 'prometheus, OTLP' }, '.')).toBeDefined();
  expect(metricsEndpoint({ OTEL_METRICS_EXPORTER: 'none' }, '.', 'http://a:1')).toBeDefined();
});

it('what is no http URL is refused, without who logs in', () => {
  for (const text of ['localhost:4318', 'ftp://me:secret@a', 'a b']) {
    expect(() => endpoint({}, text)).toThrow(expect.objectContaining({ code: 'ERR_USAGE' }));
    expect(() => endpoint({}, text)).not.toThrow(/secret/);
  }
});

it('a certificate that can not be read is refused', () => {
  expect(() => endpoint({ OTEL_EXPORTER_OTLP_CERTIFICATE: 'nowhere.pem' })).toThrow(
    expect.objectContaining({ code: 'ERR_USAGE', where: 'OTEL_EXPORTER_OTLP_CERTIFICATE' }),
  );
});
