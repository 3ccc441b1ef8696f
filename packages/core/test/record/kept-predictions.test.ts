import { context, TraceFlags, trace } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  categorical,
  createMonitor,
  monitor,
  monitorBatch,
  numeric,
  setLoggerProvider,
  text,
} from '../../src/index.js';
import { realLogs } from './real-logs.js';
import { onlySpan, registerSdk, unregisterSdk } from './real-sdk.js';

interface Row {
  readonly n?: number | string | null;
  readonly c?: string;
  readonly note?: string;
}
const MODEL = {
  name: 'kept',
  version: '1',
  features: { n: numeric(), c: categorical(), note: text({ sensitive: true }) },
} as const;
const ROW: Row = { n: 1, c: 'AA', note: 'the secret' };
const ALL = { rate: 1, maxPerSecond: Number.POSITIVE_INFINITY };
const NONE = { rate: 0, maxPerSecond: Number.POSITIVE_INFINITY };

let exporter: ReturnType<typeof registerSdk>;
let logs: ReturnType<typeof realLogs>;
beforeEach(() => {
  exporter = registerSdk();
  logs = realLogs();
});
afterEach(() => {
  unregisterSdk();
  setLoggerProvider(undefined);
  vi.unstubAllEnvs();
});

/** Runs `work` under a parent that is not sampled: there is no span of ours. */
function unsampled<T>(work: () => T): T {
  const parent = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: TraceFlags.NONE, isRemote: true };
  return context.with(trace.setSpanContext(context.active(), parent), work);
}
const reasonsOf = () => logs.events().map(({ attributes }) => attributes['ml.payload.reason']);

test('a sampled call has its values on its span, and no event', async () => {
  const predict = monitor(async (_: Row) => 'late', {
    model: MODEL,
    sampling: ALL,
    loggerProvider: logs.provider,
    output: { label: out => out },
  });
  await predict(ROW);
  const { attributes } = onlySpan(exporter);
  expect(attributes).toMatchObject({
    'ml.input.n': 1,
    'ml.input.c': 'AA',
    'ml.payload.reason': ['sampled'],
    'ml.payload.sampling.probability': 1,
    'ml.payload.captured': 'before',
    'ml.prediction.label': 'late',
  });
  expect(JSON.stringify(attributes)).not.toContain('secret');
  expect(logs.events()).toEqual([]);
});

test('a call without a span is an event in the trace that it ran in', () => {
  const predict = monitor((_: Row) => 'late', {
    model: MODEL,
    sampling: ALL,
    output: { label: out => out },
    predictionId: () => 'id-1',
  });
  setLoggerProvider(logs.provider);
  unsampled(() => predict(ROW));
  expect(exporter.getFinishedSpans()).toEqual([]);
  const [event] = logs.events();
  expect(event).toMatchObject({
    name: 'ml.prediction',
    traceId: 'a'.repeat(32),
    attributes: { 'ml.input.n': 1, 'ml.prediction.label': 'late', 'ml.prediction.id': 'id-1' },
  });
  expect(JSON.stringify(event)).not.toContain('secret');
});

test('the input is read before the model changes it', () => {
  const predict = monitor(
    (row: { n: number }) => {
      row.n = 99;
    },
    { model: { ...MODEL, features: { n: numeric() } }, sampling: ALL },
  );
  predict({ n: 1 });
  expect(onlySpan(exporter).attributes['ml.input.n']).toBe(1);
});

describe('rules keep a call that the coin does not', () => {
  const make = (keep = {}) =>
    monitor(
      (row: Row) => {
        if (row.c === 'fail') throw new RangeError('the secret');
        return { label: 'late', p: row.c === 'unsure' ? 0.2 : 0.9 };
      },
      {
        model: MODEL,
        sampling: { ...NONE, keep },
        loggerProvider: logs.provider,
        output: { label: out => out.label, confidence: out => out.p },
      },
    );

  test('missing and invalid, with names and types', () => {
    const predict = make();
    unsampled(() => {
      predict(ROW);
      predict({ ...ROW, n: null });
      predict({ ...ROW, n: 'the secret' });
    });
    expect(reasonsOf()).toEqual([['missing'], ['invalid']]);
    expect(logs.events().map(({ attributes }) => attributes['ml.payload.missing'])).toEqual([['n'], undefined]);
    expect(logs.events()[1]!.attributes['ml.payload.invalid']).toEqual(['n: string']);
    expect(JSON.stringify(logs.events())).not.toContain('secret');
  });

  test('an error, which is read after and leaves its type alone', () => {
    const predict = make();
    expect(() => unsampled(() => predict({ ...ROW, c: 'fail' }))).toThrow(RangeError);
    expect(logs.events()).toMatchObject([
      {
        severity: 'ERROR',
        attributes: {
          'ml.payload.reason': ['error'],
          'ml.payload.captured': 'after',
          'error.type': 'RangeError',
          'ml.input.c': 'fail',
        },
      },
    ]);
    expect(JSON.stringify(logs.events())).not.toContain('secret');
  });

  test('a low confidence', () => {
    const predict = make({ confidenceBelow: 0.5 });
    unsampled(() => {
      predict(ROW);
      predict({ ...ROW, c: 'unsure' });
    });
    expect(logs.events().map(({ attributes }) => attributes['ml.input.c'])).toEqual(['unsure']);
    expect(reasonsOf()).toEqual([['low_confidence']]);
  });
});

test('each kept row of a batch is an event of its own, with its index and its output', () => {
  const predict = monitorBatch((rows: readonly Row[]) => rows.map(({ c }) => c), {
    model: MODEL,
    sampling: { ...NONE, keep: { missing: true } },
    loggerProvider: logs.provider,
    output: { label: (out, _row, i) => out[i] },
  });
  predict([ROW, { ...ROW, c: 'BB', n: null }, ROW, { ...ROW, c: 'DD', n: null }]);
  expect(
    logs.events().map(({ attributes }) => [attributes['ml.batch.index'], attributes['ml.prediction.label']]),
  ).toEqual([
    [1, 'BB'],
    [3, 'DD'],
  ]);
  expect(Object.keys(onlySpan(exporter).attributes).filter(name => name.startsWith('ml.input.'))).toEqual([]);
});

test('sampling off records nothing', () => {
  const predict = monitor((_: Row) => 1, {
    model: MODEL,
    sampling: { rate: 0, keep: false },
    loggerProvider: logs.provider,
  });
  predict({});
  unsampled(() => predict({}));
  expect(onlySpan(exporter).attributes).not.toHaveProperty(['ml.payload.sampled']);
  expect(logs.events()).toEqual([]);
});

test.each([
  ['NO_CONTENT', false, false],
  ['SPAN', true, false],
  ['EVENT', false, true],
])('OTEL_INSTRUMENTATION_ML_CAPTURE_CONTENT=%s, read at construction', (value, onSpan, onEvent) => {
  vi.stubEnv('OTEL_INSTRUMENTATION_ML_CAPTURE_CONTENT', value);
  const predict = monitor((_: Row) => 1, { model: MODEL, sampling: ALL, loggerProvider: logs.provider });
  vi.unstubAllEnvs();
  predict(ROW);
  unsampled(() => predict(ROW));
  expect('ml.input.n' in onlySpan(exporter).attributes).toBe(onSpan);
  expect('ml.input.n' in logs.events().at(-1)!.attributes).toBe(onEvent);
});

test('redact sees every record, and what it throws on is counted and dropped', () => {
  const predict = monitor((_: Row) => 1, {
    model: MODEL,
    sampling: ALL,
    loggerProvider: logs.provider,
    redact: record => {
      if (record.input['c'] === 'throw') throw new Error('the secret');
      if (record.input['c'] === 'drop') return null;
      return { ...record, input: { ...record.input, c: '**' } };
    },
  });
  unsampled(() => {
    for (const c of ['AA', 'throw', 'drop']) predict({ ...ROW, c });
  });
  expect(logs.events().map(({ attributes }) => attributes['ml.input.c'])).toEqual(['**']);
  expect(predict.monitor.report().dropped).toMatchObject({ redact: 1 });
});

test('a call by hand is recorded when it ends', () => {
  const watch = createMonitor<Row, string>({
    model: MODEL,
    sampling: ALL,
    loggerProvider: logs.provider,
    output: { label: out => out },
  });
  const call = watch.start(ROW);
  expect(exporter.getFinishedSpans()).toEqual([]);
  call.end('late');
  expect(onlySpan(exporter).attributes).toMatchObject({ 'ml.input.c': 'AA', 'ml.prediction.label': 'late' });
});
