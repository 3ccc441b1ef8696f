import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { page } from '../detection/page.js';
import { seeded } from '../detection/random.js';
import { readRun, SCENARIOS, STREAMS_VERSION } from '../detection/streams.js';

const FIGURES = new URL('../detection/figures/', import.meta.url);

describe('the streams on which detectors are compared', () => {
  it('come from one generator, whose first numbers another language gave too', () => {
    const random = seeded('none', 0, 1);
    expect([random.uniform(), random.uniform(), random.uniform()]).toEqual([
      0.18305810017045587, 0.8885721688857302, 0.4406413946999237,
    ]);
  });

  it('are the same rows for the same run, and others for another', async () => {
    const [once, again, other] = await Promise.all([
      readRun('correlation-flip', 3),
      readRun('correlation-flip', 3),
      readRun('correlation-flip', 4),
    ]);
    expect(again).toEqual(once);
    expect(other).not.toEqual(once);
  });

  it('flip a correlation and leave the marginals as they are', async () => {
    const { stream } = await readRun('correlation-flip', 0);
    const [x, y] = stream as Float64Array[];
    const { changeAt } = SCENARIOS.find(({ name }) => name === 'correlation-flip')!;
    expect(correlation(x!.slice(0, changeAt), y!.slice(0, changeAt))).toBeCloseTo(0.8, 1);
    expect(correlation(x!.slice(changeAt), y!.slice(changeAt))).toBeCloseTo(-0.8, 1);
    expect(moments(y!.slice(changeAt))[1]).toBeCloseTo(moments(y!.slice(0, changeAt))[1], 1);
  });
});

describe('docs/detection-quality.md', () => {
  const order = ['driftspan', 'evidently', 'nannyml', 'alibi-detect', 'whylogs', 'river', 'scipy', 'psi'];
  const figures = readdirSync(FIGURES)
    .map(file => JSON.parse(readFileSync(new URL(file, FIGURES), 'utf8')))
    .sort((a, b) => order.indexOf(a.peer) - order.indexOf(b.peer));

  it('shows the figures that are there, all of the same streams', () => {
    expect(figures.map(({ peer }) => peer)).toEqual(order);
    for (const { streams } of figures) expect(streams).toBe(STREAMS_VERSION);
    const text = readFileSync(new URL('../../docs/detection-quality.md', import.meta.url), 'utf8');
    expect(text).toBe(page(figures, SCENARIOS));
  });
});

function moments(values: Float64Array): [mean: number, variance: number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [mean, values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length];
}

function correlation(x: Float64Array, y: Float64Array): number {
  const [[meanX, varX], [meanY, varY]] = [moments(x), moments(y)];
  const covariance = x.reduce((sum, value, i) => sum + (value - meanX) * (y[i]! - meanY), 0) / x.length;
  return covariance / Math.sqrt(varX * varY);
}
