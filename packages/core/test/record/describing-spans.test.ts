import type { ModelSpec } from '@driftspan/sketch';
import { type Span, trace } from '@opentelemetry/api';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Faults } from '../../src/faults.js';
import { MAX_DESCRIPTION } from '../../src/record/description.js';
import { Spans, type SpansOptions } from '../../src/record/spans.js';
import { onlySpan, registerSdk, unregisterSdk } from './real-sdk.js';

const MODEL: ModelSpec<never> = { name: 'm', version: '1' };
let exporter: ReturnType<typeof registerSdk>;
beforeEach(() => {
  exporter = registerSdk();
});
afterEach(unregisterSdk);

function spansWith(options: Partial<SpansOptions> = {}) {
  const faults = new Faults('test');
  return { faults, spans: new Spans(MODEL, { mode: 'parent', ...options }, faults) };
}
const opened = (spans: Spans): Span => spans.open()!;

describe('what is described', () => {
  test('stands on every later span, beside the model', () => {
    const { spans } = spansWith();
    expect(spans.described).toBeUndefined();
    spans.describe({ 'ml.runtime.name': 'onnxruntime', sizes: [1, 2] });
    spans.succeed(opened(spans), undefined, undefined, -1);
    expect(onlySpan(exporter).attributes).toEqual({
      'ml.operation.name': 'predict',
      'ml.model.name': 'm',
      'ml.model.version': '1',
      'ml.runtime.name': 'onnxruntime',
      sizes: [1, 2],
    });
    expect(spans.described).toEqual({ 'ml.runtime.name': 'onnxruntime', sizes: [1, 2] });
  });

  test('a second time replaces the first', () => {
    const { spans } = spansWith();
    spans.describe({ a: 1, b: 2 });
    spans.describe({ a: 3 });
    expect(spans.described).toEqual({ a: 3, b: 2 });
    spans.succeed(opened(spans), undefined, undefined, -1);
    expect(onlySpan(exporter).attributes).toMatchObject({ a: 3, b: 2 });
  });

  test('can not rename the model', () => {
    const { spans } = spansWith();
    spans.describe({ 'ml.model.name': 'another', 'ml.model.version': '2', 'ml.operation.name': 'x' });
    expect(spans.described).toBeUndefined();
  });

  test.each<[string, unknown]>([
    ['an object', { a: 1 }],
    ['a function', () => {}],
    ['a bigint', 1n],
    ['null', null],
    ['an array of two types', [1, 'a']],
    ['a typed array', new Float32Array(2)],
  ])('is dropped if it is %s', (_what, value) => {
    const { spans } = spansWith();
    spans.describe({ a: value as never });
    expect(spans.described).toBeUndefined();
  });

  test('is bounded in number and length', () => {
    const { spans } = spansWith();
    spans.describe(Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`k${i}`, 'x'.repeat(2000)])));
    expect(Object.keys(spans.described!)).toHaveLength(MAX_DESCRIPTION);
    expect(spans.described!['k0']).toBe('x'.repeat(1024));
  });

  test('is a copy', () => {
    const { spans } = spansWith();
    const list = ['a'];
    spans.describe({ list });
    list.push('b');
    expect(spans.described).toEqual({ list: ['a'] });
  });
});

describe('exceptions', () => {
  const failed = (options: Partial<SpansOptions>, error: unknown) => {
    const { spans, faults } = spansWith(options);
    spans.fail(opened(spans), 'RangeError', -1, error);
    return { ...onlySpan(exporter), faults };
  };

  test('leave nothing but their type', () => {
    const { events, attributes, status } = failed({}, new RangeError('the secret'));
    expect(events).toEqual([]);
    expect(attributes['error.type']).toBe('RangeError');
    expect(JSON.stringify([attributes, status])).not.toContain('secret');
  });

  test('leave message and stack where they are recorded', () => {
    const error = Object.assign(new RangeError('what happened'), { code: 'the data' });
    const { events } = failed({ recordExceptions: true }, error);
    expect(events).toHaveLength(1);
    expect(events[0]!.attributes).toEqual({
      'exception.type': 'RangeError',
      'exception.message': 'what happened',
      'exception.stacktrace': expect.stringContaining('describing-spans.test'),
    });
  });

  test('leave a message that is cut, and a stack', () => {
    const error = Object.assign(new RangeError('x'.repeat(5000)), { stack: 'y'.repeat(50_000) });
    const { events } = failed({ recordExceptions: true }, error);
    expect(events[0]!.attributes).toMatchObject({
      'exception.message': 'x'.repeat(1024),
      'exception.stacktrace': 'y'.repeat(4096),
    });
  });

  test.each<[string, unknown, number]>([
    ['a text', 'what happened', 1],
    ['nothing', undefined, 0],
    ['an object without a message', { secret: 1 }, 0],
    ['a message that is no text', { message: { secret: 1 } }, 0],
  ])('%s that was thrown', (_what, error, count) => {
    expect(failed({ recordExceptions: true }, error).events).toHaveLength(count);
  });

  test('whose getters throw still end their span', () => {
    const hostile = Object.defineProperty({}, 'message', {
      get() {
        throw new Error('no');
      },
    });
    const { events, faults } = failed({ recordExceptions: true }, hostile);
    expect(events).toEqual([]);
    expect(faults.counts.get('span')).toBe(1);
  });
});

test('spans come from the provider that is given, not from the global one', () => {
  const own = new InMemorySpanExporter();
  const tracerProvider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter: own })] });
  const { spans } = spansWith({ tracerProvider });
  spans.succeed(opened(spans), undefined, undefined, -1);
  expect(onlySpan(own).name).toBe('predict m');
  expect(exporter.getFinishedSpans()).toEqual([]);
  expect(trace.getTracerProvider()).not.toBe(tracerProvider);
});
