import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Receiver } from '@driftspan/otlp-receiver';
import { columns, defineModel, learnBaseline } from '@driftspan/sketch';
import { expect, onTestFinished, test } from 'vitest';
import { saveBaseline } from '../src/index.js';
import { runScript } from './child.js';
import { receiverForTest, sum, total } from './receiving.js';

const MODELS = ['logits', 'regression', 'softmax'];
const REGISTER = ['--import', '@driftspan/node/register'];

/** Runs an unchanged program under `--import`, from source. */
function runRegistered(script: string, variables: Readonly<Record<string, string>>, ...args: string[]) {
  const fixture = fileURLToPath(new URL(`fixtures/${script}`, import.meta.url));
  return runScript(['--conditions', '@driftspan/source', '--import', 'tsx', ...REGISTER, fixture, ...args], variables);
}

/** A configuration in a folder of its own; gives its path. */
async function configFile(config: object, baselineOf?: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'driftspan-register-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  if (baselineOf !== undefined) await saveBaseline(await tableBaseline(baselineOf), join(folder, 'baseline.json'));
  const path = join(folder, 'driftspan.json');
  await writeFile(path, JSON.stringify(config));
  return path;
}

/** The baseline of a model whose input is four uniform numbers, as its training data would give it. */
function tableBaseline(name: string) {
  const names = Array.from({ length: 4 }, (_, column) => `input.${column}`);
  const model = defineModel<{ input: Float32Array }>({
    name,
    version: 'unknown',
    features: { input: columns(row => row.input, names) },
  });
  const rows = Array.from({ length: 5000 }, () => ({ input: { input: Float32Array.from(names, Math.random) } }));
  return learnBaseline(model, rows);
}

/** By model: spans of calls, and calls counted. */
function seen(receiver: Receiver) {
  const spans = (name: string) => receiver.spans.filter(span => span.name === `predict ${name}`).length;
  return MODELS.map(name => [name, spans(name), total(receiver, 'ml.inference.duration', name)]);
}

const TEN_EACH = MODELS.map(name => [name, 10, 10]);

test('three models of an unchanged program: spans, metrics, log events, and drift of the one whose data moved', async () => {
  const receiver = await receiverForTest();
  const config = await configFile(
    {
      start: { serviceName: 'three-models', exportIntervalMs: 250 },
      learnFrom: 1000,
      drift: { window: '1m', dependence: 'independent' },
      models: { softmax: { baseline: './baseline.json' } },
    },
    'softmax',
  );
  const child = runRegistered(
    'three-models.mjs',
    {
      DRIFTSPAN_CONFIG: config,
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      OTEL_TRACES_SAMPLER: 'traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.05',
    },
    'serve',
  );
  await child.says('ready');
  const status = (name: string) =>
    receiver.points('ml.drift.status', { 'ml.model.name': name }).map(({ value }) => value ?? -1);
  const judged = (name: string) => status(name).some(level => level >= 0);
  await receiver.waitFor(() => status('softmax').includes(3) && MODELS.every(judged), { timeoutMs: 15_000 });
  child.signal('SIGTERM');
  expect(await child.ended).toEqual({ code: null, signal: 'SIGTERM', output: 'ready\n' });

  for (const name of MODELS) {
    const calls = total(receiver, 'ml.inference.duration', name);
    const spans = receiver.spans.filter(span => span.name === `predict ${name}`).length;
    expect(calls).toBeGreaterThan(1000);
    expect(spans).toBeGreaterThan(0);
    expect(spans).toBeLessThan(calls / 4);
    expect(status(name).length).toBeGreaterThan(0);
  }
  // Four columns, each counted from the first call on; one call may be in flight when the process ends.
  const asked = total(receiver, 'ml.inference.duration', 'softmax') + total(receiver, 'ml.inference.active', 'softmax');
  expect(total(receiver, 'ml.feature.bins', 'softmax')).toBe(4 * asked);
  for (const name of ['logits', 'regression']) {
    expect(total(receiver, 'ml.feature.bins', name)).toBeGreaterThan(0);
    expect(Math.max(...status(name))).toBeLessThan(2);
  }
  const changes = receiver.logs.filter(({ eventName }) => eventName === 'ml.drift.changed');
  expect(new Set(changes.map(({ attributes }) => attributes['ml.model.name']))).toEqual(new Set(['softmax']));
  expect(receiver.points('ml.feature.bins')[0]?.resource).toMatchObject({ 'service.name': 'three-models' });
});

test('a CommonJS program, without any configuration, is watched and ends by itself', async () => {
  const receiver = await receiverForTest();
  const child = runRegistered('three-models.cjs', { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url });
  expect(await child.ended).toEqual({ code: 0, signal: null, output: '' });
  expect(seen(receiver)).toEqual(TEN_EACH);
  expect(sum(receiver.points('ml.prediction.count', { 'ml.model.name': 'softmax' }))).toBe(10);
});

test.each(['SIGTERM', 'SIGINT'] as const)(
  '%s exports spans, metrics and log events of the last interval',
  async signal => {
    const receiver = await receiverForTest();
    const child = runRegistered(
      'three-models.mjs',
      {
        DRIFTSPAN_CONFIG: await configFile({ sampling: { rate: 1, maxPerSecond: 1e9 } }),
        OTEL_INSTRUMENTATION_ML_CAPTURE_CONTENT: 'EVENT',
        OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
        // Nothing goes out before the end.
        OTEL_BSP_SCHEDULE_DELAY: '60000',
        OTEL_BLRP_SCHEDULE_DELAY: '60000',
      },
      'serve',
    );
    await child.says('ready');
    child.signal(signal);
    expect(await child.ended).toMatchObject({ code: null, signal });
    for (const [, spans, calls] of seen(receiver)) {
      expect(spans).toBeGreaterThan(9);
      expect(calls).toBeGreaterThan(9);
    }
    expect(receiver.logs.filter(({ eventName }) => eventName === 'ml.prediction').length).toBeGreaterThan(9);
  },
);

test('imported twice, it starts once', async () => {
  const receiver = await receiverForTest();
  const again = new URL('../src/register.ts?again', import.meta.url).href;
  const script = fileURLToPath(new URL('fixtures/three-models.mjs', import.meta.url));
  const child = runScript(
    ['--conditions', '@driftspan/source', '--import', 'tsx', ...REGISTER, '--import', again, script],
    { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_LOG_LEVEL: 'warn' },
  );
  expect(await child.ended).toEqual({ code: 0, signal: null, output: '' });
  expect(seen(receiver)).toEqual(TEN_EACH);
});

test.each([{ DRIFTSPAN_DISABLED: '1' }, { OTEL_SDK_DISABLED: 'true' }])(
  'with %o nothing is read, started or sent, and the program runs',
  async variables => {
    const receiver = await receiverForTest();
    const child = runRegistered('three-models.mjs', {
      OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
      DRIFTSPAN_CONFIG: './missing.mjs',
      ...variables,
    });
    expect(await child.ended).toEqual({ code: 0, signal: null, output: '' });
    expect(receiver.requestCount).toBe(0);
  },
);

test.each([
  [{ model: {} }, 'driftspan.json: met a field "model", expected '],
  [{ learnFrom: 10 }, 'config.learnFrom: met 10, expected '],
  [{ start: { serviceName: '' } }, 'serviceName: met "", expected '],
])('a configuration of %o ends the process with one line before the program begins', async (config, message) => {
  const receiver = await receiverForTest();
  const child = runRegistered('three-models.mjs', {
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url,
    DRIFTSPAN_CONFIG: await configFile(config),
  });
  const { code, output } = await child.ended;
  expect(code).toBe(1);
  expect(output).toMatch(/^driftspan: [^\n]*\n$/);
  expect(output).toContain(message);
  expect(receiver.requestCount).toBe(0);
});

test('an application that starts an SDK of its own finds ours registered, which gets its spans', async () => {
  const [ours, own] = [await receiverForTest(), await receiverForTest()];
  const child = runRegistered('own-sdk.mjs', { OTEL_EXPORTER_OTLP_ENDPOINT: ours.url, OWN_ENDPOINT: own.url });
  expect(await child.ended).toEqual({ code: 0, signal: null, output: '' });
  expect(seen(ours)).toEqual(TEN_EACH);
  const order = ours.spans.find(({ name }) => name === 'order');
  expect(ours.spans.filter(({ name }) => name.startsWith('predict ')).map(({ traceId }) => traceId)).toEqual(
    Array(30).fill(order?.traceId),
  );
  expect(own.requestCount).toBe(0);
});

test("with start: false the application's own SDK has the spans, and our metrics where it reads them", async () => {
  const [ours, own] = [await receiverForTest(), await receiverForTest()];
  const child = runRegistered('own-sdk.mjs', {
    DRIFTSPAN_CONFIG: await configFile({ start: false }),
    OTEL_EXPORTER_OTLP_ENDPOINT: ours.url,
    OTEL_LOGS_EXPORTER: 'none',
    OWN_ENDPOINT: own.url,
    ITS_READER: 'true',
  });
  expect(await child.ended).toEqual({ code: 0, signal: null, output: '' });
  expect(seen(own)).toEqual(TEN_EACH);
  expect(ours.requestCount).toBe(0);
});
