import { describe, expect, it } from 'vitest';
import { rankFeatures } from '../src/index.js';
import { scenario } from './scenarios.js';
import { watched } from './watched.js';

const named = (features: readonly { readonly name: string }[]): string[] => features.map(({ name }) => name);

describe('the rank of a feature', () => {
  it('is by verdict first, and then by how much it moved', async () => {
    const { features } = await scenario({ shift: 0.45, late: 0.05, missing: 0.02 });
    const ranked = rankFeatures(features);
    expect(ranked.map(({ verdict }) => verdict)).toEqual(['critical', 'critical', 'warning', 'warning', 'ok', 'ok']);
    expect(named(ranked).slice(0, 2)).toEqual(['prediction.label', 'prediction.confidence']);
  });

  it('counts a rise of missing values beside the index', async () => {
    const { features } = await scenario({ shift: 1, missing: 0.5 });
    expect(named(rankFeatures(features)).slice(0, 2)).toEqual(['x', 'secret']);
  });

  it('of what could not be judged is before what is as in training, the furthest first', async () => {
    const { features } = await scenario({ shift: 1 }, { alike: 2000 });
    const ranked = rankFeatures(features);
    expect(ranked[0]!.name).toBe('x');
    expect(ranked.at(-1)).toMatchObject({ name: 'flag', verdict: 'ok' });
  });

  it('of what could not be judged and is far away is before what differs a little', async () => {
    const { features } = await scenario({ shift: 1 }, { alike: 2000 });
    const far = features.find(({ verdict, judgement }) => verdict === 'insufficient' && judgement.psi >= 0.1)!;
    const near = { ...far, judgement: { ...far.judgement, psi: 0.01 } };
    const notice = { ...features.find(({ verdict }) => verdict === 'ok')!, verdict: 'notice' as const };
    expect(named(rankFeatures([notice, far]))).toEqual([far.name, notice.name]);
    expect(named(rankFeatures([near, notice]))).toEqual([notice.name, near.name]);
  });

  it('keeps every feature, in its order where they are alike, and leaves the list as it was', async () => {
    const { features } = (await watched({ rows: 0 })).report();
    const before = named(features);
    expect(named(rankFeatures(features))).toEqual(before);
    expect(named(features)).toEqual(before);
    expect(rankFeatures([])).toEqual([]);
  });
});
