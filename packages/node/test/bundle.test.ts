import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { runScript } from './child.js';
import { receiverForTest, total } from './receiving.js';

test('in a bundle, where nothing can be resolved, http/json stands in for http/protobuf and says so, and prometheus is refused', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'driftspan-bundle-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const outfile = join(folder, 'app.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('fixtures/app.ts', import.meta.url))],
    bundle: true,
    platform: 'node',
    format: 'esm',
    conditions: ['@driftspan/source'],
    // The SDK's first line is CommonJS and requires the modules of Node.
    banner: { js: "import { createRequire as __cr } from 'node:module'; const require = __cr(import.meta.url);" },
    logLevel: 'error',
    outfile,
  });
  const receiver = await receiverForTest();
  const child = runScript([outfile, 'shutdown'], {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_LOG_LEVEL: 'warn',
  });
  const { code, output } = await child.ended;
  expect(output).toContain("exporter-metrics-otlp-proto for OTLP over http/protobuf can't be used, http/json is");
  expect(code).toBe(0);
  expect(total(receiver, 'ml.feature.bins', 'app')).toBe(10);
  expect(receiver.logs.map(({ eventName }) => eventName)).toEqual(['ml.outcome']);
  expect(receiver.requests.find(({ path }) => path === '/v1/metrics')?.contentType).toBe('application/json');
  expect(receiver.requests.find(({ path }) => path === '/v1/traces')?.contentType).toBe('application/x-protobuf');

  // What serves Prometheus has no stand-in.
  const refused = await runScript([outfile, 'shutdown'], { OTEL_METRICS_EXPORTER: 'prometheus' }).ended;
  expect(refused.code).toBe(1);
  expect(refused.output).toContain('ERR_START_METRICS_EXPORTER');
});
