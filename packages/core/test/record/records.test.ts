import { categorical, type Feature, numeric, text } from '@driftspan/sketch';
import { type Context, context, type Span, type Tracer, trace } from '@opentelemetry/api';
import { AlwaysOffSampler, SamplingDecision } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeCounting } from '../../src/counting.js';
import { driftSettings } from '../../src/drift/options.js';
import { Faults } from '../../src/faults.js';
import type { ContentMode } from '../../src/record/content.js';
import { LogEvents } from '../../src/record/log-events.js';
import type { PredictionRecord } from '../../src/record/prediction-record.js';
import { MAX_INPUTS } from '../../src/record/record-attributes.js';
import { type RecordOutcome, Records, type Redact } from '../../src/record/records.js';
import { INVALID, LOW_CONFIDENCE, MISSING, SAMPLED } from '../../src/sampling/reasons.js';
import { unhandledDuring } from '../wrap/unhandled.js';
import { realLogs } from './real-logs.js';
import { onlySpan, registerSdk, unregisterSdk } from './real-sdk.js';

const FEATURES = { distance: numeric(), carrier: categorical(), note: text() };
const ROW = { distance: 1400, carrier: 'AA', note: 'hello' };
const OUTCOME: RecordOutcome = { output: { label: 'late', confidence: 0.75, value: Number.NaN }, durationMs: 12.5 };
const PARENT = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), traceFlags: 0 };

interface Setup {
  content?: ContentMode;
  redact?: Redact;
  features?: Record<string, Feature<never>>;
  logs?: boolean;
}

function setup({ content = 'default', redact, features = FEATURES, logs: withLogs = true }: Setup = {}) {
  const faults = new Faults('test');
  const logs = realLogs();
  const model = { name: 'flight-delay', version: '2013.01' };
  const records = new Records({
    model,
    task: 'classification',
    redact,
    content,
    events: new LogEvents(withLogs ? logs.provider : undefined, faults),
    faults,
  });
  const options = {
    model: { ...model, features },
    readers: {},
    settings: driftSettings(),
    codegen: false,
    batch: false,
  };
  const { reader } = makeCounting(options, undefined, faults);
  return {
    faults,
    logs,
    records,
    /** Records a row and gives whether it was. */
    record(
      row: unknown,
      given: { span?: Span; outcome?: RecordOutcome; bits?: number; probability?: number; context?: Context } = {},
    ): boolean {
      const { span, outcome = OUTCOME, bits = SAMPLED, probability = 0.01 } = given;
      const where = given.context ?? context.active();
      const pending = records.pending(reader, row, where, 'before');
      return records.finish(pending, bits, probability, outcome, span);
    },
  };
}

let exporter: ReturnType<typeof registerSdk>;
let tracer: Tracer;
beforeEach(() => {
  exporter = registerSdk();
  tracer = trace.getTracer('test');
});
afterEach(unregisterSdk);

/** What a sampled span says when `work` is done with it. */
function onSpan(work: (span: Span) => void): Record<string, unknown> {
  const span = tracer.startSpan('predict flight-delay');
  work(span);
  span.end();
  return { ...onlySpan(exporter).attributes };
}

const VALUES = { 'ml.input.distance': 1400, 'ml.input.carrier': 'AA', 'ml.input.note': 'hello' };
const REASONS = {
  'ml.payload.sampled': true,
  'ml.payload.reason': ['sampled'],
  'ml.payload.sampling.probability': 0.01,
  'ml.payload.captured': 'before',
};

describe('a kept prediction with a sampled span', () => {
  test('is recorded on the span: why, with which probability, and its values', () => {
    const { record, logs } = setup();
    const attributes = onSpan(span => expect(record(ROW, { span })).toBe(true));
    expect(attributes).toMatchObject({ ...REASONS, ...VALUES, 'ml.input.note.words': 1 });
    expect(attributes).not.toHaveProperty(['ml.payload.truncated']);
    expect(logs.events()).toEqual([]);
  });

  test('names what was missing and invalid, and every rule that held', () => {
    const { record } = setup();
    const bits = MISSING | INVALID | LOW_CONFIDENCE;
    const attributes = onSpan(span => record({ distance: 'far', note: 'x' }, { span, bits }));
    expect(attributes).toMatchObject({
      'ml.payload.reason': ['missing', 'invalid', 'low_confidence'],
      'ml.payload.missing': ['carrier'],
      'ml.payload.invalid': ['distance: string'],
    });
  });
});

describe('a kept prediction without a sampled span', () => {
  test('is the event ml.prediction, in the context it was made in', () => {
    const { record, logs } = setup();
    expect(record(ROW, { context: trace.setSpanContext(context.active(), PARENT) })).toBe(true);
    const [event, ...others] = logs.events();
    expect(others).toEqual([]);
    expect(event).toMatchObject({
      name: 'ml.prediction',
      severity: 'INFO',
      traceId: PARENT.traceId,
      spanId: PARENT.spanId,
    });
    expect(event!.attributes).toMatchObject({
      'ml.operation.name': 'predict',
      'ml.model.name': 'flight-delay',
      'ml.model.version': '2013.01',
      'ml.task.type': 'classification',
      'ml.prediction.label': 'late',
      'ml.prediction.confidence': 0.75,
      'ml.inference.duration': 0.0125,
      ...REASONS,
      ...VALUES,
    });
    expect(event!.attributes).not.toHaveProperty(['ml.prediction.value']);
    expect(event!.attributes).not.toHaveProperty(['error.type']);
  });

  test('of which there is an unsampled span is an event of that span', () => {
    unregisterSdk();
    registerSdk(new AlwaysOffSampler());
    const span = trace.getTracer('test').startSpan('predict');
    const { record, logs } = setup();
    record(ROW, { span });
    expect(logs.events()[0]).toMatchObject({ traceId: span.spanContext().traceId, spanId: span.spanContext().spanId });
  });

  test('of which there is a span that records and is not exported is an event', () => {
    unregisterSdk();
    registerSdk({ shouldSample: () => ({ decision: SamplingDecision.RECORD }), toString: () => 'recording' });
    const { record, logs } = setup();
    record(ROW, { span: trace.getTracer('test').startSpan('predict') });
    expect(logs.events()).toHaveLength(1);
  });

  test('that failed is an event of severity ERROR, with its error type and no output', () => {
    const { record, logs } = setup();
    record(ROW, { outcome: { output: undefined, errorType: 'RangeError', durationMs: 1, predictionId: 'id-1' } });
    const [event] = logs.events();
    expect(event).toMatchObject({
      severity: 'ERROR',
      attributes: { 'error.type': 'RangeError', 'ml.prediction.id': 'id-1' },
    });
    expect(event!.attributes).not.toHaveProperty(['ml.prediction.label']);
  });

  test('goes nowhere without a logger provider, and says so', () => {
    const { record, records } = setup({ logs: false });
    expect(records.canKeep(undefined)).toBe(false);
    expect(record(ROW)).toBe(false);
  });

  test('has a label that is free text as _OTHER, as spans have it', () => {
    const { record, logs } = setup();
    const output = { label: 'x'.repeat(257), confidence: Number.NaN, value: 3 };
    record(ROW, { outcome: { output, durationMs: 1 } });
    expect(logs.events()[0]!.attributes).toMatchObject({ 'ml.prediction.label': '_OTHER', 'ml.prediction.value': 3 });
  });
});

test('a row of a batch is an event with its index, also where the batch has a sampled span', () => {
  const { record, logs } = setup();
  let traceId = '';
  const attributes = onSpan(span => {
    traceId = span.spanContext().traceId;
    expect(record(ROW, { span, outcome: { ...OUTCOME, batchIndex: 7 } })).toBe(true);
  });
  expect(attributes).toEqual({});
  expect(logs.events()[0]).toMatchObject({ traceId, attributes: { 'ml.batch.index': 7, ...VALUES } });
});

test('a record can be kept where its span is sampled or there is a logger', () => {
  const sampled = tracer.startSpan('one');
  const ended = tracer.startSpan('two');
  ended.end();
  const [on, off] = [setup(), setup({ logs: false })];
  expect([undefined, ended, sampled].map(span => on.records.canKeep(span))).toEqual([true, true, true]);
  expect([undefined, ended, sampled].map(span => off.records.canKeep(span))).toEqual([false, false, true]);
});

describe('the snapshot', () => {
  test('is taken when it is asked for: what the model does to its input later is not in it', () => {
    const { records, logs } = setup();
    const options = {
      model: { name: 'm', version: '1', features: FEATURES },
      readers: {},
      settings: driftSettings(),
      codegen: false,
      batch: false,
    };
    const { reader } = makeCounting(options, undefined, new Faults('test'));
    const row = { ...ROW };
    const pending = records.pending(reader, row, context.active(), 'before');
    row.carrier = 'ZZ';
    records.finish(pending, SAMPLED, 1, OUTCOME, undefined);
    expect(logs.events()[0]!.attributes['ml.input.carrier']).toBe('AA');
  });

  test.each(['before', 'after'] as const)('says that it was taken %s the model ran', captured => {
    const { records, logs } = setup();
    const values = { input: {}, missing: [], invalid: [] };
    records.finish({ captured, values, context: context.active() }, SAMPLED, 0.5, OUTCOME, undefined);
    expect(logs.events()[0]!.attributes['ml.payload.captured']).toBe(captured);
  });
});

describe('where values go', () => {
  const isValue = (name: string) => name.startsWith('ml.input.');
  const told = (attributes: object) => Object.keys(attributes).some(isValue);
  test.each<[ContentMode, boolean, boolean, boolean | undefined]>([
    // mode, values on a sampled span, values on the event of an unsampled call, on that of a sampled one (undefined: no event)
    ['default', true, true, undefined],
    ['none', false, false, undefined],
    ['span', true, false, undefined],
    ['event', false, true, true],
  ])('%s', (content, onSampled, onUnsampled, besideSampled) => {
    const { record, logs } = setup({ content });
    const attributes = onSpan(span => record({ ...ROW, carrier: null }, { span }));
    expect(told(attributes)).toBe(onSampled);
    expect(attributes).toMatchObject(REASONS);
    const beside = logs.events();
    expect(beside.map(event => told(event.attributes))).toEqual(besideSampled === undefined ? [] : [besideSampled]);
    record({ ...ROW, carrier: null });
    const event = logs.events().at(-1)!;
    expect(told(event.attributes)).toBe(onUnsampled);
    // Names stay, whatever becomes of values.
    expect(event.attributes).toMatchObject({ ...REASONS, 'ml.payload.missing': ['carrier'] });
  });

  test('event: the span says why and no more, and the event belongs to it', () => {
    const { record, logs } = setup({ content: 'event' });
    let spanId = '';
    const attributes = onSpan(span => {
      spanId = span.spanContext().spanId;
      record({ carrier: null }, { span });
    });
    expect(attributes).toEqual(REASONS);
    expect(logs.events()[0]).toMatchObject({ spanId, attributes: { 'ml.payload.missing': expect.any(Array) } });
  });
});

describe('redact', () => {
  test('is given the whole record, with texts that are not yet cut', () => {
    let seen: PredictionRecord | undefined;
    const { record, logs } = setup({
      redact: given => {
        seen = structuredClone(given);
        return given;
      },
    });
    const long = 'x'.repeat(5000);
    const outcome = { ...OUTCOME, predictionId: 'id-1', batchIndex: 2 };
    record({ distance: 'far', carrier: 'AA', note: long }, { outcome });
    expect(seen).toEqual({
      model: { name: 'flight-delay', version: '2013.01' },
      reasons: ['sampled'],
      probability: 0.01,
      captured: 'before',
      input: expect.objectContaining({ carrier: 'AA', note: long }),
      missing: [],
      invalid: ['distance: string'],
      label: 'late',
      confidence: 0.75,
      predictionId: 'id-1',
      durationMs: 12.5,
      batchIndex: 2,
    });
    const { attributes } = logs.events()[0]!;
    expect(attributes['ml.input.note']).toBe('x'.repeat(1024));
    expect(attributes['ml.payload.truncated']).toBe(true);
  });

  test.each<[string, Redact]>([
    [
      'changes the record',
      record => Object.assign(record, { input: { carrier: '**' }, label: '***', predictionId: '*' }),
    ],
    ['gives another one', record => ({ ...record, input: { carrier: '**' }, label: '***', predictionId: '*' })],
  ])('%s, and only that is recorded', (_what, redact) => {
    const { record, logs } = setup({ redact });
    record({ ...ROW, note: 'the secret' }, { outcome: { ...OUTCOME, predictionId: 'a secret' } });
    const { attributes } = logs.events()[0]!;
    expect(attributes).toMatchObject({
      'ml.input.carrier': '**',
      'ml.prediction.label': '***',
      'ml.prediction.id': '*',
      ...REASONS,
    });
    expect(JSON.stringify(attributes)).not.toMatch(/secret|1400/);
  });

  test.each([null, undefined])('that gives %o drops the record without a fault', given => {
    const { record, logs, faults } = setup({ redact: () => given });
    const attributes = onSpan(span => expect(record(ROW, { span })).toBe(false));
    expect(attributes).toEqual({});
    expect(record(ROW)).toBe(false);
    expect(logs.events()).toEqual([]);
    expect(faults.counts.size).toBe(0);
  });

  const explode = (): never => {
    throw new Error('the secret');
  };
  test.each<[string, (record: PredictionRecord) => unknown]>([
    ['throws', explode],
    ['gives a text', () => 'record'],
    ['gives a promise', async record => record],
    ['gives a promise that rejects', () => Promise.reject(new Error('no'))],
    ['gives an object without input', () => ({})],
    ['gives one whose input throws', record => ({ ...record, input: new Proxy({ a: 1 }, { ownKeys: explode }) })],
    ['gives one whose getter throws', record => Object.defineProperty({ ...record }, 'label', { get: explode })],
    [
      'gives one whose value throws',
      record => ({ ...record, input: Object.defineProperty({}, 'a', { enumerable: true, get: explode }) }),
    ],
  ])('that %s is counted, and nothing is recorded', async (_what, redact) => {
    const { record, logs, faults } = setup({ redact: redact as Redact });
    const raised = await unhandledDuring(() => {
      const attributes = onSpan(span => expect(record(ROW, { span })).toBe(false));
      expect(attributes).toEqual({});
      expect(record(ROW)).toBe(false);
    });
    expect(raised).toEqual([]);
    expect(logs.events()).toEqual([]);
    expect([...faults.counts]).toEqual([['redact', 2]]);
  });

  test('can not change what a record is weighted by', () => {
    const { record, logs } = setup({
      redact: given => {
        (given.reasons as string[]).length = 0;
        given.model.name = 'another';
        return { ...given, probability: 1, captured: 'after', durationMs: 0 };
      },
    });
    record(ROW);
    expect(logs.events()[0]!.attributes).toMatchObject({
      ...REASONS,
      'ml.model.name': 'flight-delay',
      'ml.inference.duration': 0.0125,
    });
  });

  test('may put in whatever it likes: it is bounded, and JSON where it is no attribute', () => {
    const { record, logs, faults } = setup({
      redact: given => ({
        ...given,
        missing: ['a', 7 as never, 'b'],
        invalid: 'x' as never,
        confidence: 'high' as never,
        input: {
          numbers: [1, 2],
          texts: ['a', 'b'],
          mixed: [1, 'b', null],
          deep: { a: { b: [1n, Number.NaN] } },
          pixels: new Uint8Array(5000).fill(9),
          nan: Number.NaN,
          nothing: null,
          none: undefined,
          when: new Date(0),
        },
      }),
    });
    record(ROW);
    const { attributes } = logs.events()[0]!;
    const input = Object.entries(attributes).filter(([name]) => name.startsWith('ml.input.'));
    expect(Object.fromEntries(input)).toEqual({
      'ml.input.numbers': [1, 2],
      'ml.input.texts': ['a', 'b'],
      'ml.input.mixed': '[1,"b",null]',
      'ml.input.deep': '{"a":{"b":["1","NaN"]}}',
      'ml.input.pixels': '{"type":"Uint8Array","shape":[5000],"mean":9,"sd":0,"min":9,"max":9,"zeros":0}',
      'ml.input.nan': 'NaN',
      'ml.input.when': '1970-01-01T00:00:00.000Z',
    });
    expect(attributes['ml.payload.missing']).toEqual(['a', 'b']);
    expect(attributes).not.toHaveProperty(['ml.payload.invalid']);
    expect(attributes).not.toHaveProperty(['ml.prediction.confidence']);
    expect(faults.counts.size).toBe(0);
  });
});

describe('a record is bounded', () => {
  const many = (count: number, feature: Feature<never>) =>
    Object.fromEntries(Array.from({ length: count }, (_, i) => [`f${i}`, feature]));
  const sizeOf = (attributes: object) => Buffer.byteLength(JSON.stringify(attributes));

  test('to 16 KiB in all, and says that it was cut', () => {
    const { record, logs } = setup({ features: many(60, categorical()) });
    const row = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`f${i}`, '"é'.repeat(300)]));
    const attributes = onSpan(span => record(row, { span }));
    record(row);
    for (const all of [attributes, logs.events()[0]!.attributes]) {
      expect(all['ml.payload.truncated']).toBe(true);
      expect(all['ml.input.f0']).toBe('"é'.repeat(300));
      expect(sizeOf(all)).toBeLessThanOrEqual(16_384);
      expect(sizeOf(all)).toBeGreaterThan(15_000);
      expect(all).toMatchObject(REASONS);
    }
  });

  test('to 16 KiB also where its values are JSON text, which is cut and stays JSON', () => {
    const list = Array.from({ length: 60 }, () => ['"'.repeat(1000), null]);
    const { record, logs } = setup({ redact: given => ({ ...given, input: { list } }) });
    record(ROW);
    const { attributes } = logs.events()[0]!;
    expect(attributes['ml.payload.truncated']).toBe(true);
    expect(JSON.parse(attributes['ml.input.list'] as string)[0]).toEqual(list[0]);
    expect(sizeOf(attributes)).toBeLessThanOrEqual(16_384);
    expect(sizeOf(attributes)).toBeGreaterThan(10_000);
  });

  test('to 96 values, fewer than the SDKs keep attributes', () => {
    const { record, logs } = setup({ features: many(200, numeric()) });
    record(Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`f${i}`, i])));
    const [emitted] = logs.records();
    expect(emitted!.droppedAttributesCount).toBe(0);
    const values = Object.entries(emitted!.attributes).filter(([name]) => name.startsWith('ml.input.'));
    expect(values).toEqual(Array.from({ length: MAX_INPUTS }, (_, i) => [`ml.input.f${i}`, i]));
    expect(emitted!.attributes['ml.payload.truncated']).toBe(true);
  });

  test('to 64 names of what is missing', () => {
    const { record, logs } = setup({ features: many(200, numeric()) });
    record({});
    const { attributes } = logs.events()[0]!;
    expect(attributes['ml.payload.missing']).toEqual(Array.from({ length: 64 }, (_, i) => `f${i}`));
    expect(attributes['ml.payload.truncated']).toBe(true);
  });
});

test('a span that throws does not reach the caller', () => {
  const { record, faults } = setup();
  const span = Object.assign(tracer.startSpan('predict'), {
    setAttribute() {
      throw new Error('no');
    },
  });
  record(ROW, { span });
  expect([...faults.counts]).toEqual([['span', 1]]);
  const dead = Object.assign(tracer.startSpan('predict'), {
    isRecording() {
      throw new Error('no');
    },
  });
  const { records } = setup({ logs: false });
  expect(records.canKeep(dead)).toBe(false);
});
