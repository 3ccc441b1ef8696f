import { type Baseline, kolmogorovSmirnov, populationStabilityIndex } from '@driftspan/sketch';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMonitor, type Monitor } from '../../src/index.js';
import { type Answer, MODEL, type Row, Stream, streamBaseline, TestClock } from '../drift/stream.js';
import { binsOf, freshRegistry, pointOf, Reading, type ReadMetric } from './reading.js';

const SUB_MS = 60_000;
let baseline: Baseline;
let reading: Reading;
let clock: TestClock;
let handle: Monitor<[Row], Answer>;

beforeAll(async () => {
  baseline = await streamBaseline(5000);
});
beforeEach(() => {
  freshRegistry();
  reading = new Reading();
  clock = new TestClock(SUB_MS);
  handle = createMonitor<Row, Answer>({
    model: MODEL,
    baseline,
    drift: { dependence: 'independent', window: '1h' },
    clock: clock.now,
  });
});
afterEach(async () => {
  handle.dispose();
  await reading.shutdown();
});

const VALUED = new Set(['range', 'category', 'other']);

function counts(metrics: ReadonlyMap<string, ReadMetric>, name: string, feature: string): number[] {
  return binsOf(metrics, name, feature)
    .filter(({ attributes }) => VALUED.has(attributes['ml.bin.kind'] as string))
    .map(({ value }) => value as number);
}

/** The formula of the fleet query: half a count added to every bin on both sides. */
function fleetPsi(live: readonly number[], base: readonly number[]): number {
  const sum = (list: readonly number[]) => list.reduce((total, count) => total + count, 0);
  const k = live.length;
  const [n, m] = [sum(live), sum(base)];
  return live.reduce((psi, count, i) => {
    const q = (count + 0.5) / (n + 0.5 * k);
    const p = (base[i]! + 0.5) / (m + 0.5 * k);
    return psi + (q - p) * Math.log(q / p);
  }, 0);
}

const score = (metrics: ReadonlyMap<string, ReadMetric>, feature: string, method: string) =>
  pointOf(metrics, 'ml.drift.score', { 'ml.feature.name': feature, 'ml.drift.method': method }).value as number;

/** So many sub-windows of 50 calls, drifting a little all the time; a collection at the end of each. */
async function feed(stream: Stream, subWindows: number): Promise<Map<string, ReadMetric>> {
  let metrics = await reading.collect();
  for (let s = 0; s < subWindows; s++) {
    for (let i = 0; i < 50; i++) {
      const row = stream.row();
      handle.start({ ...row, x: stream.chance(0.02) ? null : row.x! + 0.3, c: stream.chance(0.1) ? 'a' : row.c }).end({
        label: 'neutral',
        confidence: 0,
        value: 0,
      });
    }
    clock.turn();
    metrics = await reading.collect();
  }
  return metrics;
}

describe('the exported score', () => {
  it('is the index of the exported bins over the same 60 sub-windows, by the formula of the fleet query', async () => {
    const metrics = await feed(new Stream(51), 60);
    for (const feature of ['x', 'c']) {
      const live = counts(metrics, 'ml.feature.bins', feature);
      const base = counts(metrics, 'ml.feature.baseline.bins', feature);
      expect(score(metrics, feature, 'psi')).toBe(populationStabilityIndex(live, base));
      expect(score(metrics, feature, 'psi')).toBeCloseTo(fleetPsi(live, base), 14);
      expect(score(metrics, feature, 'psi')).toBeGreaterThan(0);
    }
    expect(score(metrics, 'x', 'ks')).toBe(
      kolmogorovSmirnov(counts(metrics, 'ml.feature.bins', 'x'), counts(metrics, 'ml.feature.baseline.bins', 'x')),
    );
  });

  it('follows the increase of the bins over the last 60 sub-windows once there are more', async () => {
    const stream = new Stream(52);
    const before = await feed(stream, 37);
    const after = await feed(stream, 60);
    const base = counts(after, 'ml.feature.baseline.bins', 'x');
    const earlier = counts(before, 'ml.feature.bins', 'x');
    const increase = counts(after, 'ml.feature.bins', 'x').map((count, i) => count - earlier[i]!);
    expect(score(after, 'x', 'psi')).toBe(populationStabilityIndex(increase, base));
    expect(score(after, 'x', 'ks')).toBe(kolmogorovSmirnov(increase, base));
    const samples = pointOf(after, 'ml.drift.samples', { 'ml.feature.name': 'x' }).value;
    expect(samples).toBe(increase.reduce((sum, count) => sum + count, 0));
  });

  it('takes no notice of the open sub-window', async () => {
    const metrics = await feed(new Stream(53), 10);
    for (let i = 0; i < 500; i++) handle.start({ x: 9, c: 'z', fixed: 1 }).end({ label: 'a', confidence: 1, value: 0 });
    expect(score(await reading.collect(), 'x', 'psi')).toBe(score(metrics, 'x', 'psi'));
  });

  it('is gone when the window has become insufficient, with a status of -1 and no samples', async () => {
    await feed(new Stream(54), 10);
    clock.turn(61);
    const metrics = await reading.collect();
    expect(metrics.has('ml.drift.score')).toBe(false);
    expect(pointOf(metrics, 'ml.drift.status', { 'ml.feature.name': 'x' }).value).toBe(-1);
    expect(pointOf(metrics, 'ml.drift.samples', { 'ml.feature.name': 'x' }).value).toBe(0);
  });

  it('categories have an index and no Kolmogorov–Smirnov distance', async () => {
    const metrics = await feed(new Stream(55), 20);
    const methods = metrics
      .get('ml.drift.score')!
      .dataPoints.map(({ attributes }) => [attributes['ml.feature.name'], attributes['ml.drift.method']]);
    expect(methods).toEqual([
      ['x', 'psi'],
      ['x', 'ks'],
      ['c', 'psi'],
    ]);
  });
});
