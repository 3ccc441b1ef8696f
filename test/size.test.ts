import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Ceilings in bytes of the minified, gzipped bundle with everything of ours in it, peers left out. They are what a cold start
 * parses and an edge function ships; raising one is a decision, with its reason here.
 */
const CEILINGS: Readonly<Record<string, { readonly bytes: number; readonly reason: string }>> = {
  sketch: {
    bytes: 44_200,
    reason:
      'everything at once: learning and merging are 10 kB of it, comparing and merging baselines 6.5, feature kinds 5 (170 bytes see to it that no step of a sample falls in with a row), SHA-256 and HMAC 2, sensitive features 2; a bundle that imports one function holds that function',
  },
  core: {
    bytes: 69_000,
    reason:
      'sketch included, with the learner that `learnFrom` needs; streams are 5 kB of it, sampling and records 6, reading and counting a row 3, with and without generated code, coarser exports 1; must load in an edge function',
  },
  'instrumentation-onnxruntime': { bytes: 76_000, reason: 'core included; loads beside a native library of 40 MB' },
  node: { bytes: 58_000, reason: 'core included; the OpenTelemetry SDK beside it is over 100 kB' },
};

for (const [name, { bytes }] of Object.entries(CEILINGS)) {
  test(`@driftspan/${name} stays under ${bytes} bytes`, async () => {
    const { outputFiles } = await build({
      entryPoints: [`${root}/packages/${name}/dist/index.js`],
      bundle: true,
      minify: true,
      format: 'esm',
      platform: name === 'core' || name === 'sketch' ? 'neutral' : 'node',
      external: ['@opentelemetry/*'],
      write: false,
      logLevel: 'silent',
    });
    const size = gzipSync(outputFiles[0]!.contents, { level: 9 }).length;
    expect(size).toBeGreaterThan(1000);
    expect(size).toBeLessThanOrEqual(bytes);
  });
}
