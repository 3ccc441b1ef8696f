import { defineModel, learnBaseline, numeric } from '@driftspan/sketch';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createMonitor, type Monitor, metricProducer } from '../../src/index.js';
import { uniforms } from '../drift/stream.js';
import { freshRegistry } from './reading.js';

const MODELS = 100;
const FEATURES = 50;
let handles: Monitor<never, unknown>[];

beforeEach(async () => {
  freshRegistry();
  const features = Object.fromEntries(Array.from({ length: FEATURES }, (_, i) => [`f${i}`, numeric()]));
  const model = defineModel({ name: 'wide', version: '0', features });
  const next = uniforms(1);
  const row = () => Object.fromEntries(Object.keys(features).map(name => [name, next()]));
  const baseline = await learnBaseline(
    model,
    Array.from({ length: 1000 }, () => ({ input: row() })),
  );
  handles = Array.from({ length: MODELS }, (_, i) => createMonitor({ model: { ...model, version: `${i}` }, baseline }));
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const handle of handles) handle.dispose();
});

describe('a collection of 100 models with 50 features', () => {
  it('lets the event loop run every 4 ms: here, where a model takes 1 ms, after every fourth', async () => {
    let nowMs = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => nowMs++);
    let tasks = 0;
    let done = false;
    const count = () => {
      tasks++;
      if (!done) setImmediate(count);
    };
    setImmediate(count);
    let timers = 0;
    setTimeout(() => {
      timers++;
    }, 0);
    const { resourceMetrics, errors } = await metricProducer().collect();
    done = true;
    expect(errors).toEqual([]);
    expect(tasks).toBeGreaterThanOrEqual(MODELS / 4);
    expect(timers).toBe(1);
    const bins = resourceMetrics.scopeMetrics[0].metrics.find(
      (metric: { descriptor: { name: string } }) => metric.descriptor.name === 'ml.feature.bins',
    );
    expect(bins.dataPoints).toHaveLength(MODELS * FEATURES * 18);
  });

  it('models that come and go in between harm nobody', async () => {
    let nowMs = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => nowMs++);
    const collecting = metricProducer().collect();
    await new Promise(resolve => setImmediate(resolve));
    handles[99]!.dispose();
    const late = createMonitor({ model: { name: 'late', version: '1' } });
    const { resourceMetrics, errors } = await collecting;
    expect(errors).toEqual([]);
    const active = resourceMetrics.scopeMetrics[0].metrics.find(
      (metric: { descriptor: { name: string } }) => metric.descriptor.name === 'ml.inference.active',
    );
    expect(active.dataPoints).toHaveLength(99);
    late.dispose();
  });
});
