import {
  categorical,
  columns,
  dateTime,
  embedding,
  type Feature,
  image,
  type ModelSpec,
  numeric,
  tensor,
  text,
} from '@driftspan/sketch';
import { context, type Span } from '@opentelemetry/api';
import { afterEach, expect, test } from 'vitest';
import { makeCounting } from '../../src/counting.js';
import { driftSettings } from '../../src/drift/options.js';
import { Faults } from '../../src/faults.js';
import type { ContentMode } from '../../src/record/content.js';
import { errorType } from '../../src/record/error-type.js';
import { LogEvents } from '../../src/record/log-events.js';
import { Records } from '../../src/record/records.js';
import { type ReadOutput, Spans } from '../../src/record/spans.js';
import { ERROR, MISSING, SAMPLED } from '../../src/sampling/reasons.js';
import { realLogs } from './real-logs.js';
import { registerSdk, unregisterSdk } from './real-sdk.js';

afterEach(unregisterSdk);

/*
 * What may leave the process in a record: each test is a sentence of the design, over everything that left, as text: spans
 * and events, with a sampled span and without one.
 */

const CANARY = 'canary-4711-secret';
const NUMBER = 8675309.25;
const MODEL_NAME = 'm';

interface Call {
  readonly row: unknown;
  readonly output?: ReadOutput;
  readonly error?: unknown;
  readonly recordExceptions?: boolean;
  readonly content?: ContentMode;
  readonly isRecorded?: boolean;
}

/** Everything that leaves for one call of a model, with a sampled span and then without a span. */
function left(features: Record<string, Feature<never>>, call: Call): string {
  unregisterSdk();
  const exporter = registerSdk();
  const faults = new Faults('test');
  const logs = realLogs();
  const model: ModelSpec<never> = { name: MODEL_NAME, version: '1', features };
  const spans = new Spans(model, { mode: 'parent', recordExceptions: call.recordExceptions ?? false }, faults);
  const records = new Records({
    model: { name: MODEL_NAME, version: '1' },
    task: undefined,
    redact: undefined,
    content: call.content ?? 'default',
    events: new LogEvents(logs.provider, faults),
    faults,
  });
  const settings = driftSettings();
  const { reader } = makeCounting({ model, readers: {}, settings, codegen: false, batch: false }, undefined, faults);
  const failedAs = 'error' in call ? errorType(call.error) : undefined;
  const finish = (span: Span | undefined): void => {
    if (call.isRecorded === false) return;
    const bits = failedAs === undefined ? SAMPLED | MISSING : ERROR;
    const pending = records.pending(reader, call.row, context.active(), 'before');
    records.finish(pending, bits, 1, { output: call.output, errorType: failedAs, durationMs: 1 }, span);
  };
  const span = spans.open()!;
  finish(span);
  if (failedAs === undefined) spans.succeed(span, undefined, undefined, -1);
  else spans.fail(span, failedAs, -1, call.error);
  finish(undefined);
  const ended = exporter
    .getFinishedSpans()
    .map(({ name, attributes, events, status }) => [name, attributes, events, status]);
  expect(ended).toHaveLength(1);
  return JSON.stringify([ended, logs.events()]);
}

/** A feature of each kind, whose value is the canary in a form that the kind takes. */
const KINDS: readonly (readonly [string, Feature<never>, unknown, RegExp])[] = [
  ['numeric', numeric(), NUMBER, /8675309/],
  ['categorical', categorical(), CANARY, /canary/],
  ['text', text(), CANARY, /canary|x\.length/],
  ['dateTime', dateTime(), '2031-07-19', /2031|x\.hour/],
  ['embedding', embedding(), [NUMBER, 1], /8675309|x\.norm/],
  ['tensor', tensor(), { dims: [2], data: [NUMBER, NUMBER] }, /8675309|x\.mean/],
  ['image', image(), { width: 1, height: 1, data: [NUMBER] }, /8675309|x\.brightness/],
  ['columns', columns((row: { x: never }) => row.x, ['x0']), { dims: [1], data: [NUMBER] }, /8675309|x0/],
];

test.each(KINDS)('declared features leave as values in sampled records: %s', (_kind, feature, x, canary) => {
  expect(left({ x: feature }, { row: { x } })).toMatch(canary);
});

test.each(KINDS)('values leave only in sampled records: %s', (_kind, feature, x, canary) => {
  expect(left({ x: feature }, { row: { x }, isRecorded: false })).not.toMatch(canary);
});

test('label, confidence and value leave in a record', () => {
  const told = left({}, { row: {}, output: { label: 'late', confidence: 0.125, value: 20.5 } });
  expect(told).toContain('"ml.prediction.label":"late"');
  expect(told).toContain('"ml.prediction.confidence":0.125');
  expect(told).toContain('"ml.prediction.value":20.5');
});

test.each(KINDS)('of a sensitive feature there is never a value in a record: %s', (_kind, feature, x, canary) => {
  const told = left({ x: { ...feature, sensitive: true }, y: numeric() }, { row: { x, y: 1 } });
  expect(told).not.toMatch(canary);
  expect(told).toContain('ml.input.y');
});

test.each(KINDS)('of a sensitive feature not even its type leaves, where it is invalid: %s', (_kind, feature) => {
  const told = left({ x: { ...feature, sensitive: true } }, { row: { x: Symbol(CANARY) } });
  expect(told).not.toMatch(/canary|symbol|ml\.payload\.invalid/);
});

test.each(KINDS)('of what is only counted there is never a value in a record: %s', (_kind, feature, x, canary) => {
  expect(left({ x: { ...feature, recorded: false } }, { row: { x } })).not.toMatch(canary);
});

test('what is not declared never leaves', () => {
  const row = { x: 1, other: CANARY, nested: { x: CANARY }, [CANARY]: 1, toJSON: () => CANARY };
  expect(left({ x: numeric() }, { row })).not.toContain('canary');
});

test.each([
  ['a numeric text', numeric(), CANARY],
  ['an object', categorical(), { [CANARY]: CANARY }],
  ['a symbol', categorical(), Symbol(CANARY)],
  ['a time that is none', dateTime(), CANARY],
  ['a tensor whose sizes do not fit', tensor(), { dims: [3], data: [NUMBER], type: `a ${CANARY}` }],
])('an invalid value never leaves: %s', (_what, feature, x) => {
  const told = left({ x: feature as Feature<never> }, { row: { x } });
  expect(told).not.toMatch(/canary|8675309/);
  expect(told).toContain('ml.payload.invalid');
});

test('of pixels and vectors no element leaves', () => {
  const data = Float32Array.from({ length: 64 }, (_, i) => Math.sqrt(i + 2) * 777.7);
  const told = left(
    { v: embedding(), t: tensor(), i: image() },
    { row: { v: data, t: data, i: { data, width: 8, height: 8 } } },
  );
  // The smallest and the largest of a tensor are two of its parts.
  const elements = [...data].sort((a, b) => a - b).slice(1, -1);
  expect(elements.filter(element => told.includes(String(element)))).toEqual([]);
  expect(told).toContain('"ml.input.v.shape":[64]');
});

test.each<[string, unknown]>([
  ['a message', new RangeError(CANARY)],
  ['a stack', Object.assign(new RangeError('x'), { stack: CANARY })],
  ['a code that is data', Object.assign(new Error('x'), { code: CANARY })],
  ['a name that is data', Object.assign(new Error('x'), { name: `row of ${CANARY}` })],
  ['a cause', new Error('x', { cause: CANARY })],
  ['own properties', Object.assign(new Error('x'), { input: CANARY, path: `/srv/${CANARY}.onnx` })],
  ['a text that was thrown', CANARY],
  ['an object that was thrown', { message: CANARY, [CANARY]: CANARY }],
])('errors leave as error.type alone: %s', (_what, error) => {
  const told = left({ x: numeric() }, { row: { x: 1 }, error });
  expect(told).not.toContain('canary');
  expect(told).toContain('"error.type"');
});

test('message and stack leave with recordExceptions only, on the span', () => {
  const error = new RangeError(CANARY);
  expect(left({}, { row: {}, error, recordExceptions: true })).toContain(`"exception.message":"${CANARY}"`);
  expect(left({}, { row: {}, error, recordExceptions: false })).not.toContain('canary');
});

test('NO_CONTENT: no value leaves anywhere, and the names of what was missing stay', () => {
  const features = Object.fromEntries(KINDS.map(([kind, feature]) => [kind, feature]));
  const row = Object.fromEntries(KINDS.map(([kind, , x]) => [kind, x]));
  const told = left({ ...features, gone: numeric() }, { row: { ...row, x: row['columns'] }, content: 'none' });
  expect(told).not.toMatch(/canary|8675309|2031|ml\.input/);
  expect(told).toContain('"ml.payload.missing":["gone"]');
});
