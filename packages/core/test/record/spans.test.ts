import { context, SpanKind, SpanStatusCode, TraceFlags, trace } from '@opentelemetry/api';
import { suppressTracing } from '@opentelemetry/core';
import { AlwaysOffSampler, AlwaysOnSampler, ParentBasedSampler, SamplingDecision } from '@opentelemetry/sdk-trace';
import { afterEach, describe, expect, test } from 'vitest';
import { monitor, monitorBatch } from '../../src/index.js';
import { onlySpan, registerSdk, unregisterSdk } from './real-sdk.js';

afterEach(unregisterSdk);

const model = { name: 'flight-delay', version: '2013.01' };
const TRACE_ID = 'a'.repeat(32);

/** Runs `work` under a parent that came from elsewhere. */
function under<T>(flags: TraceFlags, work: () => T): T {
  const parent = { traceId: TRACE_ID, spanId: 'b'.repeat(16), traceFlags: flags, isRemote: true };
  return context.with(trace.setSpanContext(context.active(), parent), work);
}

test('the span of a call is named and described by its model', () => {
  const exporter = registerSdk();
  monitor((_: { a: number }) => ({ label: 'late', p: 0.75, minutes: 20 }), {
    model: { ...model, task: 'classification' },
    output: { label: r => r.label, confidence: r => r.p, value: r => r.minutes },
    predictionId: () => 'id-1',
  })({ a: 1 });
  const span = onlySpan(exporter);
  expect(span.name).toBe('predict flight-delay');
  expect(span.kind).toBe(SpanKind.INTERNAL);
  expect(span.status).toEqual({ code: SpanStatusCode.UNSET });
  expect(span.events).toEqual([]);
  expect(span.instrumentationScope).toMatchObject({ name: '@driftspan/core' });
  expect(span.attributes).toEqual({
    'ml.operation.name': 'predict',
    'ml.model.name': 'flight-delay',
    'ml.model.version': '2013.01',
    'ml.task.type': 'classification',
    'ml.prediction.id': 'id-1',
    'ml.prediction.label': 'late',
    'ml.prediction.confidence': 0.75,
    'ml.prediction.value': 20,
  });
});

test.each([
  ['http://models.example:8080/v1', 'models.example', 8080],
  ['https://user:secret@models.example/v1?key=secret', 'models.example', 443],
  ['http://models.example', 'models.example', 80],
  ['grpc://10.0.0.1:9000', '10.0.0.1', 9000],
])('the span of a model behind %s is CLIENT and says where', (remote, address, port) => {
  const exporter = registerSdk();
  monitor(() => 1, { model: { ...model, remote } })();
  const span = onlySpan(exporter);
  expect(span.kind).toBe(SpanKind.CLIENT);
  expect(span.attributes).toMatchObject({ 'server.address': address, 'server.port': port });
  expect(JSON.stringify(span.attributes)).not.toContain('secret');
});

describe('a call that fails', () => {
  class PaymentError extends Error {
    override readonly name = 'PaymentError';
  }
  const FAILURES: readonly [unknown, string][] = [
    [new PaymentError('the secret'), 'PaymentError'],
    [new RangeError('the secret'), 'RangeError'],
    [Object.assign(new Error('the secret'), { code: 'ECONNREFUSED' }), 'ECONNREFUSED'],
    [Object.assign(new Error('x'), { name: 'the secret of row 7' }), '_OTHER'],
    ['the secret', 'string'],
    [null, 'null'],
    [undefined, 'undefined'],
    [{ message: 'the secret' }, 'object'],
  ];
  test.each(FAILURES)('%o has error.type %s and nothing of its message', async (error, type) => {
    const exporter = registerSdk();
    const now = monitor(
      () => {
        throw error;
      },
      { model },
    );
    const later = monitor(() => Promise.reject(error), { model });
    try {
      now();
    } catch {
      // It is the span that matters here.
    }
    await later().catch(() => {});
    const spans = exporter.getFinishedSpans();
    expect(spans).toHaveLength(2);
    for (const { status, attributes, events, name } of spans) {
      expect(status).toEqual({ code: SpanStatusCode.ERROR });
      expect(attributes['error.type']).toBe(type);
      expect(events).toEqual([]);
      expect(JSON.stringify([name, attributes, status])).not.toContain('secret');
    }
  });
});

describe('under an unsampled parent', () => {
  test('there is no span, the parent stays active in the model, and the call is counted', () => {
    const exporter = registerSdk();
    const predict = monitor(() => trace.getSpanContext(context.active())?.spanId, { model });
    expect(under(TraceFlags.NONE, predict)).toBe('b'.repeat(16));
    expect(exporter.getFinishedSpans()).toHaveLength(0);
    expect(predict.monitor.report().calls.succeeded).toBe(1);
  });

  test("spans: 'always' asks the sampler", () => {
    const asked: string[] = [];
    const exporter = registerSdk({
      shouldSample: (_context, _traceId, name) => {
        asked.push(name);
        return { decision: SamplingDecision.RECORD_AND_SAMPLED };
      },
      toString: () => 'asking',
    });
    under(
      TraceFlags.NONE,
      monitor(() => 1, { model, spans: 'always' }),
    );
    under(
      TraceFlags.NONE,
      monitor(() => 1, { model, spans: 'parent' }),
    );
    expect(asked).toEqual(['predict flight-delay']);
    expect(onlySpan(exporter).spanContext().traceId).toBe(TRACE_ID);
  });
});

test('under a sampled parent the span is its child', () => {
  const exporter = registerSdk(new ParentBasedSampler({ root: new AlwaysOffSampler() }));
  under(
    TraceFlags.SAMPLED,
    monitor(() => 1, { model }),
  );
  expect(onlySpan(exporter).spanContext().traceId).toBe(TRACE_ID);
  expect(onlySpan(exporter).parentSpanContext?.spanId).toBe('b'.repeat(16));
});

test("spans: 'never' makes none", () => {
  const exporter = registerSdk();
  const predict = monitor(() => trace.getSpan(context.active()), { model, spans: 'never' });
  expect(predict()).toBeUndefined();
  expect(exporter.getFinishedSpans()).toHaveLength(0);
});

test.each(['parent', 'always'] as const)('under suppressed tracing there is none (spans: %s)', spans => {
  const exporter = registerSdk(new AlwaysOnSampler());
  const predict = monitor(() => 1, { model, spans });
  context.with(suppressTracing(context.active()), predict);
  expect(exporter.getFinishedSpans()).toHaveLength(0);
  expect(predict.monitor.report().calls.succeeded).toBe(1);
});

describe('spans made inside the model', () => {
  test.each([false, true])('are children of ours (asynchronous: %s)', async asynchronous => {
    const exporter = registerSdk();
    const child = () => trace.getTracer('model').startSpan('child').end();
    const predict = monitor(
      asynchronous
        ? async () => {
            await new Promise(resolve => setImmediate(resolve));
            child();
          }
        : child,
      { model },
    );
    await predict();
    const [inner, outer] = exporter.getFinishedSpans();
    expect(inner!.parentSpanContext?.spanId).toBe(outer!.spanContext().spanId);
    expect(trace.getSpan(context.active())).toBeUndefined();
  });

  test('follow the decision of the root sampler when it says no', () => {
    const exporter = registerSdk(new ParentBasedSampler({ root: new AlwaysOffSampler() }));
    let seen: ReturnType<typeof trace.getSpanContext>;
    monitor(
      () => {
        seen = trace.getSpanContext(context.active());
        trace.getTracer('model').startSpan('child').end();
      },
      { model },
    )();
    expect(exporter.getFinishedSpans()).toHaveLength(0);
    expect(seen).toMatchObject({ traceFlags: TraceFlags.NONE });
    expect(seen!.traceId).not.toBe('0'.repeat(32));
  });
});

test('without an SDK no span is active in the model', () => {
  const predict = monitor(() => trace.getSpan(context.active()), { model });
  expect(predict()).toBeUndefined();
});

test('an SDK that is registered after the monitor gets its spans', () => {
  const predict = monitor(() => 1, { model });
  const exporter = registerSdk();
  predict();
  expect(exporter.getFinishedSpans()).toHaveLength(1);
});

test('a batch has one span, which says its size and no single label', async () => {
  const exporter = registerSdk();
  const predict = monitorBatch(async (rows: number[]) => rows, {
    model,
    output: { label: (_, row) => row },
    predictionId: row => String(row),
  });
  await predict([1, 2, 3]);
  await predict([]);
  expect(exporter.getFinishedSpans().map(({ attributes }) => attributes['ml.batch.size'])).toEqual([3, 0]);
  for (const { attributes } of exporter.getFinishedSpans()) {
    expect(attributes).not.toHaveProperty(['ml.prediction.label']);
    expect(attributes).not.toHaveProperty(['ml.prediction.id']);
  }
});

function isIterator(value: unknown): value is AsyncIterable<unknown> | Iterable<unknown> {
  return value instanceof Object && 'next' in value;
}

describe('every exit path ends its span', () => {
  class Query<T> extends Promise<T> {}
  const PATHS: readonly [string, () => unknown][] = [
    ['a value', () => 1],
    ['undefined', () => undefined],
    [
      'a throw',
      () => {
        throw new Error('no');
      },
    ],
    ['a promise', async () => 1],
    [
      'a rejection',
      async () => {
        throw new Error('no');
      },
    ],
    ['a promise subclass', () => Query.resolve(1)],
    ['a rejected promise subclass', () => Query.reject(new Error('no'))],
    // biome-ignore lint/suspicious/noThenProperty: a thenable is what is tested
    ['a foreign thenable', () => ({ then() {} })],
    ['a generator', function* () {}],
    ['an asynchronous generator', async function* () {}],
    [
      'a revoked Proxy',
      () => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      },
    ],
  ];
  test.each(PATHS)('%s', async (_what, fn) => {
    const exporter = registerSdk();
    const predict = monitor(fn, { model, output: { label: () => 'a' } });
    try {
      const result = predict();
      if (result instanceof Promise) await result;
      // A call that gives a stream begins at its first step.
      else if (isIterator(result)) for await (const _ of result) expect.unreachable();
    } catch {
      // The exit is what matters.
    }
    await new Promise(resolve => setImmediate(resolve));
    expect(exporter.getFinishedSpans()).toHaveLength(1);
    expect(predict.monitor.report().calls.active).toBe(0);
  });
});

describe('a tracer at fault', () => {
  const explode = (): never => {
    throw new Error('tracer');
  };

  test('that throws does not reach the caller', async () => {
    trace.setGlobalTracerProvider({ getTracer: () => ({ startSpan: explode, startActiveSpan: explode }) });
    const now = monitor(() => 1, { model });
    const later = monitor(async () => 2, { model });
    expect(now()).toBe(1);
    expect(await later()).toBe(2);
    expect(now.monitor.report()).toMatchObject({ calls: { succeeded: 1, active: 0 }, dropped: { span: 1 } });
  });

  test('that gives no span does not reach the caller', () => {
    trace.setGlobalTracerProvider({
      getTracer: () => ({ startSpan: () => undefined as never, startActiveSpan: explode }),
    });
    const predict = monitor(() => 1, { model });
    expect(predict()).toBe(1);
    expect(predict.monitor.report().dropped.span).toBeGreaterThan(0);
  });

  // Every method of a span but the ones by which it is known and ended.
  test.each(['setAttribute', 'setStatus', 'isRecording'])('whose spans throw in %s still has them ended', method => {
    const exporter = registerSdk();
    const real = trace.getTracer('real');
    let ended = 0;
    const provider = {
      getTracer: () => ({
        startSpan: (...args: Parameters<typeof real.startSpan>) => {
          const span = real.startSpan(...args);
          const end = span.end.bind(span);
          return Object.assign(span, {
            [method]: explode,
            end: () => {
              ended++;
              end();
            },
          });
        },
        startActiveSpan: explode,
      }),
    };
    trace.disable();
    trace.setGlobalTracerProvider(provider);
    const fine = monitor(() => 1, { model, output: { label: () => 'a' } });
    const broken = monitor(
      () => {
        throw new RangeError('no');
      },
      { model },
    );
    expect(fine()).toBe(1);
    expect(broken).toThrow(RangeError);
    expect(ended).toBe(2);
    expect(exporter.getFinishedSpans()).toHaveLength(2);
    expect(fine.monitor.report().calls.active).toBe(0);
  });

  test('that throws when it is asked for does not keep a monitor from being made', () => {
    trace.setGlobalTracerProvider({ getTracer: explode });
    const predict = monitor(() => 1, { model });
    expect(predict()).toBe(1);
  });

  test('whose spans throw in end does not reach the caller', () => {
    trace.setGlobalTracerProvider({
      getTracer: () => ({
        startSpan: () =>
          Object.assign(trace.wrapSpanContext({ traceId: TRACE_ID, spanId: '1'.repeat(16), traceFlags: 1 }), {
            end: explode,
          }),
        startActiveSpan: explode,
      }),
    });
    const predict = monitor(() => 1, { model });
    expect(predict()).toBe(1);
    expect(predict.monitor.report()).toMatchObject({ calls: { succeeded: 1, active: 0 }, dropped: { span: 1 } });
  });
});
