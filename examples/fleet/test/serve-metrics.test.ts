import { createMonitor, defineModel } from '@driftspan/core';
import { expect, test } from 'vitest';
import { serveMetrics } from '../src/serve-metrics.js';

const IDENTITY = { 'service.name': 'flight-delays', 'service.instance.id': 'one' };

test('a drained process stays until what it counted has been scraped', async () => {
  const monitor = createMonitor({ model: defineModel({ name: 'drained', version: '1' }) });
  const served = await serveMetrics(0, IDENTITY);
  const page = async (): Promise<string> => (await fetch(`http://127.0.0.1:${served.port}/metrics`)).text();
  expect(await page()).toMatch(/ml_prediction_count_total\{.*ml_model_name="drained".*service_instance_id="one".*\} 0/);

  monitor.start({}).end({});
  let gone = false;
  const drained = served.drain().then(() => {
    gone = true;
  });
  await new Promise(resolve => setTimeout(resolve, 50));
  expect(gone).toBe(false);
  expect(await page()).toMatch(/ml_prediction_count_total\{.*ml_model_name="drained".*\} 1/);
  await drained;
  await expect(page()).rejects.toThrow();
  monitor.dispose();
});
