import { defineModel, judgeFeature, learnBaseline, numeric } from '@driftspan/sketch';
import { describe, expect, it } from 'vitest';
import { psiInterval } from '../../src/interval/psi-interval.js';
import { compared, featureNamed, normal, rowsOf } from '../compared.js';

const MODEL = defineModel<{ x: number }>({ name: 'm', version: '1', features: { x: numeric() } });
const shifted = (rows: number, seed: number, by: number) =>
  rowsOf(rows, seed, next => ({ input: { x: normal(next) + by } }));

describe('the interval of the index', () => {
  it("begins at the judge's lower bound and holds the index itself", async () => {
    const { judgement } = featureNamed(await compared(MODEL, shifted(20_000, 1, 0), shifted(5000, 2, 0.7)), 'x');
    const [low, high] = psiInterval(judgement.shape, 20_000)!;
    expect(low).toBe(judgement.shape.lowerBound);
    expect(low).toBeLessThan(judgement.psi);
    expect(high).toBeGreaterThan(judgement.psi);
  });

  it('holds the true index of a shift in 198 and more of 200 samples', async () => {
    const baseline = await learnBaseline(MODEL, shifted(200_000, 3, 0));
    const feature = baseline.features[0]!;
    const cuts = feature.kind === 'numeric' ? feature.cuts : [];
    const countsOf = (rows: number, seed: number): number[] => {
      const counts = new Array<number>(cuts.length + 3).fill(0);
      for (const { input } of shifted(rows, seed, 0.5)) counts[cuts.filter(cut => input.x > cut).length]! += 1;
      return counts;
    };
    const truth = judgeFeature(countsOf(400_000, 4), feature, { logAlpha: Math.log(1e-3) }).psi;
    const held = Array.from({ length: 200 }, (_, i) => {
      const { shape } = judgeFeature(countsOf(1000, 1000 + 7919 * i), feature, { logAlpha: Math.log(1e-3) });
      const [low, high] = psiInterval(shape, 200_000)!;
      return low <= truth && truth <= high;
    });
    expect(held.filter(Boolean).length).toBeGreaterThanOrEqual(198);
  });

  it('is wider where values hang together', async () => {
    const { judgement } = featureNamed(await compared(MODEL, shifted(20_000, 1, 0), shifted(5000, 2, 0.7)), 'x');
    const alone = psiInterval(judgement.shape, 20_000)!;
    const together = psiInterval({ ...judgement.shape, lambda: 20 }, 20_000)!;
    expect(together[1]).toBeGreaterThan(alone[1]);
  });

  it('is unknown where the shape could not be compared', async () => {
    const { judgement } = featureNamed(await compared(MODEL, shifted(2000, 1, 0), shifted(3, 2, 0.7)), 'x');
    expect(psiInterval(judgement.shape, 2000)).toBeUndefined();
  });
});
