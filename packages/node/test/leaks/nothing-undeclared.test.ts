import type { Receiver } from '@driftspan/otlp-receiver';
import { expect, test } from 'vitest';
import type { Canary } from '../fixtures/leaks/canary.js';
import { FEATURES, FREQUENT } from '../fixtures/leaks/planted.js';
import { namesOf } from './find-leaks.js';
import { leaksIn, leaksOf } from './leaks-of.js';
import { type AppRun, runApp } from './run-app.js';

const NOT_SENSITIVE = { LEAKS_DECLARED: 'true' };

const byName = (canaries: Readonly<Record<string, Canary>>) => Object.values(canaries).map(({ name }) => name);

/** How many there are of each. */
function counted(names: readonly unknown[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) counts[String(name)] = (counts[String(name)] ?? 0) + 1;
  return counts;
}

/** That the features of the application were on: what is switched off leaks nothing either. */
function expectEverythingOn({ code, requests, receiver }: AppRun): void {
  expect(code).toBe(0);
  expect(new Set(requests.map(({ path }) => path))).toEqual(new Set(['/v1/traces', '/v1/metrics', '/v1/logs']));
  const spans = counted(receiver.spans.map(({ name }) => name));
  const models = ['stay', 'stay-batch', 'stay-by-hand', 'hostile-readers', 'triage'];
  const sessions = ['softmax', 'logits', 'dynamic', 'image', 'text', 'tokens', 'fails', 'regression', 'string-label'];
  for (const name of [...models, ...sessions]) expect(spans).toHaveProperty([`predict ${name}`]);
  for (const name of [...sessions, 'missing', 'onnx-model']) expect(spans).toHaveProperty([`load ${name}`]);

  const events = counted(receiver.logs.map(({ eventName }) => eventName));
  for (const name of ['ml.prediction', 'ml.outcome', 'ml.drift.changed']) expect(events).toHaveProperty([name]);
  const opened = receiver.logs.filter(({ attributes }) => attributes['ml.drift.change'] === 'opened');
  const drifted = opened.map(({ attributes: a }) => `${a['ml.model.name']}: ${a['ml.feature.name']}`);
  for (const name of ['stay: income', 'stay: diagnosis', 'stay: ward']) expect(drifted).toContain(name);
  // Any of four columns, which all moved at once.
  expect(drifted.join()).toMatch(/softmax: input\.[0-3]/);
  expect(drifted.join()).toMatch(/logits: [a-d]/);
  const examples = opened.flatMap(({ attributes }) => attributes['ml.drift.examples'] as string[]);
  expect(examples.join(' ')).toMatch(/[0-9a-f]{32}/);

  const ends = counted(receiver.spans.map(({ attributes }) => attributes['ml.stream.end']));
  expect(Object.keys(ends)).toEqual(expect.arrayContaining(['done', 'break', 'throw', 'abort']));
  const types = counted(receiver.points('ml.inference.duration').map(({ attributes }) => attributes['error.type']));
  for (const type of ['RangeError', '_OTHER', 'missing_feed', 'shape_mismatch', 'node_failed', 'session_released']) {
    expect(types).toHaveProperty([type]);
  }
  const dropped = receiver.points('ml.sdk.dropped').filter(({ value = 0 }) => value > 0);
  expect(dropped.map(({ attributes }) => attributes['reason'])).toEqual(
    expect.arrayContaining([
      'feature_reader',
      'output_reader',
      'prediction_id',
      'redact',
      'listener',
      'outcome_invalid',
    ]),
  );
  const reasons = receiver.spans.flatMap(({ attributes }) => (attributes['ml.payload.reason'] as string[]) ?? []);
  const logged = receiver.logs.flatMap(({ attributes }) => (attributes['ml.payload.reason'] as string[]) ?? []);
  expect(new Set([...reasons, ...logged])).toEqual(
    new Set(['sampled', 'missing', 'invalid', 'out_of_range', 'unseen', 'drifted', 'error', 'low_confidence', 'slow']),
  );
}

/** Every number in the points, on spans and events, and in the names of bins. */
function numbersOf(receiver: Receiver): number[] {
  const numbers: number[] = [];
  const add = (value: unknown): void => {
    if (typeof value === 'number') numbers.push(value);
    else if (Array.isArray(value)) value.forEach(add);
  };
  const addBins = (bins: unknown): void => {
    for (const [text] of String(bins ?? '').matchAll(/-?\d+(\.\d+)?(e[+-]?\d+)?/g)) add(Number(text));
  };
  for (const { value, sum, min, max, bounds, attributes } of receiver.metrics) {
    for (const told of [value, sum, min, max, bounds, ...Object.values(attributes)]) add(told);
    if (String(attributes['ml.bin.kind']) === 'range') addBins(attributes['ml.bin']);
  }
  for (const { attributes } of [...receiver.spans, ...receiver.logs]) {
    Object.values(attributes).forEach(add);
    addBins(attributes['ml.drift.bins']);
  }
  return numbers;
}

/**
 * Incomes are below 200,000, but for three that are a million times as much: whatever is computed from one of these, a sum, a mean,
 * a standard deviation, an edge of a bin, is larger than this. Nothing else that is sent is.
 */
const LARGEST = 1e6;

test.each([
  ['JSON', { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json', OTEL_LOG_LEVEL: 'all' }, 'application/json', false],
  [
    'gzipped protobuf',
    {
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'gzip',
      OTEL_INSTRUMENTATION_ML_CAPTURE_CONTENT: 'EVENT',
    },
    'application/x-protobuf',
    true,
  ],
])(
  'no sensitive value and nothing undeclared is in any byte that is sent as %s, or printed',
  async (_, variables, contentType, isCompressed) => {
    const run = await runApp(variables);
    expectEverythingOn(run);
    expect(counted(run.requests.map(request => request.contentType))).toEqual({ [contentType]: run.requests.length });
    expect(run.requests.every(request => request.isCompressed === isCompressed)).toBe(true);
    expect(leaksOf(run)).toEqual([]);
    expect(leaksIn(run.printed, 'what was printed')).toEqual([]);
    expect(Math.max(...numbersOf(run.receiver).map(Math.abs))).toBeLessThan(LARGEST);
  },
);

test.each(['http/json', 'http/protobuf'])(
  'of features that are not sensitive every value is found in the records that are sent as %s, and what is not declared is not',
  async protocol => {
    const run = await runApp({ ...NOT_SENSITIVE, OTEL_EXPORTER_OTLP_PROTOCOL: protocol });
    expectEverythingOn(run);
    const { trained: _, ...live } = FEATURES;
    expect(namesOf(leaksOf(run))).toEqual([...byName(live), ...byName(FREQUENT)].sort());
    expect(Math.max(...numbersOf(run.receiver).map(Math.abs))).toBeGreaterThan(LARGEST);
  },
);

test('with NO_CONTENT no value leaves of any feature but the names of frequent categories, which are bins', async () => {
  const run = await runApp({
    ...NOT_SENSITIVE,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
    OTEL_INSTRUMENTATION_ML_CAPTURE_CONTENT: 'NO_CONTENT',
  });
  expectEverythingOn(run);
  expect(namesOf(leaksOf(run))).toEqual(byName(FREQUENT).sort());
  const attributes = [...run.receiver.spans, ...run.receiver.logs].flatMap(({ attributes }) => Object.keys(attributes));
  expect(attributes).toContain('ml.payload.invalid');
  expect(attributes.filter(name => name.startsWith('ml.input.'))).toEqual([]);
});
