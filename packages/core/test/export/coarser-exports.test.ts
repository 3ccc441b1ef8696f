import { type Baseline, baselineCells, cellNames } from '@driftspan/sketch';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { coarserBaseline } from '../../src/export/coarser-baseline.js';
import type { ExportOptions } from '../../src/export/options.js';
import { createMonitor, type Monitor } from '../../src/index.js';
import { type Answer, OUTPUT, PARCELS, type Parcel, Parcels, parcelBaseline } from './parcels.js';
import {
  binsOf,
  DELTA,
  freshRegistry,
  pointOf,
  pointsOf,
  type ReadHistogram,
  Reading,
  type ReadMetric,
} from './reading.js';

type Metrics = ReadonlyMap<string, ReadMetric>;
let baseline: Baseline;
let reading: Reading;
const handles: Monitor<[Parcel], Answer>[] = [];

beforeAll(async () => {
  baseline = await parcelBaseline();
  // Without these the tests below would say nothing of them.
  expect(baseline.joint).toHaveLength(1);
  expect(baseline.outputs).toHaveLength(3);
});
beforeEach(() => {
  freshRegistry();
  reading = new Reading();
});
afterEach(async () => {
  for (const handle of handles.splice(0)) handle.dispose();
  await reading.shutdown();
});

function watch(options: ExportOptions | undefined, other: { clock?: () => number; baseline?: Baseline } = {}) {
  const handle = createMonitor<Parcel, Answer>({
    model: PARCELS,
    baseline: other.baseline ?? baseline,
    output: OUTPUT,
    drift: { dependence: 'independent', window: '1h' },
    ...(options === undefined ? {} : { export: options }),
    ...(other.clock === undefined ? {} : { clock: other.clock }),
  });
  handles.push(handle);
  return handle;
}

function serve(handle: Monitor<[Parcel], Answer>, rows: number, seed = 2): void {
  const parcels = new Parcels(seed);
  for (let i = 0; i < rows; i++) handle.start(parcels.row()).end(parcels.answer());
}

const judged = () => [...baseline.features, ...baseline.joint!, ...baseline.outputs];
const values = (metrics: Metrics, metric: string, feature: string) =>
  binsOf(metrics, metric, feature).map(({ value }) => value as number);
const ids = (metrics: Metrics, feature: string) =>
  new Set(binsOf(metrics, 'ml.feature.bins', feature).map(({ attributes }) => attributes['ml.baseline.id']));

describe.each([8, 4] as const)('%i bins', bins => {
  it('are the cells of the coarser baseline, with its counts and its ids, whatever the kind of feature', async () => {
    watch({ bins });
    const metrics = await reading.collect();
    for (const fine of judged()) {
      const { feature } = coarserBaseline(fine, bins);
      const points = binsOf(metrics, 'ml.feature.bins', fine.name);
      expect(points.map(({ attributes }) => [attributes['ml.bin'], attributes['ml.bin.kind']])).toEqual(
        cellNames(feature),
      );
      expect(points.length).toBeLessThanOrEqual(bins + 2);
      expect(ids(metrics, fine.name)).toEqual(new Set([feature.id]));
      expect(values(metrics, 'ml.feature.baseline.bins', fine.name)).toEqual(baselineCells(feature));
      expect(values(metrics, 'ml.feature.baseline.bins', fine.name).reduce((sum, one) => sum + one, 0)).toBe(5000);
    }
    expect([...pointsOf(metrics, 'ml.feature.baseline.bins').keys()]).toEqual([
      ...pointsOf(metrics, 'ml.feature.bins').keys(),
    ]);
  });

  it('count what all bins together count', async () => {
    const fine = watch({ bins: 16 });
    const coarse = watch({ bins });
    serve(fine, 2000);
    serve(coarse, 2000);
    const metrics = await reading.collect();
    for (const feature of judged()) {
      const { feature: merged, cellOf } = coarserBaseline(feature, bins);
      const own = (id: string) =>
        binsOf(metrics, 'ml.feature.bins', feature.name)
          .filter(({ attributes }) => attributes['ml.baseline.id'] === id)
          .map(({ value }) => value as number);
      if (merged.id === feature.id) {
        expect(own(feature.id).reduce((sum, one) => sum + one, 0)).toBe(4000);
        continue;
      }
      const expected = new Array<number>(own(merged.id).length).fill(0);
      own(feature.id).forEach((count, i) => {
        expected[cellOf[i]!]! += count;
      });
      expect([feature.name, own(merged.id)]).toEqual([feature.name, expected]);
    }
  });

  it('leave verdict, score, samples and report as they are with every bin', async () => {
    const lookOf = async (options: ExportOptions | undefined) => {
      freshRegistry();
      let now = 0;
      const handle = watch(options, { clock: () => now });
      serve(handle, 3000);
      now = 60_000;
      const metrics = await reading.collect();
      return { metrics, features: handle.report().features };
    };
    const [ours, theirs] = [await lookOf({ bins }), await lookOf(undefined)];
    for (const name of ['ml.drift.status', 'ml.drift.score', 'ml.drift.samples', 'ml.feature.out_of_range']) {
      const told = (metrics: Metrics) => [...pointsOf(metrics, name)].map(([key, { value }]) => [key, value]);
      expect(told(ours.metrics).length).toBeGreaterThan(0);
      expect(told(ours.metrics)).toEqual(told(theirs.metrics));
    }
    expect(ours.features).toEqual(theirs.features);
  });
});

describe('the bins of a feature', () => {
  it('are all of the baseline with 16, which is what is exported unless told otherwise', async () => {
    watch(undefined);
    const unsaid = await reading.collect();
    freshRegistry();
    watch({ bins: 16, baseline: true, values: false });
    const said = await reading.collect();
    for (const feature of judged()) {
      expect(ids(unsaid, feature.name)).toEqual(new Set([feature.id]));
      expect(values(unsaid, 'ml.feature.baseline.bins', feature.name)).toEqual(baselineCells(feature));
    }
    expect([...pointsOf(said, 'ml.feature.bins').keys()]).toEqual([...pointsOf(unsaid, 'ml.feature.bins').keys()]);
    expect([...said.keys()]).toEqual([...unsaid.keys()]);
    expect(unsaid.has('ml.feature.value')).toBe(false);
  });

  it('with 0 there is nothing of ml.feature, and verdicts, scores and samples stay', async () => {
    let now = 0;
    const handle = watch({ bins: 0 }, { clock: () => now });
    serve(handle, 3000);
    now = 60_000;
    const metrics = await reading.collect();
    expect([...metrics.keys()].filter(name => name.startsWith('ml.feature'))).toEqual([]);
    expect(pointsOf(metrics, 'ml.drift.status').size).toBe(judged().length);
    expect(pointsOf(metrics, 'ml.drift.samples').size).toBe(judged().length);
    expect(pointOf(metrics, 'ml.drift.score', { 'ml.feature.name': 'weight', 'ml.drift.method': 'psi' }).value).toBe(
      handle
        .report()
        .features.find(({ name }) => name === 'weight')!
        .windows.at(-1)!.judgement.psi,
    );
    expect(pointOf(metrics, 'ml.prediction.confidence').value).toMatchObject({ count: 3000 });
  });

  it('without the baseline are the same, and its counts are not there', async () => {
    watch({ baseline: false });
    const metrics = await reading.collect();
    expect(metrics.has('ml.feature.baseline.bins')).toBe(false);
    for (const feature of judged()) expect(ids(metrics, feature.name)).toEqual(new Set([feature.id]));
  });
});

describe('ml.feature.value', () => {
  const featuresOf = (metrics: Metrics) =>
    [...pointsOf(metrics, 'ml.feature.value').values()].map(({ attributes }) => attributes['ml.feature.name']);

  it('is a histogram of each plain numeric input, and of nothing sensitive, joint, categorical or predicted', async () => {
    watch({ values: true });
    expect(featuresOf(await reading.collect())).toEqual(['weight', 'length', 'fixed']);
  });

  it.each([16, 8, 4] as const)('has the cuts of %i bins as bounds, their counts, and no sum', async bins => {
    const handle = watch({ values: true, bins });
    serve(handle, 2000);
    const metrics = await reading.collect();
    for (const name of ['weight', 'length', 'fixed']) {
      const { feature } = coarserBaseline(baseline.features.find(one => one.name === name)!, bins);
      const { value, attributes } = pointOf(metrics, 'ml.feature.value', { 'ml.feature.name': name });
      const { buckets, count, sum } = value as ReadHistogram;
      expect(attributes).toEqual({
        'ml.model.name': 'parcels',
        'ml.model.version': '1',
        'ml.operation.name': 'predict',
        'ml.feature.name': name,
        'ml.baseline.id': feature.id,
      });
      expect(buckets.boundaries).toEqual(feature.kind === 'numeric' && feature.cuts);
      expect(buckets.counts).toEqual(values(metrics, 'ml.feature.bins', name).slice(0, -2));
      expect(count).toBe(buckets.counts.reduce((total, one) => total + one, 0));
      expect(sum).toBeUndefined();
    }
  });

  it('counts a value on a bound at or below it, as `le` says', async () => {
    const handle = watch({ values: true });
    const weight = baseline.features[0]!;
    if (weight.kind !== 'numeric') throw new Error('kind');
    const row = new Parcels(3).row();
    handle.start({ ...row, weight: weight.cuts[4]! }).end(new Parcels(3).answer());
    const { buckets } = pointOf(await reading.collect(), 'ml.feature.value', { 'ml.feature.name': 'weight' })
      .value as ReadHistogram;
    expect(buckets.counts.indexOf(1)).toBe(4);
    expect(buckets.boundaries[4]).toBe(weight.cuts[4]);
  });

  it('is a delta where the reader asks for one, as the bins are', async () => {
    const delta = new Reading(DELTA);
    const handle = watch({ values: true, bins: 8 });
    serve(handle, 500);
    await delta.collect();
    serve(handle, 300, 5);
    const metrics = await delta.collect();
    const { count, sum } = pointOf(metrics, 'ml.feature.value', { 'ml.feature.name': 'length' }).value as ReadHistogram;
    expect([count, sum]).toEqual([300, undefined]);
    for (const { name } of judged()) {
      expect(values(metrics, 'ml.feature.bins', name).reduce((total, one) => total + one, 0)).toBe(300);
    }
    await delta.shutdown();
  });
});

describe('monitors of one identity', () => {
  it('with the same coarser bins are added, and what a disposed one counted stays', async () => {
    const options = { bins: 4, values: true } as const;
    const [first, second] = [watch(options), watch(options)];
    serve(first, 400);
    serve(second, 600, 7);
    first.dispose();
    const metrics = await reading.collect();
    for (const { name } of judged()) {
      expect(values(metrics, 'ml.feature.bins', name).reduce((sum, one) => sum + one, 0)).toBe(1000);
      expect(values(metrics, 'ml.feature.baseline.bins', name).reduce((sum, one) => sum + one, 0)).toBe(5000);
    }
    expect(pointOf(metrics, 'ml.feature.value', { 'ml.feature.name': 'length' }).value).toMatchObject({ count: 1000 });
    second.dispose();
    const retired = await reading.collect();
    expect(pointOf(retired, 'ml.feature.value', { 'ml.feature.name': 'length' }).value).toMatchObject({ count: 1000 });
    expect(retired.has('ml.feature.baseline.bins')).toBe(false);
  });

  it('with other bins have series apart, told by their ids; a feature that has no more bins is one', async () => {
    serve(watch({ bins: 16 }), 100);
    serve(watch({ bins: 8 }), 200);
    serve(watch({ bins: 0 }), 400);
    const metrics = await reading.collect();
    const totals = (name: string) => {
      const byId = new Map<unknown, number>();
      for (const { attributes, value } of binsOf(metrics, 'ml.feature.bins', name)) {
        const id = attributes['ml.baseline.id'];
        byId.set(id, (byId.get(id) ?? 0) + (value as number));
      }
      return [...byId.values()];
    };
    expect(totals('weight')).toEqual([100, 200]);
    expect(totals('town')).toEqual([100, 200]);
    expect(totals('fixed')).toEqual([300]);
    for (const { name } of judged()) {
      const counts = binsOf(metrics, 'ml.feature.baseline.bins', name);
      expect(counts.reduce((sum, { value }) => sum + (value as number), 0)).toBe(name === 'fixed' ? 5000 : 10_000);
    }
  });

  it('of which one exports the baseline have it once', async () => {
    watch({ baseline: false });
    watch({ baseline: true });
    const metrics = await reading.collect();
    for (const feature of judged()) {
      expect(values(metrics, 'ml.feature.baseline.bins', feature.name)).toEqual(baselineCells(feature));
    }
  });
});

it('a baseline that is learned is exported as it was asked for, from the learning on', async () => {
  const handle = createMonitor<Parcel, Answer>({
    model: PARCELS,
    baseline: { learnFrom: 1000 },
    output: OUTPUT,
    export: { bins: 4, values: true },
  });
  handles.push(handle);
  serve(handle, 1000);
  await vi.waitFor(() => expect(handle.baseline).toBeDefined());
  serve(handle, 250);
  const metrics = await reading.collect();
  for (const fine of [...handle.baseline!.features, ...handle.baseline!.outputs]) {
    const { feature } = coarserBaseline(fine, 4);
    expect(ids(metrics, fine.name)).toEqual(new Set([feature.id]));
    expect(values(metrics, 'ml.feature.bins', fine.name).reduce((sum, one) => sum + one, 0)).toBe(250);
  }
  expect(pointOf(metrics, 'ml.feature.value', { 'ml.feature.name': 'length' }).value).toMatchObject({ count: 250 });
});
