import { DiagLogLevel, diag } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { MAX_MONITORS, MAX_RETIRED_SERIES, registry, type Source } from '../../src/export/registry.js';
import { createMonitor, metricProducer, monitor } from '../../src/index.js';
import { METRICS } from '../../src/semconv.js';
import { DELTA, freshRegistry, pointOf, pointsOf, Reading } from './reading.js';

let reading: Reading;
beforeEach(() => {
  freshRegistry();
  reading = new Reading();
});
afterEach(async () => {
  await reading.shutdown();
  diag.disable();
});

const named = (name: string, version = '1') => createMonitor({ model: { name, version } });

describe('a source that throws', () => {
  const throwing: Source = {
    points() {
      throw new Error('no points');
    },
  };

  it('costs neither the other models nor the instruments of the application, and is told as an error', async () => {
    const before = named('before');
    registry().add('throwing', throwing);
    const after = named('after');
    reading.provider.getMeter('app').createCounter('app.requests').add(3);
    const metrics = await reading.collect();
    expect(pointOf(metrics, 'app.requests').value).toBe(3);
    expect(pointsOf(metrics, 'ml.inference.active').size).toBe(2);
    const { errors } = await reading.reader.collect();
    expect(errors.map(error => (error as Error).message)).toEqual(['no points']);
    before.dispose();
    after.dispose();
  });

  it('that throws no error costs nothing more', async () => {
    registry().add('undefined', {
      points() {
        throw undefined;
      },
    });
    reading.provider.getMeter('app').createCounter('app.requests').add(3);
    expect(pointOf(await reading.collect(), 'app.requests').value).toBe(3);
    const { errors } = await metricProducer().collect();
    expect(errors).toEqual([expect.any(Error)]);
  });

  it('a registry that is broken altogether does not reject either', async () => {
    const identities = vi.spyOn(registry(), 'identities', 'get').mockImplementation(() => {
      throw new Error('broken');
    });
    const { errors, resourceMetrics } = await metricProducer().collect();
    expect(errors).toHaveLength(1);
    expect(resourceMetrics.scopeMetrics).toEqual([]);
    identities.mockRestore();
  });

  it('the collection after it is whole again', async () => {
    let broken = true;
    registry().add('sometimes', {
      points() {
        if (broken) throw new Error('not now');
        return [{ metric: METRICS.active, key: 'active', attributes: { name: 'sometimes' }, value: 4 }];
      },
    });
    expect((await metricProducer().collect()).errors).toHaveLength(1);
    broken = false;
    expect(pointOf(await reading.collect(), 'ml.inference.active').value).toBe(4);
  });
});

describe('a thousand monitors', () => {
  it('are watched; the one after is inert, counted and told once, and its function works', async () => {
    const error = vi.fn();
    diag.setLogger({ error, warn() {}, info() {}, debug() {}, verbose() {} }, DiagLogLevel.ALL);
    error.mockClear();
    const handles = Array.from({ length: MAX_MONITORS }, (_, i) => named('many', `${i}`));
    expect(error).not.toHaveBeenCalled();
    const predict = monitor((x: number) => x + 1, { model: { name: 'one-too-many', version: '1' } });
    const another = named('two-too-many');
    expect(error).toHaveBeenCalledTimes(1);
    expect(predict(1)).toBe(2);
    another.start(1).end(2);
    expect(predict.monitor.report().calls.succeeded).toBe(0);
    expect(another.on('drift', () => {})).toBeTypeOf('function');
    const metrics = await reading.collect();
    expect(pointsOf(metrics, 'ml.inference.active').size).toBe(MAX_MONITORS);
    const { attributes, value } = pointOf(metrics, 'ml.sdk.dropped', { reason: 'monitor_limit' });
    expect([attributes, value]).toEqual([{ reason: 'monitor_limit' }, 2]);
    for (const handle of [...handles, predict.monitor, another]) handle.dispose();
  });

  it('what was refused is a sum like any other: its start stays, and a delta is told once', async () => {
    const handles = Array.from({ length: MAX_MONITORS + 1 }, (_, i) => named('many', `${i}`));
    const delta = new Reading(DELTA);
    const [first, second] = [await reading.collect(), await reading.collect()].map(metrics =>
      pointOf(metrics, 'ml.sdk.dropped', { reason: 'monitor_limit' }),
    );
    expect(second!.startTime).toEqual(first!.startTime);
    expect([first!.value, second!.value]).toEqual([1, 1]);
    const deltas = [await delta.collect(), await delta.collect()].map(
      metrics => pointOf(metrics, 'ml.sdk.dropped', { reason: 'monitor_limit' }).value,
    );
    expect(deltas).toEqual([1, 0]);
    await delta.shutdown();
    for (const handle of handles) handle.dispose();
  });

  it('leave room again when one is disposed of', () => {
    const handles = Array.from({ length: MAX_MONITORS }, () => named('many'));
    handles[0]!.dispose();
    handles[0]!.dispose();
    const predict = monitor((x: number) => x, { model: { name: 'next', version: '1' } });
    const refused = monitor((x: number) => x, { model: { name: 'after', version: '1' } });
    predict(1);
    refused(1);
    expect(predict.monitor.report().calls.succeeded).toBe(1);
    expect(refused.monitor.report().calls.succeeded).toBe(0);
    for (const handle of [...handles.slice(1), predict.monitor, refused.monitor]) handle.dispose();
  });

  it('names that come and go are kept, the last thousand of them', async () => {
    const recent = named('kept');
    for (let i = 0; i < MAX_MONITORS + 50; i++) {
      const handle = named('gone', `${i}`);
      handle.start(1).end(1);
      handle.dispose();
    }
    const metrics = await reading.collect();
    const versions = metrics
      .get('ml.inference.duration')!
      .dataPoints.map(({ attributes }) => attributes['ml.model.version']);
    expect(versions).toHaveLength(MAX_MONITORS);
    expect(metrics.get('ml.inference.duration')!.dataPoints[0]!.attributes['ml.model.name']).toBe('kept');
    expect(versions.at(-1)).toBe(`${MAX_MONITORS + 49}`);
    expect(versions).not.toContain('0');
    recent.dispose();
  });
});

describe('a monitor that is disposed of', () => {
  it('leaves its sums and takes its gauges and calls in flight with it', async () => {
    const handle = named('ending');
    handle.start(1).end(1);
    handle.start(2);
    handle.dispose();
    const metrics = await reading.collect();
    expect(pointOf(metrics, 'ml.inference.duration').value).toMatchObject({ count: 1 });
    expect(pointOf(metrics, 'ml.prediction.count').value).toBe(1);
    expect(metrics.has('ml.inference.active')).toBe(false);
  });

  it('is disposed of once: twice adds nothing to its sums', async () => {
    const handle = named('twice');
    handle.start(1).end(1);
    handle.dispose();
    handle.dispose();
    handle[Symbol.dispose]();
    expect(pointOf(await reading.collect(), 'ml.prediction.count').value).toBe(1);
  });

  it('a model made, called and disposed of for every request has the sum of all its calls', async () => {
    for (let i = 0; i < 300; i++) {
      using handle = named('per-request');
      handle.start(1).end(1);
    }
    const metrics = await reading.collect();
    expect(pointOf(metrics, 'ml.prediction.count').value).toBe(300);
    expect(pointOf(metrics, 'ml.inference.duration').value).toMatchObject({ count: 300 });
  });
});

describe('monitors of one identity that come and go', () => {
  /** One of its own life: sees `labels` labels that no other saw, and is disposed of. */
  function live(generation: number, labels: number): void {
    using handle = createMonitor({ model: { name: 'cycle', version: '1' }, output: { label: (out: string) => out } });
    for (let i = 0; i < labels; i++) handle.start(1).end(`label ${generation}.${i}`);
  }
  const labels = async () =>
    [...pointsOf(await reading.collect(), 'ml.prediction.count').values()].map(
      ({ attributes }) => attributes['ml.prediction.label'],
    );

  it('each with labels of its own, leave the newest of their series, and no more than are said', async () => {
    for (let i = 0; i < 40; i++) live(i, 64);
    const before = await labels();
    for (let i = 40; i < 90; i++) live(i, 64);
    const after = await labels();
    expect(after.length).toBe(before.length);
    expect(after.length).toBeLessThanOrEqual(MAX_RETIRED_SERIES + 66);
    expect(after).toContain('label 89.0');
    expect(after).toContain('label 70.63');
    expect(after).not.toContain('label 0.0');
  });

  it('leave every series that one of them goes on with: its sum never goes back', async () => {
    live(0, 1);
    const handle = createMonitor({ model: { name: 'cycle', version: '1' }, output: { label: (out: string) => out } });
    handle.start(1).end('label 0.0');
    for (let i = 1; i < 90; i++) live(i, 64);
    const metrics = await reading.collect();
    expect(pointOf(metrics, 'ml.prediction.count', { 'ml.prediction.label': 'label 0.0' }).value).toBe(2);
    expect(pointOf(metrics, 'ml.inference.duration').value).toMatchObject({ count: 1 + 1 + 89 * 64 });
    handle.dispose();
  });
});

describe('two copies of core in one process', () => {
  it('share one registry: either producer exports both, and models of equal attributes are added', async () => {
    vi.resetModules();
    const copy = await import('../../src/index.js');
    expect(copy.createMonitor).not.toBe(createMonitor);
    const model = { name: 'shared', version: '1' };
    const [ours, theirs] = [createMonitor({ model }), copy.createMonitor({ model })];
    const alone = copy.createMonitor({ model: { name: 'alone', version: '1' } });
    for (let i = 0; i < 3; i++) ours.start(1).end(1);
    for (let i = 0; i < 4; i++) theirs.start(1).end(1);
    alone.start(1).end(1);
    for (const producer of [metricProducer(), copy.metricProducer()]) {
      const { resourceMetrics } = await producer.collect();
      const metrics: { descriptor: { name: string }; dataPoints: { attributes: object; value: number }[] }[] =
        resourceMetrics.scopeMetrics[0].metrics;
      expect(new Set(metrics.map(({ descriptor }) => descriptor.name)).size).toBe(metrics.length);
      const counts = metrics.find(({ descriptor }) => descriptor.name === 'ml.prediction.count')!.dataPoints;
      expect(counts.map(({ value }) => value)).toEqual([7, 1]);
    }
    ours.dispose();
    theirs.dispose();
    expect(pointOf(await reading.collect(), 'ml.prediction.count', { 'ml.model.name': 'shared' }).value).toBe(7);
    alone.dispose();
  });
});
