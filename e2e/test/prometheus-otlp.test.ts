import { recordingRules, rulesYaml } from '@driftspan/fleet';
import { findEveryPrometheus, type RunningPrometheus, startPrometheus, takesOtlp } from '@driftspan/servers';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { expectedValues, shownValues, sumOf } from '../src/agreement.js';
import { OTLP_NAMES } from '../src/names.js';
import { type Counted, type Replica, startReplica } from '../src/replica-process.js';

/** Pushes are a second apart. */
const EVENTUALLY = { timeout: 60_000, interval: 200 };
/** Long enough that all that a test counts is in one window when it looks. */
const RULES = recordingRules({ tile: '2s', windows: ['30s', '5m'], lag: '3s', lookback: '1m' });

let prometheus: RunningPrometheus;

beforeAll(async () => {
  const bins = findEveryPrometheus();
  const takers = await Promise.all(bins.map(takesOtlp));
  const bin = bins.find((_, index) => takers[index]);
  if (bin === undefined) throw new Error(`none of ${bins.join(', ')} takes OTLP, which 2.47 and later do`);
  prometheus = await startPrometheus({ bin, scrape: [], otlpReceiver: true, rules: { 'fleet.yml': rulesYaml(RULES) } });
});
afterAll(() => prometheus?.stop());

test('without a Collector between, the series are the same as with one', async () => {
  const replica = await startPushing('straight', 'one');
  const counted = await replica.serve(200);
  await replica.flush();
  const expected = expectedValues(counted.facts, OTLP_NAMES);
  await vi.waitFor(async () => expect(await shown('straight')).toEqual(expected), EVENTUALLY);

  const names = await prometheus.query('count by (__name__) ({job="straight"})');
  const ofTypes = Object.entries(OTLP_NAMES).flatMap(([name, type]) =>
    type === 'histogram' ? [`${name}_bucket`, `${name}_count`, `${name}_sum`] : [name],
  );
  expect(names.map(({ labels }) => labels['__name__']).sort()).toEqual([...ofTypes, 'target_info'].sort());

  const [bins] = await prometheus.query('ml_feature_bins_total{job="straight", ml_bin="say \\"hi\\""}');
  expect(bins?.labels).toEqual({
    __name__: 'ml_feature_bins_total',
    instance: 'one',
    job: 'straight',
    ml_baseline_id: expect.stringMatching(/^[0-9a-f]{16}$/),
    ml_bin: 'say "hi"',
    ml_bin_kind: 'category',
    ml_feature_name: 'zone',
    ml_model_name: 'rides',
    ml_model_version: '7',
    ml_operation_name: 'predict',
  });
  await replica.end();
});

test('the recorded sample size is that of all replicas that pushed', async () => {
  const replicas = await Promise.all(['one', 'two'].map(id => startPushing('recorded', id)));
  await Promise.all(replicas.map((replica, index) => replica.serve(500 + 100 * index)));
  const counted = await Promise.all(replicas.map(replica => replica.end()));
  const n = counted.reduce((all, { facts }) => all + distances(facts), 0);
  // The first test's replica served the same model.
  const before = await prometheus.query(
    'sum(last_over_time(ml_feature_bins_total{job="straight", ml_feature_name="distance", ml_bin_kind="range"}[10m]))',
  );
  const expected = n + before[0]!.value;
  const samples = await prometheus.waitFor(
    'ml:feature_n{ml_feature_name="distance", ml_model_name="rides", ml_window="5m"}',
    ([sample]) => sample?.value === expected,
  );
  expect(samples).toHaveLength(1);
});

function startPushing(service: string, id: string): Promise<Replica> {
  return startReplica('push', {
    OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: `${prometheus.url}/api/v1/otlp/v1/metrics`,
    OTEL_EXPORTER_OTLP_METRICS_PROTOCOL: 'http/protobuf',
    OTEL_METRIC_EXPORT_INTERVAL: '1000',
    OTEL_METRIC_EXPORT_TIMEOUT: '1000',
    OTEL_TRACES_EXPORTER: 'none',
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_SERVICE_NAME: service,
    OTEL_RESOURCE_ATTRIBUTES: `service.instance.id=${id}`,
  });
}

async function shown(service: string) {
  const samples = await prometheus.query(`{ml_model_name="rides", job="${service}"}`);
  return shownValues(
    samples.map(({ labels, value }) => ({ name: labels['__name__']!, labels, value })),
    OTLP_NAMES,
  );
}

function distances(facts: Counted['facts']): number {
  return sumOf(facts, 'ml.feature.bins', { 'ml.feature.name': 'distance', 'ml.bin.kind': 'range' });
}
