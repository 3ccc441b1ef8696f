import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { runScript } from './child.js';
import { freePort, type ScrapedSample, scraped, sumOf } from './scraping.js';

const page = readFileSync(new URL('../../../docs/how-to/prometheus-without-a-collector.md', import.meta.url), 'utf8');

/** Runs the program of the page that begins with its name, from source, and gives what a scrape of it holds. */
async function samplesOf(
  program: string,
  variables: (port: string) => Record<string, string>,
): Promise<ScrapedSample[]> {
  const code = page
    .split('```js\n')
    .find(block => block.startsWith(`// ${program}`))
    ?.split('```')[0];
  if (code === undefined) throw new Error(`the page has no ${program}`);
  const port = await freePort();
  const source = ['--conditions', '@driftspan/source', '--import', 'tsx', '--input-type=module', '--eval'];
  const child = runScript([...source, code], variables(String(port)));
  const samples = await Promise.race([watched(port), child.ended]);
  if ('output' in samples) throw new Error(samples.output);
  child.signal('SIGTERM');
  await child.ended;
  return samples;
}

/** Once the program has its monitor: the port is open before. */
async function watched(port: number): Promise<ScrapedSample[]> {
  for (;;) {
    const samples = await scraped(port);
    if (samples.some(({ name }) => name.startsWith('ml_'))) return samples;
  }
}

test("the page's first program serves its bins, each with the name of its process", async () => {
  const samples = await samplesOf('app.mjs', port => ({
    OTEL_METRICS_EXPORTER: 'prometheus',
    OTEL_TRACES_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_EXPORTER_PROMETHEUS_HOST: '127.0.0.1',
    OTEL_EXPORTER_PROMETHEUS_PORT: port,
  }));
  expect(sumOf(samples, 'ml_feature_baseline_bins', 'fare')).toBe(10_000);
  expect(new Set(samples.map(({ labels }) => labels['service_instance_id']))).toEqual(new Set([expect.any(String)]));
});

test("an exporter of the application's own serves its metrics and ours under one name of the process", async () => {
  const samples = await samplesOf('own-sdk.mjs', port => ({
    METRICS_PORT: port,
    OTEL_TRACES_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
  }));
  const names = new Set(samples.map(({ name }) => name));
  expect([...names]).toEqual(
    expect.arrayContaining(['target_info', 'ml_inference_duration_count', 'ml_inference_active']),
  );
  expect(new Set(samples.map(({ labels }) => labels['service_instance_id']))).toEqual(new Set([expect.any(String)]));
});
