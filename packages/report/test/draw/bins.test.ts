import { describe, expect, it } from 'vitest';
import { baselineBins, currentBins, quantile } from '../../src/draw/bins.js';
import { cellsOf } from '../../src/view/cells.js';
import { viewOfCompared } from '../../src/view/of-comparison.js';
import type { FeatureView } from '../../src/view/view.js';
import { featureNamed } from '../compared.js';
import { type Change, scenario } from '../scenarios.js';

async function drawn(change: Change, as: (view: FeatureView) => FeatureView = view => view) {
  const view = as(viewOfCompared(featureNamed(await scenario(change), 'x')));
  const baseline = view.baseline!;
  if (baseline.kind !== 'numeric' || baseline.sensitive === true) throw new Error('x is a plain number');
  const cells = cellsOf(view)!;
  return { view, baseline, training: baselineBins(cells, baseline), now: currentBins(view, cells, baseline) };
}

const sharesOf = (bins: readonly { readonly share: number }[]) => bins.reduce((sum, { share }) => sum + share, 0);

describe('the bins that are drawn', () => {
  it('of training reach from its smallest value to its largest, and hold all of them', async () => {
    const { training, baseline } = await drawn({});
    expect(training[0]!.low).toBe(baseline.min);
    expect(training.at(-1)!.high).toBe(baseline.max);
    expect(sharesOf(training)).toBeCloseTo(1, 12);
  });

  it("of the current values are their own, where training's would put all in one", async () => {
    const { now, view } = await drawn({ shift: 9 });
    expect(now.length).toBeGreaterThan(10);
    expect([now[0]!.low, now.at(-1)!.high]).toEqual([view.min, view.max]);
    expect(sharesOf(now)).toBeCloseTo(1, 12);
  });

  it("are training's and open at the ends, where no more is known", async () => {
    const bare = ({ shape: _, min: _min, max: _max, outOfRange: _out, ...view }: FeatureView): FeatureView => view;
    const { now, baseline } = await drawn({ shift: 1 }, bare);
    expect(now[0]!.low).toBe(Number.NEGATIVE_INFINITY);
    expect(now.at(-1)).toMatchObject({ low: baseline.cuts.at(-1), high: Number.POSITIVE_INFINITY });
  });

  it("end with training's range where nothing lay outside of it", async () => {
    const bare = ({ shape: _, min: _min, max: _max, ...view }: FeatureView): FeatureView => ({
      ...view,
      outOfRange: 0,
    });
    const { now, baseline } = await drawn({}, bare);
    expect([now[0]!.low, now.at(-1)!.high]).toEqual([baseline.min, baseline.max]);
  });

  it('are none where there are no values', async () => {
    expect((await drawn({ rows: 0 })).now).toEqual([]);
    expect((await drawn({ missing: 1.1 })).now).toEqual([]);
  });
});

describe('a quantile of bins', () => {
  const bins = [
    { low: 0, high: 10, share: 0.5 },
    { low: 20, high: 20, share: 0.25 },
    { low: 30, high: Number.POSITIVE_INFINITY, share: 0.25 },
  ];
  it.each([
    [0, 0],
    [0.25, 5],
    [0.6, 20],
    [0.9, 30],
  ])('below which %s lie is %s', (part, value) => {
    expect(quantile(bins, part)).toBe(value);
  });

  it('of none is unknown', () => {
    expect(quantile([], 0.5)).toBeNaN();
  });
});
