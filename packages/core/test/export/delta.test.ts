import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { registry, type Source } from '../../src/export/registry.js';
import { createMonitor, type Monitor, metricProducer } from '../../src/index.js';
import { METRICS } from '../../src/semconv.js';
import { MODEL, streamBaseline } from '../drift/stream.js';
import { DELTA, freshRegistry, pointOf, type ReadHistogram, Reading, type ReadPoint } from './reading.js';

beforeEach(() => {
  freshRegistry();
});

const monitorOf = (version = '1') =>
  createMonitor<number, string>({ model: { name: 'delta', version }, output: { label: label => label } });

const call = (handle: Monitor<[number], string>, times: number, label = 'a') => {
  for (let i = 0; i < times; i++) handle.start(1).end(label);
};

const ms = ([seconds, nanos]: ReadPoint['startTime']) => seconds * 1000 + nanos / 1e6;

describe('a reader that asks for deltas', () => {
  let reading: Reading;
  beforeEach(() => {
    reading = new Reading(DELTA);
  });
  afterEach(async () => {
    await reading.shutdown();
  });

  it('is given what came since its last collection, from the very end of that one', async () => {
    const handle = monitorOf();
    call(handle, 3);
    const first = pointOf(await reading.collect(), 'ml.prediction.count', { 'ml.prediction.label': 'a' });
    call(handle, 2);
    const second = pointOf(await reading.collect(), 'ml.prediction.count', { 'ml.prediction.label': 'a' });
    const third = pointOf(await reading.collect(), 'ml.prediction.count', { 'ml.prediction.label': 'a' });
    expect([first.value, second.value, third.value]).toEqual([3, 2, 0]);
    expect(second.startTime).toEqual(first.endTime);
    expect(third.startTime).toEqual(second.endTime);
    handle.dispose();
  });

  it('histograms are differences bucket by bucket', async () => {
    const handle = monitorOf();
    call(handle, 4);
    await reading.collect();
    call(handle, 3);
    const { buckets, count } = pointOf(await reading.collect(), 'ml.inference.duration').value as ReadHistogram;
    expect(count).toBe(3);
    expect(buckets.counts.reduce((sum, one) => sum + one, 0)).toBe(3);
    handle.dispose();
  });

  it('gauges stay what they are', async () => {
    const handle = createMonitor({ model: MODEL, baseline: await streamBaseline(1000) });
    const given = async () => {
      const metrics = await reading.collect();
      return ['ml.feature.baseline.bins', 'ml.drift.status'].map(name =>
        metrics.get(name)!.dataPoints.map(({ value }) => value),
      );
    };
    const first = await given();
    expect(first[0]!.some(count => (count as number) > 0)).toBe(true);
    expect(first[1]).toEqual([-1, -1, -1]);
    expect(await given()).toEqual(first);
    handle.dispose();
  });

  it('a monitor that is disposed of and made again goes on where its series were', async () => {
    const first = monitorOf();
    call(first, 5);
    await reading.collect();
    first.dispose();
    const second = monitorOf();
    call(second, 2);
    const point = pointOf(await reading.collect(), 'ml.prediction.count', { 'ml.prediction.label': 'a' });
    expect(point.value).toBe(2);
    second.dispose();
  });

  it('a source that throws once loses no count: its next delta holds both', async () => {
    const handle = monitorOf();
    let broken = false;
    let count = 3;
    const source: Source = {
      points() {
        if (broken) throw new Error('no points');
        return [{ metric: METRICS.predictions, key: 'predictions', attributes: { source: 'flaky' }, value: count }];
      },
    };
    registry().add('flaky', source);
    const flaky = async () => {
      const found = (await reading.collect()).get('ml.prediction.count')!.dataPoints;
      return found.find(({ attributes }) => attributes['source'] === 'flaky');
    };
    const first = await flaky();
    broken = true;
    count = 10;
    expect(await flaky()).toBeUndefined();
    broken = false;
    count = 12;
    const third = await flaky();
    expect([first!.value, third!.value]).toEqual([3, 9]);
    expect(third!.startTime).toEqual(first!.endTime);
    handle.dispose();
  });

  it('counting that began anew under an old name is not subtracted from', async () => {
    const first = monitorOf();
    call(first, 5);
    await reading.collect();
    first.dispose();
    // As many further names as there is room for: the oldest that nobody serves makes room.
    const others = Array.from({ length: 1000 }, (_, i) => monitorOf(`other-${i}`));
    others[0]!.dispose();
    const again = monitorOf();
    call(again, 2);
    const point = pointOf(await reading.collect(), 'ml.prediction.count', {
      'ml.model.version': '1',
      'ml.prediction.label': 'a',
    });
    expect(point.value).toBe(2);
    expect(ms(point.startTime)).toBeLessThanOrEqual(ms(point.endTime));
    for (const other of [...others, again]) other.dispose();
  });
});

describe('collections that overlap', () => {
  it('of one producer run one after another: each value is in exactly one delta', async () => {
    const exporter = { selectAggregationTemporality: () => DELTA };
    const producer = metricProducer({ like: exporter });
    const handles = Array.from({ length: 20 }, (_, i) => monitorOf(`v${i}`));
    for (const handle of handles) call(handle, 10);
    // Every model takes a slice of its own, so that the collections could get in each other's way.
    let nowMs = 0;
    const now = vi.spyOn(performance, 'now').mockImplementation(() => (nowMs += 10));
    const collected = await Promise.all([producer.collect(), producer.collect(), producer.collect()]);
    now.mockRestore();
    const counts = collected.map(({ resourceMetrics }) =>
      resourceMetrics.scopeMetrics[0].metrics
        .find((metric: { descriptor: { name: string } }) => metric.descriptor.name === 'ml.prediction.count')
        .dataPoints.reduce((sum: number, point: ReadPoint) => sum + (point.value as number), 0),
    );
    expect(counts).toEqual([200, 0, 0]);
    for (const handle of handles) handle.dispose();
  });

  it('of two producers each see everything', async () => {
    const readings = [new Reading(DELTA), new Reading(DELTA)];
    const handle = monitorOf();
    call(handle, 7);
    const both = await Promise.all(readings.map(reading => reading.collect()));
    call(handle, 1);
    const next = await Promise.all(readings.map(reading => reading.collect()));
    const of = (metrics: (typeof both)[number]) =>
      pointOf(metrics, 'ml.prediction.count', { 'ml.prediction.label': 'a' }).value;
    expect([...both.map(of), ...next.map(of)]).toEqual([7, 7, 1, 1]);
    handle.dispose();
    await Promise.all(readings.map(reading => reading.shutdown()));
  });
});
