import { expect, test } from 'vitest';
import { ERRORS, FREQUENT, PLACES, SESSIONS } from '../fixtures/leaks/planted.js';
import { sum, total } from '../receiving.js';
import { namesOf } from './find-leaks.js';
import { leaksOf } from './leaks-of.js';
import { type AppRun, runApp } from './run-app.js';

// As JSON, since that is quickest to look through by eye when one of these fails.
const JSON_BODIES = { OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json' };

let plainRun: Promise<AppRun> | undefined;
/** One for several tests: what was received stays. */
function plain(): Promise<AppRun> {
  plainRun ??= runApp(JSON_BODIES);
  return plainRun;
}

test('counts leave always, values only in sampled records', async () => {
  const run = await runApp({
    ...JSON_BODIES,
    LEAKS_DECLARED: 'true',
    LEAKS_UNSAMPLED: 'true',
    OTEL_TRACES_SAMPLER: 'always_off',
  });
  expect(run.code).toBe(0);
  expect(run.receiver.spanCount).toBe(0);
  expect(run.receiver.logs.map(({ eventName }) => eventName)).not.toContain('ml.prediction');
  const wards = run.receiver.points('ml.feature.bins', { 'ml.model.name': 'stay', 'ml.feature.name': 'ward' });
  expect(sum(wards)).toBe(total(run.receiver, 'ml.inference.duration', 'stay'));
  expect(total(run.receiver, 'ml.prediction.count', 'stay')).toBeGreaterThan(1000);
  expect(namesOf(leaksOf(run))).toEqual(
    Object.values(FREQUENT)
      .map(({ name }) => name)
      .sort(),
  );
});

test("undeclared numeric tensors leave as bin counts only, and with tensors: 'none' not even so", async () => {
  const counted = await plain();
  const uncounted = await runApp({ ...JSON_BODIES, LEAKS_UNCOUNTED: 'true' });
  for (const run of [counted, uncounted]) {
    expect(total(run.receiver, 'ml.inference.duration', 'softmax')).toBeGreaterThan(1000);
    const attributes = run.receiver.spans
      .filter(({ name }) => name === 'predict softmax')
      .flatMap(span => Object.keys(span.attributes));
    expect(attributes).toContain('ml.payload.sampled');
    expect(attributes.filter(name => name.startsWith('ml.input.'))).toEqual([]);
    expect(leaksOf(run)).toEqual([]);
  }
  const inputs = ({ receiver }: AppRun) => {
    const points = receiver.points('ml.feature.bins', { 'ml.model.name': 'softmax' });
    return [...new Set(points.map(({ attributes }) => String(attributes['ml.feature.name'])))].sort();
  };
  const outputs = ['prediction.confidence', 'prediction.label'];
  expect(inputs(counted)).toEqual(['input.0', 'input.1', 'input.2', 'input.3', ...outputs]);
  expect(inputs(uncounted)).toEqual(outputs);
});

test('errors leave as error.type; message and stack only with recordExceptions, and nothing else of them', async () => {
  const run = await runApp({ ...JSON_BODIES, LEAKS_EXCEPTIONS: 'true' });
  const found = namesOf(leaksOf(run));
  const { message, stack, aggregate, text, object } = ERRORS;
  // What the runtime says of its errors is a message too.
  for (const { name } of [message, stack, aggregate, text, object, SESSIONS.fetch]) expect(found).toContain(name);
  // A stack has the places of the program's files in it.
  expect(found).toContain(PLACES.folder.name);
  // Nor is a name, but where the stack begins with it.
  const { cause, causeMessage, code, property, path } = ERRORS;
  for (const { name } of [cause, causeMessage, code, property, path]) expect(found).not.toContain(name);
});

test('artifact.filename is the base name', async () => {
  const { receiver } = await plain();
  const told = [...receiver.spans, ...receiver.points('ml.model.info')].flatMap(
    ({ attributes }) => attributes['artifact.filename'] ?? [],
  );
  const names = [
    'dynamic',
    'fails',
    'image',
    'logits',
    'missing',
    'regression',
    'softmax',
    'string-label',
    'text',
    'tokens',
  ];
  expect([...new Set(told)].sort()).toEqual(names.map(name => `${name}.onnx`));
});
