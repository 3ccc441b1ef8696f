import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createMonitor, monitorBatch, numeric } from '../../src/index.js';
import { unhandledDuring } from '../wrap/unhandled.js';
import { onlySpan, registerSdk, unregisterSdk } from './real-sdk.js';

afterEach(unregisterSdk);
let exporter: ReturnType<typeof registerSdk>;
beforeEach(() => {
  exporter = registerSdk();
});

const make = () =>
  createMonitor<{ n: number }, string>({
    model: { name: 'manual', version: '1', features: { n: numeric() } },
    output: { label: out => out },
    predictionId: row => `id-${row.n}`,
  });

describe('a manual call', () => {
  test('is counted and has a span, active only while it runs', () => {
    const watch = make();
    const call = watch.start({ n: 1 });
    expect(call.predictionId).toBe('id-1');
    expect(trace.getSpan(context.active())).toBeUndefined();
    const inside = call.run(() => trace.getSpanContext(context.active())?.spanId);
    call.end('late');
    expect(onlySpan(exporter).spanContext().spanId).toBe(inside);
    expect(onlySpan(exporter).attributes).toMatchObject({
      'ml.prediction.label': 'late',
      'ml.prediction.id': 'id-1',
    });
    expect(watch.report()).toMatchObject({
      calls: { succeeded: 1, active: 0 },
      predictions: { late: 1 },
      outcomes: { pending: 1 },
      features: [{ totals: { valued: 1 } }],
    });
  });

  test('ends once: the first end or failure counts', () => {
    const watch = make();
    const ended = watch.start({ n: 1 });
    ended.end('a');
    ended.end('b');
    ended.fail(new Error('no'));
    const failed = watch.start({ n: 2 });
    failed.fail(new RangeError('no'));
    failed.fail(new Error('no'));
    failed.end('c');
    expect(watch.report()).toMatchObject({
      calls: { succeeded: 1, failed: 1, active: 0, errors: { RangeError: 1 } },
      predictions: { a: 1 },
    });
    expect(watch.report().predictions).toEqual({ a: 1 });
    expect(exporter.getFinishedSpans()).toHaveLength(2);
  });

  test('fails when its run throws, and the error comes through by identity', () => {
    const watch = make();
    const error = Object.freeze(new RangeError('no'));
    const call = watch.start({ n: 1 });
    let thrown: unknown;
    try {
      call.run(() => {
        throw error;
      });
    } catch (met) {
      thrown = met;
    }
    expect(thrown).toBe(error);
    call.end('late');
    expect(watch.report()).toMatchObject({ calls: { succeeded: 0, failed: 1, active: 0 }, predictions: {} });
    expect(onlySpan(exporter).status.code).toBe(SpanStatusCode.ERROR);
  });

  test('fails when its run rejects', async () => {
    const watch = make();
    const error = new RangeError('no');
    const call = watch.start({ n: 1 });
    const promise = call.run(async () => {
      throw error;
    });
    await expect(promise).rejects.toBe(error);
    expect(watch.report().calls).toMatchObject({ failed: 1, active: 0 });
  });

  test('fails when its run gives a promise subclass that rejects', async () => {
    class Query<T> extends Promise<T> {}
    const watch = make();
    const call = watch.start({ n: 1 });
    const query = Query.reject(new RangeError('no'));
    const result = call.run(() => query);
    expect(result).toBe(query);
    await expect(result).rejects.toThrow(RangeError);
    expect(watch.report().calls).toMatchObject({ failed: 1, active: 0, errors: { RangeError: 1 } });
  });

  test.each([
    ['a value', { a: 1 }],
    ['a Proxy of a promise', new Proxy(Promise.resolve(1), {})],
    ['an object that only inherits from Promise', Object.create(Promise.prototype)],
    [
      'a revoked Proxy',
      (() => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      })(),
    ],
  ])('gives %s of its run back by identity', (_what, value) => {
    const call = make().start({ n: 1 });
    const [result] = [() => call.run(() => value)].map(run => [run()] as const)[0]!;
    expect(Object.is(result, value)).toBe(true);
  });

  test('runs more than once in the context of its span', async () => {
    const watch = make();
    const call = watch.start({ n: 1 });
    const one = call.run(() => trace.getSpanContext(context.active())?.spanId);
    const two = await call.run(async () => trace.getSpanContext(context.active())?.spanId);
    expect(two).toBe(one);
    expect(watch.report().calls.active).toBe(1);
    call.end('a');
  });

  test('runs after its end without being counted again', async () => {
    const watch = make();
    const call = watch.start({ n: 1 });
    call.end('a');
    expect(call.run(() => 5)).toBe(5);
    const raised = await unhandledDuring(() => call.run(() => Promise.reject(new Error('no'))).catch(() => {}));
    expect(raised).toEqual([]);
    expect(watch.report().calls).toMatchObject({ succeeded: 1, failed: 0, active: 0 });
  });

  test('that never runs is ended by hand', () => {
    const watch = make();
    watch.start({ n: 1 }).end('a');
    watch.start({ n: 1 }).fail(undefined);
    expect(watch.report().calls).toMatchObject({ succeeded: 1, failed: 1, active: 0, errors: { undefined: 1 } });
  });

  test('of a batch counts its rows and has no id of its own', () => {
    const predict = monitorBatch((rows: number[]) => rows, {
      model: { name: 'manual batch', version: '1' },
      output: { label: (out, _row, i) => out[i] },
      predictionId: (_row, i) => `row-${i}`,
    });
    const call = predict.monitor.start([5, 6]);
    expect(call.predictionId).toBeUndefined();
    call.end([1, 2]);
    expect(predict.monitor.recordOutcome('row-1', { label: 2 })).toBe(true);
    expect(predict.monitor.report()).toMatchObject({ predictions: { 1: 1, 2: 1 }, outcomes: { accuracy: 1 } });
    expect(onlySpan(exporter).attributes['ml.batch.size']).toBe(2);
  });
});
