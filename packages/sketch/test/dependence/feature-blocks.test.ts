import { describe, expect, test } from 'vitest';
import { BlockCovariance, type BlockFit } from '../../src/dependence/block-covariance.js';
import { dependenceOfFits, FeatureBlocks, type FeatureFit } from '../../src/dependence/feature-blocks.js';
import { prepareFeature } from '../../src/verdict/prepare.js';
import { categorical, numeric } from '../verdict/baselines.js';
import { uniforms } from '../verdict/random.js';

function blocksOf(feature: ConstructorParameters<typeof FeatureBlocks>[0], blocks: readonly number[][]): FeatureBlocks {
  const all = new FeatureBlocks(feature);
  for (const block of blocks) all.add(block);
  return all;
}

function covariance(blocks: readonly number[][]): BlockFit | undefined {
  const all = new BlockCovariance(blocks[0]!.length);
  for (const block of blocks) all.add(block);
  return all.fit();
}

/** Blocks of so many cells, of up to 40 values each. */
function drawn(cells: number, blocks: number, seed: number): number[][] {
  const next = uniforms(seed);
  return Array.from({ length: blocks }, () => Array.from({ length: cells }, () => Math.floor(next() ** 3 * 41)));
}

describe('the blocks of a feature', () => {
  test('are measured once for the shape, once for the rate of missing and invalid values', () => {
    const blocks = drawn(6, 30, 1);
    const fit = blocksOf(prepareFeature(numeric([900, 800, 700, 600, 10, 5])), blocks).fit();
    expect(fit.shape).toEqual(covariance(blocks.map(block => block.slice(0, 4))));
    expect(fit.missing).toEqual(
      covariance(blocks.map(([a, b, c, d, missing, invalid]) => [missing! + invalid!, a! + b! + c! + d!])),
    );
    expect(fit.other).toBeUndefined();
  });

  test('of a category are measured for the rate of the others as well', () => {
    const blocks = drawn(6, 30, 2);
    const fit = blocksOf(prepareFeature(categorical([500, 400, 300, 60, 0, 0])), blocks).fit();
    expect(fit.shape).toEqual(covariance(blocks.map(block => block.slice(0, 4))));
    expect(fit.other).toEqual(covariance(blocks.map(([a, b, c, other]) => [other!, a! + b! + c!])));
  });

  test('are grouped as the shape is tested: at most sixteen bins, those that the baseline left empty in none', () => {
    const baseline = [...Array.from({ length: 40 }, (_, i) => 100 + i), 0, 0, 0, 0];
    const prepared = prepareFeature(numeric(baseline));
    const blocks = drawn(44, 30, 3);
    const grouped = blocks.map(block => {
      const groups = Array<number>(16).fill(0);
      for (let cell = 0; cell < 40; cell++) groups[prepared.plan.groupOf[cell]!]! += block[cell]!;
      return groups;
    });
    expect(blocksOf(prepared, blocks).fit().shape).toEqual(covariance(grouped));
  });

  test('of 64 categories and others are at most sixteen groups too', () => {
    const baseline = [...Array.from({ length: 64 }, (_, i) => 640 - 10 * i), 40, 0, 0];
    const fit = blocksOf(prepareFeature(categorical(baseline)), drawn(67, 60, 4)).fit();
    expect(fit.shape!.k).toBeLessThan(16);
    expect(fit.shape!.lambda).toBeGreaterThan(1);
    expect(fit.other!.freedom).toBeGreaterThan(50);
  });

  test('say how many there were, and of what size', () => {
    const cells = [
      [1, 1, 1, 0],
      [0, 0, 0, 0],
      [0, 0, 0, 7],
    ];
    const feature = prepareFeature(numeric([10, 10, 0, 0]));
    const blocks = blocksOf(feature, cells);
    const byRows = new FeatureBlocks(feature, 'rows');
    for (const block of cells) byRows.add(block);
    expect(byRows.meanSize).toBe((9 + 49) / 10);
    expect(blocks.blocks).toBe(2);
    expect(blocks.meanSize).toBe(5);
    expect(new FeatureBlocks(feature).meanSize).toBeNaN();
  });

  test.each<[string, number[]]>([
    ['all missing', [0, 0, 0, 0, 1000, 0]],
    ['of one value', [1000, 0, 0, 0, 0, 0]],
    ['without a row', [0, 0, 0, 0, 0, 0]],
  ])('of a feature that was %s have a shape that never moves', (_, baseline) => {
    const blocks = blocksOf(prepareFeature(numeric(baseline)), Array<number[]>(30).fill(baseline.map(n => n / 100)));
    expect(dependenceOfFits([blocks.fit()])).toEqual({ lambda: 1, k: 1, missing: 1, other: 1 });
  });
});

describe('the dependence of fits', () => {
  const calm: BlockFit = { freedom: 100, triggered: false, lambda: 1.4, k: 5 };
  const moved: BlockFit = { freedom: 50, triggered: true, lambda: 9, k: 2 };
  const slight: BlockFit = { freedom: 25, triggered: false, lambda: 2, k: 3 };
  const fits = (...shapes: (BlockFit | undefined)[]): FeatureFit[] =>
    shapes.map(shape => ({ shape, missing: undefined, other: undefined }));

  test('is none while no pretest finds any', () => {
    expect(dependenceOfFits(fits(calm, slight))).toEqual({ lambda: 1, k: 1, missing: 1, other: 1 });
    expect(dependenceOfFits([])).toEqual({ lambda: 1, k: 1, missing: 1, other: 1 });
  });

  test('is that of the last blocks once any has found some', () => {
    expect(dependenceOfFits(fits(calm, moved))).toMatchObject({ lambda: 9, k: 2 });
    expect(dependenceOfFits(fits(moved, slight))).toMatchObject({ lambda: 2, k: 3 });
  });

  test('is that of the longest blocks that say anything', () => {
    expect(dependenceOfFits(fits(moved, slight, undefined))).toMatchObject({ lambda: 2, k: 3 });
    expect(dependenceOfFits(fits(undefined, undefined))).toMatchObject({ lambda: 1 });
  });

  test('is one of each test by itself', () => {
    expect(
      dependenceOfFits([
        { shape: calm, missing: moved, other: undefined },
        { shape: calm, missing: slight, other: moved },
      ]),
    ).toEqual({ lambda: 1, k: 1, missing: 2, other: 9 });
  });
});
