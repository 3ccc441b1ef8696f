import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { environmentChecks } from '../../src/doctor/environment-checks.js';
import { KNOWN_VARIABLES, redacted } from '../../src/doctor/known-variables.js';

const check = (name: string, value: string) => environmentChecks({ [name]: value })[0]!;

it('every variable that docs/environment.md names is known', async () => {
  const page = await readFile(new URL('../../../../docs/environment.md', import.meta.url), 'utf8');
  const names = new Set(page.match(/\b(?:OTEL|DRIFTSPAN)_[A-Z_]+[A-Z]\b/g));
  expect(names.size).toBeGreaterThan(30);
  // Named as a beginning: `OTEL_EXPORTER_OTLP_METRICS_…`.
  const beginnings = new Set([...names].filter(name => page.includes(`${name}_…`)));
  for (const name of names) if (!beginnings.has(name)) expect(KNOWN_VARIABLES.has(name), name).toBe(true);
});

it('what is set is told with who reads it, and nothing else of the environment', () => {
  const checks = environmentChecks({ PATH: '/bin', OTEL_SERVICE_NAME: 'shop', OTEL_LOG_LEVEL: ' ', SECRET: 'x' });
  expect(checks).toEqual([
    { name: 'OTEL_SERVICE_NAME', state: 'ok', words: 'shop, read by start(), startMetrics() and register' },
  ]);
  expect(environmentChecks({ PATH: '/bin' })[0]!.state).toBe('none');
});

it.each([
  ['OTEL_METRICS_EXPORTR', 'OTEL_METRICS_EXPORTER'],
  ['OTEL_EXPORTER_OTLP_ENDPIONT', 'OTEL_EXPORTER_OTLP_ENDPOINT'],
  ['DRIFTSPAN_CONFG', 'DRIFTSPAN_CONFIG'],
])('%s is warned of, with %s', (name, meant) => {
  const { state, advice } = check(name, 'x');
  expect([state, advice]).toEqual(['warning', `did you mean ${meant}?`]);
});

it.each([
  ['OTEL_SDK_DISABLED', 'true'],
  ['DRIFTSPAN_DISABLED', '1'],
  ['OTEL_METRICS_EXPORTER', 'none'],
  ['OTEL_CONFIG_FILE', 'otel.yaml'],
  ['OTEL_METRICS_EXPORTER', 'otlp,promtheus'],
  ['OTEL_EXPORTER_OTLP_PROTOCOL', 'http'],
  ['OTEL_INSTRUMENTATION_ML_CAPTURE_CONTENT', 'SPANS'],
])('%s=%s is a warning', (name, value) => {
  expect(check(name, value).state).toBe('warning');
});

it.each([
  ['OTEL_SDK_DISABLED', 'false'],
  ['DRIFTSPAN_DISABLED', '0'],
  ['OTEL_METRICS_EXPORTER', 'otlp, Prometheus'],
  ['OTEL_EXPORTER_OTLP_METRICS_PROTOCOL', 'http/protobuf'],
])('%s=%s is none', (name, value) => {
  expect(check(name, value).state).toBe('ok');
});

it('headers are told by their names, keys and certificates not at all, URLs without who logs in', () => {
  expect(redacted('OTEL_EXPORTER_OTLP_HEADERS', 'authorization=Bearer%20abc,x-tenant=7')).toBe(
    'authorization=…,x-tenant=…',
  );
  expect(redacted('OTEL_EXPORTER_OTLP_CLIENT_KEY', '/etc/key.pem')).toBe('…');
  expect(redacted('OTEL_API_TOKEN', 'abc')).toBe('…');
  expect(redacted('OTEL_EXPORTER_OTLP_ENDPOINT', 'https://me:secret@example.com/x?key=abc')).toBe(
    'https://…@example.com/x?…',
  );
});
