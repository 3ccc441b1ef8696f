import { type Baseline, categorical, defineModel, learnBaseline, numeric } from '@driftspan/sketch';
import { DataPointType, InMemoryMetricExporter } from '@opentelemetry/sdk-metrics';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMonitor, metricProducer, monitor, monitorBatch } from '../../src/index.js';
import { METRICS } from '../../src/semconv.js';
import { uniforms } from '../drift/stream.js';
import { binsOf, CUMULATIVE, DELTA, freshRegistry, pointOf, pointsOf, type ReadHistogram, Reading } from './reading.js';

interface Ticket {
  readonly amount: number | null;
  readonly channel: string | null;
}
type Answer = { readonly label: string; readonly confidence: number; readonly value: number };

const MODEL = defineModel<Ticket>({
  name: 'tickets',
  version: '2.3',
  features: { amount: numeric(), channel: categorical() },
});
const COMMON = { 'ml.model.name': 'tickets', 'ml.model.version': '2.3', 'ml.operation.name': 'predict' };
const CHANNELS = ['web', 'missing', 'pho"ne\\', 'other'];

let baseline: Baseline;
let reading: Reading;

beforeAll(async () => {
  const next = uniforms(3);
  baseline = await learnBaseline(
    MODEL,
    Array.from({ length: 4000 }, (_, i) => ({
      input: {
        amount: i % 100 === 0 ? null : next() * 10,
        channel: i % 200 === 0 ? null : CHANNELS[Math.floor(next() * 4)]!,
      },
      output: { label: i % 3 === 0 ? 'fraud' : 'fine', confidence: next(), value: next() },
    })),
  );
});
beforeEach(() => {
  freshRegistry();
  reading = new Reading();
});
afterEach(async () => {
  await reading.shutdown();
});

const OUTPUT = {
  label: (output: Answer) => output.label,
  confidence: (output: Answer) => output.confidence,
  value: (output: Answer) => output.value,
};

function watched(clock?: () => number) {
  return createMonitor<Ticket, Answer>({
    model: MODEL,
    baseline,
    output: OUTPUT,
    drift: { dependence: 'independent', window: '1h' },
    ...(clock === undefined ? {} : { clock }),
  });
}

const answer: Answer = { label: 'fine', confidence: 0.75, value: 0.5 };

describe('what a reader is given', () => {
  it('every metric has the name, unit, kind, value type and temporality of the design', async () => {
    const handle = watched(() => 0);
    const batch = monitorBatch((rows: Ticket[]) => rows.map(() => answer), { model: { ...MODEL, name: 'batch' } });
    batch([{ amount: 1, channel: 'web' }]);
    handle.start({ amount: Number.NaN, channel: 'web' }).fail(new Error('x'));
    handle.recordOutcome('nobody', { label: 'fine' });
    let now = 0;
    const judged = createMonitor<Ticket, Answer>({
      model: { ...MODEL, version: '2.4' },
      baseline,
      drift: { dependence: 'independent', window: '1h' },
      export: { values: true },
      clock: () => now,
    });
    const next = uniforms(4);
    for (let i = 0; i < 2000; i++) judged.start({ amount: next() * 10, channel: 'web' }).end(answer);
    now = 60_000;
    judged.recordQueueTime(0.01);
    judged.describe({ 'artifact.hash': 'sha256:00' });
    judged.recordOutcome({ predicted: { value: 2 }, actual: { value: 3 } });
    const stream = judged.wrap(function* (_: Ticket) {
      yield answer;
    });
    for (const _chunk of stream({ amount: 1, channel: 'web' }));
    const metrics = await reading.collect();

    const { HISTOGRAM, GAUGE, SUM } = DataPointType;
    const [int, double] = [0, 1];
    const expected: Record<string, [type: number, unit: string, valueType: number, monotonic?: boolean]> = {
      'ml.inference.duration': [HISTOGRAM, 's', double],
      'ml.inference.active': [SUM, '{inference}', int, false],
      'ml.inference.batch.size': [HISTOGRAM, '{row}', int],
      'ml.inference.queue.duration': [HISTOGRAM, 's', double],
      'ml.inference.first_chunk.duration': [HISTOGRAM, 's', double],
      'ml.inference.chunks': [HISTOGRAM, '{chunk}', int],
      'ml.model.info': [GAUGE, '', int],
      'ml.prediction.count': [SUM, '{prediction}', int, true],
      'ml.prediction.confidence': [HISTOGRAM, '', double],
      'ml.prediction.value': [HISTOGRAM, '', double],
      'ml.feature.bins': [SUM, '{value}', int, true],
      'ml.feature.baseline.bins': [GAUGE, '{value}', int],
      'ml.feature.out_of_range': [SUM, '{value}', int, true],
      'ml.feature.value': [HISTOGRAM, '', double],
      'ml.drift.score': [GAUGE, '', double],
      'ml.drift.status': [GAUGE, '', int],
      'ml.drift.samples': [GAUGE, '{prediction}', int],
      'ml.outcome.count': [SUM, '{prediction}', int, true],
      'ml.outcome.error': [HISTOGRAM, '', double],
      'ml.outcome.absolute_error': [HISTOGRAM, '', double],
      'ml.sdk.dropped': [SUM, '{item}', int, true],
      'ml.sdk.overhead': [SUM, 's', double, true],
    };
    expect([...metrics.keys()].sort()).toEqual(Object.keys(expected).sort());
    expect(
      Object.values(METRICS)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(Object.keys(expected).sort());
    for (const [name, [type, unit, valueType, monotonic]] of Object.entries(expected)) {
      const metric = metrics.get(name)!;
      expect([name, metric.dataPointType, metric.descriptor.unit, metric.descriptor.valueType]).toEqual([
        name,
        type,
        unit,
        valueType,
      ]);
      expect([name, metric.isMonotonic]).toEqual([name, monotonic]);
      expect([name, metric.aggregationTemporality]).toEqual([name, CUMULATIVE]);
      expect(metric.descriptor.description).not.toBe('');
      expect(metric.dataPoints.length).toBeGreaterThan(0);
    }
    for (const one of [handle, batch.monitor, judged]) one.dispose();
  });

  it('comes under one scope, with our schema URL and the resource of the provider', async () => {
    const handle = watched();
    await reading.collect();
    const [exported] = reading.exporter.getMetrics();
    expect(exported!.scopeMetrics.map(({ scope }) => scope)).toEqual([
      { name: '@driftspan/core', version: '0.1.0', schemaUrl: 'urn:driftspan:telemetry:v1' },
    ]);
    expect(exported!.resource.attributes['service.name']).toMatch(/^unknown_service/);
    handle.dispose();
  });

  it('a monitor that nobody called has zero points of everything it counts', async () => {
    const handle = watched();
    const metrics = await reading.collect();
    const zeros = (name: string) => [...pointsOf(metrics, name).values()].map(({ value }) => value);
    expect(pointOf(metrics, 'ml.inference.active', COMMON).value).toBe(0);
    expect(pointOf(metrics, 'ml.inference.duration', COMMON).value).toMatchObject({ count: 0, sum: 0 });
    expect(pointOf(metrics, 'ml.prediction.confidence', COMMON).value).toMatchObject({ count: 0, sum: 0 });
    expect(pointOf(metrics, 'ml.prediction.value', COMMON).value).toMatchObject({ count: 0, sum: 0 });
    expect(zeros('ml.prediction.count')).toEqual([0, 0, 0]);
    expect(zeros('ml.outcome.count')).toEqual([0, 0]);
    expect(zeros('ml.sdk.overhead')).toEqual([0]);
    expect(zeros('ml.drift.status')).toEqual([-1, -1, -1, -1, -1]);
    expect(zeros('ml.drift.samples')).toEqual([0, 0, 0, 0, 0]);
    // amount, prediction.confidence, prediction.value
    expect(zeros('ml.feature.out_of_range')).toEqual([0, 0, 0]);
    expect(metrics.has('ml.drift.score')).toBe(false);
    const cells = [...baseline.features, ...baseline.outputs].reduce(
      (sum, feature) => sum + feature.counts.length + (feature.kind === 'categorical' ? 3 : 2),
      0,
    );
    expect(zeros('ml.feature.bins')).toEqual(new Array(cells).fill(0));
    handle.dispose();
  });

  it('the bins of a feature are its baseline labels, then missing and invalid, each with its kind and its id', async () => {
    const handle = watched();
    const metrics = await reading.collect();
    const [amount, channel] = baseline.features;
    if (amount!.kind !== 'numeric' || channel!.kind !== 'categorical') throw new Error('kinds');
    const named = (feature: string) => binsOf(metrics, 'ml.feature.bins', feature).map(({ attributes }) => attributes);
    const attributes = (feature: typeof amount | typeof channel, bin: string, kind: string) => ({
      ...COMMON,
      'ml.feature.name': feature!.name,
      'ml.baseline.id': feature!.id,
      'ml.bin': bin,
      'ml.bin.kind': kind,
    });
    expect(named('amount')).toEqual([
      ...amount!.labels.map(label => attributes(amount!, label, 'range')),
      attributes(amount!, 'missing', 'missing'),
      attributes(amount!, 'invalid', 'invalid'),
    ]);
    expect(amount!.labels[7]).toMatch(/^07 \(/);
    expect(named('channel')).toEqual([
      ...channel!.categories.map(category => attributes(channel!, category, 'category')),
      attributes(channel!, 'other', 'other'),
      attributes(channel!, 'missing', 'missing'),
      attributes(channel!, 'invalid', 'invalid'),
    ]);
    expect(amount!.id).not.toBe(channel!.id);
    handle.dispose();
  });

  it('baseline counts stand under the same attributes as the live ones', async () => {
    const handle = watched();
    const metrics = await reading.collect();
    expect([...pointsOf(metrics, 'ml.feature.baseline.bins').keys()]).toEqual([
      ...pointsOf(metrics, 'ml.feature.bins').keys(),
    ]);
    for (const feature of [...baseline.features, ...baseline.outputs]) {
      const counts = binsOf(metrics, 'ml.feature.baseline.bins', feature.name).map(({ value }) => value);
      expect(counts).toEqual([
        ...feature.counts,
        ...(feature.kind === 'categorical' ? [feature.other] : []),
        feature.missing,
        feature.invalid,
      ]);
      expect(counts.reduce<number>((sum, count) => sum + (count as number), 0)).toBe(4000);
    }
    handle.dispose();
  });

  it('a category called missing, one called other and a missing value are three bins', async () => {
    const handle = watched();
    const channels: unknown[] = [
      'missing',
      'missing',
      'other',
      'pho"ne\\',
      null,
      undefined,
      Number.NaN,
      'new',
      Symbol('s'),
    ];
    for (const channel of channels) handle.start({ amount: 1, channel: channel as never }).end(answer);
    const metrics = await reading.collect();
    const counted = (bin: string, kind: string) =>
      pointOf(metrics, 'ml.feature.bins', { 'ml.feature.name': 'channel', 'ml.bin': bin, 'ml.bin.kind': kind }).value;
    expect(counted('missing', 'category')).toBe(2);
    expect(counted('missing', 'missing')).toBe(3);
    expect(counted('other', 'category')).toBe(1);
    expect(counted('other', 'other')).toBe(1);
    expect(counted('pho"ne\\', 'category')).toBe(1);
    expect(counted('invalid', 'invalid')).toBe(1);
    handle.dispose();
  });

  it('a value is in one bin, and beyond the range of the baseline in the outer bin and beside it', async () => {
    const handle = watched();
    const [amount] = baseline.features;
    if (amount!.kind !== 'numeric') throw new Error('kind');
    const values = [-1e9, amount!.min, amount!.max, 1e9, amount!.cuts[3]!, null, Number.POSITIVE_INFINITY, '3'];
    for (const value of values) handle.start({ amount: value as never, channel: 'web' }).end(answer);
    const metrics = await reading.collect();
    const counts = binsOf(metrics, 'ml.feature.bins', 'amount').map(({ value }) => value as number);
    const last = amount!.counts.length - 1;
    expect([counts[0], counts[3], counts[last], counts[last + 1], counts[last + 2]]).toEqual([2, 1, 2, 1, 2]);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(values.length);
    expect(pointOf(metrics, 'ml.feature.out_of_range', { ...COMMON, 'ml.feature.name': 'amount' }).value).toBe(2);
    handle.dispose();
  });

  it('a failed call is in the duration with its error type and in the features, not in the predictions', async () => {
    const predict = monitor(
      (_ticket: Ticket): Answer => {
        throw new TypeError('no');
      },
      { model: MODEL, baseline, output: OUTPUT },
    );
    expect(() => predict({ amount: 1, channel: 'web' })).toThrow('no');
    const metrics = await reading.collect();
    expect(pointsOf(metrics, 'ml.inference.duration').size).toBe(2);
    const failed = pointOf(metrics, 'ml.inference.duration', { 'error.type': 'TypeError' });
    expect(failed.attributes).toEqual({ ...COMMON, 'error.type': 'TypeError' });
    expect((failed.value as ReadHistogram).count).toBe(1);
    const counts = binsOf(metrics, 'ml.feature.bins', 'amount').map(({ value }) => value as number);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect([...pointsOf(metrics, 'ml.prediction.count').values()].map(({ value }) => value)).toEqual([0, 0, 0]);
    predict.monitor.dispose();
  });

  it('predictions are counted by label; labels that the baseline had are there before the first call', async () => {
    const handle = watched();
    for (const label of ['fine', 'fine', 'fraud', 'fresh', null]) {
      handle.start({ amount: 1, channel: 'web' }).end({ ...answer, label: label as never });
    }
    const metrics = await reading.collect();
    const counts = [...pointsOf(metrics, 'ml.prediction.count').values()].map(({ attributes, value }) => [
      attributes['ml.prediction.label'],
      value,
    ]);
    expect(counts).toEqual([
      [undefined, 1],
      ['fine', 2],
      ['fraud', 1],
      ['fresh', 1],
    ]);
    handle.dispose();
  });

  it('a label that is itself called _OTHER shares the point of the labels that are over the limit', async () => {
    const handle = createMonitor<Ticket, Answer>({ model: MODEL, output: { label: OUTPUT.label } });
    const labels = ['_OTHER', ...Array.from({ length: 80 }, (_, i) => `label-${i}`)];
    for (const label of labels) handle.start({ amount: 1, channel: 'web' }).end({ ...answer, label });
    const points = pointsOf(await reading.collect(), 'ml.prediction.count');
    const total = [...points.values()].reduce((sum, { value }) => sum + (value as number), 0);
    expect(total).toBe(labels.length);
    handle.dispose();
  });

  it('outcomes are counted as right and wrong', async () => {
    const handle = watched();
    for (const actual of ['fine', 'fraud', 'fraud']) {
      handle.recordOutcome({ predicted: { label: 'fine' }, actual: { label: actual } });
    }
    const metrics = await reading.collect();
    expect(pointOf(metrics, 'ml.outcome.count', { ...COMMON, 'ml.outcome.correct': true }).value).toBe(1);
    expect(pointOf(metrics, 'ml.outcome.count', { ...COMMON, 'ml.outcome.correct': false }).value).toBe(2);
    handle.dispose();
  });

  it('calls in flight go up and down', async () => {
    const handle = watched();
    const calls = [1, 2, 3].map(amount => handle.start({ amount, channel: 'web' }));
    expect(pointOf(await reading.collect(), 'ml.inference.active').value).toBe(3);
    calls[0]!.end(answer);
    calls[1]!.fail(new Error('x'));
    expect(pointOf(await reading.collect(), 'ml.inference.active').value).toBe(1);
    calls[2]!.end(answer);
    expect(pointOf(await reading.collect(), 'ml.inference.active').value).toBe(0);
    handle.dispose();
  });

  it('histograms hold what was said, in fixed bounds or those of the baseline', async () => {
    const handle = watched();
    for (const confidence of [0.1, 0.95, 1]) handle.start({ amount: 1, channel: 'web' }).end({ ...answer, confidence });
    const metrics = await reading.collect();
    const { buckets, count, sum } = pointOf(metrics, 'ml.prediction.confidence').value as ReadHistogram;
    expect([count, sum]).toEqual([3, 0.1 + 0.95 + 1]);
    expect(buckets.boundaries).toEqual([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99]);
    expect(buckets.counts).toEqual([1, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1]);
    const value = baseline.outputs.find(({ name }) => name === 'prediction.value');
    if (value?.kind !== 'numeric') throw new Error('kind');
    expect((pointOf(metrics, 'ml.prediction.value').value as ReadHistogram).buckets.boundaries).toEqual(value.cuts);
    const duration = pointOf(metrics, 'ml.inference.duration', COMMON).value as ReadHistogram;
    expect([duration.buckets.boundaries[0], duration.buckets.boundaries.at(-1)]).toEqual([1e-5, 10]);
    expect(duration.buckets.counts.reduce((total, bucket) => total + bucket, 0)).toBe(duration.count);
    handle.dispose();
  });

  it('all points end now and start when counting did; a later collection keeps the start', async () => {
    const before = Date.now();
    const handle = watched();
    const made = Date.now();
    const ms = ([seconds, nanos]: readonly [number, number]) => seconds * 1000 + nanos / 1e6;
    const first = await reading.collect();
    const second = await reading.collect();
    for (const metrics of [first, second]) {
      for (const point of [...metrics.values()].flatMap(metric => metric.dataPoints)) {
        expect(ms(point.startTime)).toBeGreaterThanOrEqual(before);
        expect(ms(point.startTime)).toBeLessThanOrEqual(made);
        expect(ms(point.endTime)).toBeGreaterThanOrEqual(ms(point.startTime));
      }
    }
    expect(pointOf(second, 'ml.inference.active').startTime).toEqual(pointOf(first, 'ml.inference.active').startTime);
    handle.dispose();
  });

  it('an exporter that was given counts may keep them: later calls do not change what was exported', async () => {
    const handle = watched();
    handle.start({ amount: 1, channel: 'web' }).end(answer);
    const metrics = await reading.collect();
    const kept = JSON.stringify([...metrics.values()]);
    for (let i = 0; i < 50; i++) handle.start({ amount: i, channel: 'web' }).end(answer);
    expect(JSON.stringify([...metrics.values()])).toBe(kept);
    handle.dispose();
  });

  it('without monitors there is no scope of ours', async () => {
    await reading.reader.forceFlush();
    expect(reading.exporter.getMetrics().flatMap(({ scopeMetrics }) => scopeMetrics)).toEqual([]);
  });

  it('temporality is asked of the exporter by kind: delta of counters and histograms alone is possible', async () => {
    const exporter = new InMemoryMetricExporter(DELTA);
    const lowMemory = { selectAggregationTemporality: (type: unknown) => (type === 'COUNTER' ? DELTA : CUMULATIVE) };
    const handle = watched();
    const temporalities = async (like: { selectAggregationTemporality?(type: unknown): number } | undefined) => {
      const { resourceMetrics } = await metricProducer(like === undefined ? {} : { like }).collect();
      return Object.fromEntries(
        resourceMetrics.scopeMetrics[0].metrics.map(
          (metric: { descriptor: { name: string }; aggregationTemporality: number }) => [
            metric.descriptor.name,
            metric.aggregationTemporality,
          ],
        ),
      );
    };
    expect(await temporalities(lowMemory)).toMatchObject({
      'ml.feature.bins': DELTA,
      'ml.inference.duration': CUMULATIVE,
      'ml.inference.active': CUMULATIVE,
      'ml.feature.baseline.bins': CUMULATIVE,
    });
    expect(await temporalities(exporter)).toMatchObject({
      'ml.feature.bins': DELTA,
      'ml.inference.duration': DELTA,
      'ml.drift.status': CUMULATIVE,
    });
    expect(new Set(Object.values(await temporalities(undefined)))).toEqual(new Set([CUMULATIVE]));
    expect(new Set(Object.values(await temporalities({})))).toEqual(new Set([CUMULATIVE]));
    handle.dispose();
  });
});
