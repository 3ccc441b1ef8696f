import { scaleLinear } from 'd3-scale';
import { describe, expect, it } from 'vitest';
import { extentOf } from '../../src/draw/axis.js';
import type { Bin } from '../../src/draw/bins.js';
import { drawDensities, HEIGHT, WIDTH } from '../../src/draw/density.js';
import { barsOf, profileOf } from '../../src/draw/profile.js';

const bins = (...parts: readonly (readonly [low: number, high: number, share: number])[]): Bin[] =>
  parts.map(([low, high, share]) => ({ low, high, share }));
const x = scaleLinear([0, 100], [0, WIDTH]);
const areaOf = (series: readonly Bin[]): number =>
  profileOf(barsOf(series, x, 16), share => share).reduce((sum, { from, to, height }) => sum + (to - from) * height, 0);

describe('an outline of bars', () => {
  it.each([
    ['wide bins', bins([0, 40, 0.25], [40, 60, 0.5], [60, 100, 0.25])],
    ['a value by itself', bins([0, 0, 0.9], [0, 100, 0.1])],
    ['a value by itself at the right end', bins([0, 100, 0.1], [100, 100, 0.9])],
    ['two values close to each other', bins([50, 50, 0.5], [50.1, 50.1, 0.5])],
    ['bins that the axis cuts', bins([-1e9, 50, 0.5], [50, 1e300, 0.5])],
    ['bins that are open', bins([Number.NEGATIVE_INFINITY, 50, 0.5], [50, Number.POSITIVE_INFINITY, 0.5])],
    ['values beyond the axis', bins([-300, -200, 0.5], [200, 300, 0.5])],
  ])('of %s has the area of their shares', (_, series) => {
    expect(areaOf(series)).toBeCloseTo(1, 10);
  });

  it('has no spike where narrow bins stand side by side', () => {
    const narrow = Array.from(
      { length: 16 },
      (_, i): Bin => ({ low: 50 + i * 0.7, high: 50.7 + i * 0.7, share: 1 / 16 }),
    );
    const heights = profileOf(barsOf(narrow, x, 16), share => share).map(({ height }) => height);
    expect(Math.max(...heights)).toBeLessThan(1.2 * Math.min(...heights));
  });
});

describe('the stretch of the axis', () => {
  it('holds both sides', () => {
    expect(extentOf([bins([0, 5, 0.5], [5, 10, 0.5]), bins([8, 12, 0.5], [12, 14, 0.5])])).toEqual({
      low: 0,
      high: 14,
      isCutLow: false,
      isCutHigh: false,
    });
  });

  it('cuts a tail that is longer than all else, and says so', () => {
    const inner = Array.from({ length: 14 }, (_, i) => [i, i + 1, 1 / 16] as const);
    const extent = extentOf([bins([-1, 0, 1 / 16], ...inner, [14, 1e6, 1 / 16])])!;
    expect(extent).toEqual({ low: -1, high: 21, isCutLow: false, isCutHigh: true });
  });

  it('goes on beyond bins that are open', () => {
    const extent = extentOf([bins([Number.NEGATIVE_INFINITY, 0, 0.5], [0, 10, 0.25], [10, 12, 0.25])])!;
    expect(extent).toEqual({ low: -5, high: 12, isCutLow: true, isCutHigh: false });
  });

  it('of a constant has a width', () => {
    const extent = extentOf([bins([5, 5, 1]), bins([5, 5, 1])])!;
    expect(extent.low).toBeLessThan(5);
    expect(extent.high).toBeGreaterThan(5);
    expect(extentOf([bins([0, 0, 1])])).toMatchObject({ low: -0.5, high: 0.5 });
  });

  it('is unknown of no values, and of bins without an end', () => {
    expect(extentOf([[], []])).toBeUndefined();
    expect(extentOf([bins([Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY, 1])])).toBeUndefined();
  });
});

describe('a picture of densities', () => {
  it('stays within its frame, whatever is drawn', () => {
    const picture = drawDensities(bins([0, 0, 0.9], [0, 1e9, 0.1]), bins([-1e9, 3, 0.5], [3, 3, 0.5]), 0.3)!;
    const numbers = [picture.baseline, picture.current, picture.band].flatMap(path =>
      path.match(/-?[\d.]+/g)!.map(Number),
    );
    expect(numbers.every(Number.isFinite)).toBe(true);
    expect(Math.min(...numbers)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(Math.max(WIDTH, HEIGHT));
  });

  it('cuts the bar of a value that towers over all ranges, and tells both shares', () => {
    const { cutAtoms } = drawDensities(
      bins([0, 0.001, 0.9], [0.001, 50, 0.05], [50, 100, 0.05]),
      bins([0, 0.001, 0.8], [0.001, 50, 0.1], [50, 100, 0.1]),
      1000,
    )!;
    expect(cutAtoms).toEqual([{ at: 0, share: 0.8, baselineShare: 0.9 }]);
  });

  it('cuts nothing where values by themselves are all there is', () => {
    expect(drawDensities(bins([0, 0, 0.5], [1, 1, 0.5]), bins([0, 0, 0.1], [1, 1, 0.9]), 100)!.cutAtoms).toEqual([]);
  });

  it('of one side alone draws the other empty', () => {
    const picture = drawDensities(bins([0, 1, 1]), [], 0)!;
    expect(picture.current).toBe('');
    expect(picture.band).toBe('');
    expect(picture.baseline).not.toBe('');
  });
});
