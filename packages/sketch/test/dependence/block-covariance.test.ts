import { describe, expect, test } from 'vitest';
import { BlockCovariance, type BlockWeight } from '../../src/dependence/block-covariance.js';
import { fixture, relativeError } from '../reference/fixtures.js';

interface Case {
  readonly name: string;
  /** Blocks by group. */
  readonly groups: number[][][];
  /** By weight; null without blocks. */
  readonly each: Expected | null;
  readonly rows: Expected | null;
  /** Of blocks of one size, by the textbook. */
  readonly simple?: { triggered: boolean; lambda: number; k: number };
}

interface Expected {
  readonly blocks: number;
  readonly meanSize: number;
  readonly fit: null | { freedom: number; triggered: boolean; lambda: number; k: number };
}

const cases = fixture<Case>('block-fits.json');
const WEIGHTS = ['each', 'rows'] as const;

function covarianceOf(groups: number[][][], weight: BlockWeight = 'each'): BlockCovariance {
  const covariance = new BlockCovariance(groups.flat()[0]?.length ?? 3, weight);
  for (const group of groups) {
    for (const block of group) covariance.add(block);
    covariance.endGroup();
  }
  return covariance;
}

describe('against two passes over all blocks', () => {
  test.each(cases.flatMap(one => WEIGHTS.map(weight => ({ weight, ...one }))))('$name, $weight', one => {
    const { name, groups, weight } = one;
    const expected = one[weight];
    const covariance = covarianceOf(groups, weight);
    const fit = covariance.fit();
    expect(covariance.blocks).toBe(expected?.blocks ?? 0);
    if (expected === null) expect(covariance.meanSize).toBeNaN();
    else expect(relativeError(covariance.meanSize, expected.meanSize)).toBeLessThan(1e-14);
    if (expected === null || expected.fit === null) {
      expect(fit).toBeUndefined();
      return;
    }
    expect(fit!.triggered).toBe(expected.fit.triggered);
    // Sums of squares of 1e9 keep 53 bits, and what moves is a thousand-millionth of them.
    const precision = name.startsWith('a thousand million') ? 1e-6 : 1e-9;
    for (const key of ['freedom', 'lambda', 'k'] as const)
      expect(relativeError(fit![key], expected.fit[key]), key).toBeLessThan(precision);
  });
});

describe('with blocks of one size', () => {
  const equal = cases.filter(({ simple }) => simple !== undefined);

  test.each(equal)('is the sample covariance, its λ a little more: $name', ({ groups, simple }) => {
    const blocks = groups[0]!.length;
    for (const weight of WEIGHTS) {
      const fit = covarianceOf(groups, weight).fit()!;
      expect(fit.freedom).toBe(blocks - 1);
      expect(relativeError(fit.k, simple!.k)).toBeLessThan(1e-12);
      // What few blocks may hide is told by their degrees of freedom, not by their number.
      const more = (1 + Math.sqrt(2 / (blocks - 1))) / (1 + Math.sqrt(2 / blocks));
      if (simple!.lambda > 1) expect(relativeError(fit.lambda, simple!.lambda * more)).toBeLessThan(1e-12);
      // The pretest of the sum alone finds a little less.
      if (simple!.triggered) expect(fit.triggered).toBe(true);
    }
  });

  test('the pretest of the largest eigenvalue finds what the sum of all misses', () => {
    const missed = equal.filter(({ groups, simple }) => !simple!.triggered && covarianceOf(groups).fit()!.triggered);
    expect(missed.map(({ name }) => name)).toEqual(['AR(0.3), 20 blocks of 400 in 8 bins']);
    const timetable = cases.find(({ name }) => name === 'one group of bins moves, all others keep still')!;
    expect(covarianceOf(timetable.groups).fit()!.triggered).toBe(true);
    // 100 of 400 values are in the two bins that move: fourteen bins, and a sum less than their thirteen.
    const { lambda, k, freedom } = timetable.each!.fit!;
    expect((lambda * k) / (1 + Math.sqrt(2 / freedom))).toBeLessThan(13);
  });

  test('the pretest knows that rare bins move more than χ² says', () => {
    // 402 blocks of ten values, of which 7 are in the last bin: the variance of Pearson's X² is 59 there, and not 2.
    const covariance = new BlockCovariance(2);
    let hits = 0;
    for (let block = 0; block < 400; block++) {
      const hit = block % 100 === 0 ? 1 : 0;
      hits += hit;
      covariance.add([10 - hit, hit]);
    }
    covariance.add([9, 1]);
    covariance.add([8, 2]);
    expect(hits).toBe(4);
    const fit = covariance.fit()!;
    // Σ λ = 1.27: 3.9 standard errors of χ² above 1, and 0.7 true ones.
    expect(fit.lambda / (1 + Math.sqrt(2 / 401))).toBeGreaterThan(1 + 3 * Math.sqrt(2 / 401));
    expect(fit.triggered).toBe(false);
  });
});

describe('a covariance', () => {
  test('tells what it knows at any time, and goes on', () => {
    const first = [
      [5, 15],
      [9, 11],
      [2, 18],
    ];
    const once = new BlockCovariance(2);
    for (const [i, block] of first.entries()) {
      once.add(block);
      expect(once.fit()).toEqual(covarianceOf([first.slice(0, i + 1)]).fit());
    }
  });

  test('compares the blocks of a group with each other alone', () => {
    const once = new BlockCovariance(2);
    for (const block of [
      [5, 15],
      [9, 11],
      [2, 18],
    ])
      once.add(block);
    const first = once.fit();
    once.endGroup();
    expect(once.fit()).toEqual(first);
    once.endGroup();
    once.add([15, 5]);
    once.add([14, 6]);
    expect(once.blocks).toBe(5);
    // The second group has a mean of its own, so that it moves no more than the first.
    expect(once.fit()!.freedom).toBe(3);
    expect(once.fit()!.lambda).toBeLessThan(first!.lambda);
  });

  test('does not see the order of blocks within a group', () => {
    const blocks = cases.find(({ name }) => name === 'blocks of uneven sizes')!.groups[0]!;
    for (const weight of WEIGHTS) {
      const there = covarianceOf([blocks], weight).fit()!;
      const back = covarianceOf([blocks.toReversed()], weight).fit()!;
      expect(relativeError(there.lambda, back.lambda)).toBeLessThan(1e-12);
      expect(relativeError(there.k, back.k)).toBeLessThan(1e-12);
    }
  });

  test('of rows that come c times each is c times as large', () => {
    const blocks = cases[0]!.groups[0]!;
    const once = covarianceOf([blocks]).fit()!;
    const thrice = covarianceOf([blocks.map(block => block.map(count => 3 * count))]).fit()!;
    expect(relativeError(thrice.lambda, 3 * once.lambda)).toBeLessThan(1e-12);
    expect(relativeError(thrice.k, once.k)).toBeLessThan(1e-12);
    expect(thrice.triggered).toBe(true);
  });

  test('of blocks that are each of one value has their mean size as its λ, by rows or by blocks', () => {
    // 50 blocks of 4 and 50 of 64, each all in one of four bins: values move in runs of Σ n² / Σ n.
    const blocks = Array.from({ length: 100 }, (_, i) => {
      const block = [0, 0, 0, 0];
      block[Math.floor(i / 2) % 4] = i % 2 === 0 ? 4 : 64;
      return block;
    });
    for (const [weight, meanSize] of [
      ['each', 34],
      ['rows', (50 * 16 + 50 * 4096) / (50 * 68)],
    ] as const) {
      const covariance = covarianceOf([blocks], weight);
      expect(covariance.meanSize).toBe(meanSize);
      const { lambda, k, freedom } = covariance.fit()!;
      expect(lambda / (1 + Math.sqrt(2 / freedom)) / meanSize).toBeGreaterThan(0.97);
      expect(lambda / (1 + Math.sqrt(2 / freedom)) / meanSize).toBeLessThan(1.05);
      expect(k).toBeCloseTo(3, 1);
    }
  });
});
