import { findEveryPrometheus, prometheusVersion, type RunningPrometheus, startPrometheus } from '@driftspan/servers';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { expectedValues, shownValues, sumOf, type Values } from '../src/agreement.js';
import { JS_NAMES } from '../src/names.js';
import { typesOf } from '../src/prometheus-page.js';
import { type Counted, type Replica, startReplica } from '../src/replica-process.js';

/** Scrapes are a second apart, and a collection's series become visible together. */
const EVENTUALLY = { timeout: 60_000, interval: 200 };

test('every metric of the page has the name and the type that the rules are written for', async () => {
  const replica = await startPage('one');
  await replica.serve(1);
  const page = await (await fetch(`http://127.0.0.1:${replica.port}/metrics`)).text();
  const { target_info, ...ours } = typesOf(page);
  expect(target_info).toBe('gauge');
  expect(ours).toEqual(JS_NAMES);
});

describe.each(findEveryPrometheus())('%s', bin => {
  let version: string;
  beforeAll(async () => {
    version = await prometheusVersion(bin);
  });

  test('a scrape shows what was counted, in series of the process', async () => {
    const replica = await startPage('one');
    const prometheus = await scraping(bin, replica.port);
    await expectShown(prometheus, 'one', await replica.serve(137));
    await expectShown(prometheus, 'one', await replica.serve(363));

    const [bins] = await prometheus.query('ml_feature_bins_total{ml_bin="say \\"hi\\""}');
    expect(bins?.labels).toEqual({
      __name__: 'ml_feature_bins_total',
      instance: `127.0.0.1:${replica.port}`,
      job: 'rides',
      ml_baseline_id: expect.stringMatching(/^[0-9a-f]{16}$/),
      ml_bin: 'say "hi"',
      ml_bin_kind: 'category',
      ml_feature_name: 'zone',
      ml_model_name: 'rides',
      ml_model_version: '7',
      ml_operation_name: 'predict',
      otel_scope_name: '@driftspan/core',
      otel_scope_schema_url: 'urn:driftspan:telemetry:v1',
      otel_scope_version: '0.1.0',
      service_instance_id: 'one',
    });
  });

  test('version 3 spells a bound as Go prints it, version 2 as the page has it', async () => {
    const replica = await startPage('one');
    const prometheus = await scraping(bin, replica.port);
    await expectShown(prometheus, 'one', await replica.serve(10));
    const buckets = await prometheus.query('count by (le) (ml_inference_duration_bucket{ml_model_name="rides"})');
    const bounds = new Set(buckets.map(({ labels }) => labels['le']));
    const [small, one] = version.startsWith('2.') ? ['0.00001', '1'] : ['1e-05', '1.0'];
    expect(bounds).toContain(small);
    expect(bounds).toContain(one);
  });

  test('a process that comes back at the same address has series of its own, and what both counted adds up', async () => {
    const first = await startPage('first');
    const prometheus = await scraping(bin, first.port);
    const before = await first.serve(200);
    await expectShown(prometheus, 'first', before);
    await first.end();

    const second = await startPage('second', first.port);
    const after = await second.serve(60);
    await expectShown(prometheus, 'second', after);
    // Two series under one address, where one would have been reset.
    const lives = await prometheus.query(
      'count by (instance, service_instance_id) (last_over_time(ml_inference_active[10m]))',
    );
    const ofRides = lives.map(({ labels }) => labels);
    expect(ofRides).toHaveLength(2);
    expect(new Set(ofRides.map(({ instance }) => instance)).size).toBe(1);
    expect(ofRides.map(labels => labels['service_instance_id']).sort()).toEqual(['first', 'second']);

    const [total] = await prometheus.query('sum(last_over_time(ml_feature_bins_total{ml_model_name="rides"}[10m]))');
    expect(total?.value).toBe(sumOf(before.facts, 'ml.feature.bins') + sumOf(after.facts, 'ml.feature.bins'));
  });
});

function startPage(id: string, port = 0): Promise<Replica> {
  return startReplica('page', { PORT: String(port), OTEL_RESOURCE_ATTRIBUTES: `service.instance.id=${id}` });
}

async function scraping(bin: string, port: number): Promise<RunningPrometheus> {
  const prometheus = await startPrometheus({ bin, scrape: [{ job: 'rides', targets: [`127.0.0.1:${port}`] }] });
  onTestFinished(() => prometheus.stop());
  return prometheus;
}

async function expectShown(prometheus: RunningPrometheus, id: string, counted: Counted): Promise<void> {
  const expected = expectedValues(counted.facts, JS_NAMES);
  const shown = async (): Promise<Values> => {
    const samples = await prometheus.query(`{ml_model_name="rides", service_instance_id="${id}"}`);
    return shownValues(
      samples.map(({ labels, value }) => ({ name: labels['__name__']!, labels, value })),
      JS_NAMES,
    );
  };
  await vi.waitFor(async () => expect(await shown()).toEqual(expected), EVENTUALLY);
}
