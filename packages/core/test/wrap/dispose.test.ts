import { afterEach, describe, expect, test } from 'vitest';
import { createMonitor, monitor, monitorBatch, numeric } from '../../src/index.js';
import { collected } from '../record/collected.js';
import { registerSdk, unregisterSdk } from '../record/real-sdk.js';

afterEach(() => {
  unregisterSdk();
  delete process.env['DRIFTSPAN_DISABLED'];
});

const deferred = <T>() => {
  let settle!: { resolve: (value: T) => void; reject: (error: unknown) => void };
  const promise = new Promise<T>((resolve, reject) => {
    settle = { resolve, reject };
  });
  return { promise, ...settle };
};

describe('dispose while calls are in flight', () => {
  test('lets them end with their result, counts them as dropped and ends their spans', async () => {
    const exporter = registerSdk();
    const kept = deferred<string>();
    const broken = deferred<string>();
    const predict = monitor((x: { wait: Promise<string> }) => x.wait, {
      model: { name: 'dispose-in-flight', version: '1' },
      output: { label: r => r },
    });
    const first = predict({ wait: kept.promise });
    const second = predict({ wait: broken.promise });
    predict.monitor.dispose();
    kept.resolve('late');
    broken.reject(new RangeError('no'));
    expect(await first).toBe('late');
    await expect(second).rejects.toThrow(RangeError);
    expect(predict.monitor.report()).toMatchObject({
      calls: { active: 0, succeeded: 0, failed: 0 },
      dropped: { disposed: 2 },
    });
    expect(exporter.getFinishedSpans()).toHaveLength(2);
  });

  test('does not put the label of an earlier call on their spans', async () => {
    const exporter = registerSdk();
    const wait = deferred<string>();
    const predict = monitor(async (x: Promise<string>) => x, {
      model: { name: 'dispose-stale', version: '1' },
      output: { label: r => r, confidence: () => 0.25, value: () => 7 },
    });
    const slow = predict(wait.promise);
    await predict(Promise.resolve('another'));
    predict.monitor.dispose();
    wait.resolve('mine');
    await slow;
    const [, span] = exporter.getFinishedSpans();
    expect(span!.attributes['ml.prediction.label'] ?? 'mine').toBe('mine');
  });

  test('keeps the counts in the metrics and no call in flight', async () => {
    const name = 'dispose-metrics';
    const wait = deferred<string>();
    const predict = monitor(async (x: Promise<string>) => x, { model: { name, version: '1' } });
    await predict(Promise.resolve('a'));
    const slow = predict(wait.promise);
    predict.monitor.dispose();
    wait.resolve('b');
    await slow;
    const [durations] = await collected(name, 'ml.inference.duration');
    expect(durations!.value).toMatchObject({ count: 1 });
    for (const { value } of await collected(name, 'ml.inference.active')) expect(value).toBe(0);
  });
});

describe('a disposed monitor', () => {
  test('calls straight through, is silent and can be disposed of again', async () => {
    const exporter = registerSdk();
    const predict = monitor((x: number) => x + 1, { model: { name: 'disposed', version: '1' } });
    predict.monitor.dispose();
    predict.monitor[Symbol.dispose]();
    expect(predict(1)).toBe(2);
    const call = predict.monitor.start(1);
    expect(call.run(() => 5)).toBe(5);
    call.end(5);
    call.fail(new Error('no'));
    expect(predict.monitor.recordOutcome('id', { label: 'a' })).toBe(false);
    predict.monitor.recordOutcome({ predicted: { label: 'a' }, actual: { label: 'a' } });
    predict.monitor.on('drift', () => {})();
    predict.monitor.evaluate();
    await predict.monitor.flush();
    expect(predict.monitor.report()).toMatchObject({
      calls: { succeeded: 0 },
      outcomes: { totalKnown: 0 },
      dropped: {},
    });
    expect(exporter.getFinishedSpans()).toHaveLength(0);
  });

  test('is what `using` leaves behind', () => {
    let handle: ReturnType<typeof createMonitor<number, number>>;
    {
      using inner = createMonitor<number, number>({ model: { name: 'using', version: '1' } });
      handle = inner;
      inner.wrap((x: number) => x)(1);
    }
    handle.wrap((x: number) => x)(1);
    expect(handle.report().calls.succeeded).toBe(1);
  });

  test('does not count a manual call that ends later', () => {
    const watch = createMonitor<number, string>({
      model: { name: 'dispose-manual', version: '1' },
      output: { label: r => r },
    });
    const call = watch.start(1);
    watch.dispose();
    call.end('a');
    const { calls, predictions, dropped } = watch.report();
    expect(calls).toMatchObject({ active: 0, succeeded: 0 });
    expect(predictions).toEqual({});
    expect(dropped).toEqual({ disposed: 1 });
  });
});

describe.each(['1', 'true', ' TRUE '])('DRIFTSPAN_DISABLED=%s', value => {
  test('keeps the shape, and the handle is inert', async () => {
    process.env['DRIFTSPAN_DISABLED'] = value;
    const exporter = registerSdk();
    const name = `disabled-${value.trim()}`;
    let reads = 0;
    const options = {
      model: { name, version: '1', features: { x: numeric<unknown>({ select: () => reads++ }) } },
      output: { label: () => String(reads++) },
      predictionId: () => String(reads++),
    };
    const promise = Promise.resolve(3);
    const later = monitor((_x: { x: number }) => promise, options);
    const now = monitor(function score(x: { x: number }) {
      return x;
    }, options);
    const input = { x: 1 };
    expect(later(input)).toBe(promise);
    expect(now(input)).toBe(input);
    expect([now.name, now.length]).toEqual(['score', 1]);
    const tool = monitor(
      Object.assign((x: { x: number }) => x, { close: () => 'closed' }),
      options,
    );
    expect([tool(input), tool.close()]).toEqual([input, 'closed']);
    expect(monitorBatch((rows: number[]) => rows.length, { model: { name, version: '1' } })([1, 2])).toBe(2);

    const { monitor: handle } = now;
    const call = handle.start(input);
    expect(call.run(() => input)).toBe(input);
    call.end(input);
    expect(call.predictionId).toBeUndefined();
    expect(handle.recordOutcome('id', { label: 'a' })).toBe(false);
    handle.on('drift', () => {})();
    handle.evaluate();
    await handle.flush();
    expect(handle.report()).toMatchObject({ calls: { succeeded: 0, failed: 0, active: 0 }, verdict: 'insufficient' });
    handle.dispose();
    expect(reads).toBe(0);
    expect(exporter.getFinishedSpans()).toHaveLength(0);
    expect(await collected(name, 'ml.inference.duration')).toEqual([]);
  });

  test('still refuses a configuration mistake', () => {
    process.env['DRIFTSPAN_DISABLED'] = value;
    expect(() => monitor(() => 1, { model: { name: '', version: '1' } })).toThrow('ERR_MODEL');
  });
});

test.each(['', '0', 'false', 'no'])('DRIFTSPAN_DISABLED=%j disables nothing', value => {
  process.env['DRIFTSPAN_DISABLED'] = value;
  const predict = monitor(() => 1, { model: { name: 'enabled', version: '1' } });
  predict();
  expect(predict.monitor.report().calls.succeeded).toBe(1);
});
