import { describe, expect, test } from 'vitest';
import { BlockLadder } from '../../src/dependence/block-ladder.js';
import { FeatureBlocks, type FeatureCells } from '../../src/dependence/feature-blocks.js';
import { fitDependence, ladderOf } from '../../src/dependence/fit.js';
import { orderOfRows, orderOfTimes, type RowOrder } from '../../src/dependence/ladder.js';
import { planMerges } from '../../src/verdict/merge.js';
import { uniforms } from '../verdict/random.js';

const DAY_MS = 86_400_000;
const VALUED = 4;
const feature: FeatureCells = { valued: VALUED, plan: planMerges([40, 30, 20, 10], 'ranges'), other: -1 };
const rounded = (x: number) => Number(x.toPrecision(4));

/** Cells of rows, each the one before in half of all cases. */
function cellsOf(rows: number, seed: number): Uint8Array {
  const next = uniforms(seed);
  const cells = new Uint8Array(rows);
  for (let row = 0; row < rows; row++)
    cells[row] = row > 0 && next() < 0.5 ? cells[row - 1]! : Math.floor(next() * (VALUED + 2));
  return cells;
}

/** The counts of every whole block, by position alone. */
function naiveBlocks(cells: Uint8Array, order: RowOrder, length: number): number[][] {
  const blocks: number[][] = [];
  for (let block = 0; block < Math.floor(order.span / length); block++) blocks.push(Array(VALUED + 2).fill(0));
  for (let row = 0; row < cells.length; row++) {
    const block = blocks[Math.floor(order.position(row) / length)];
    if (block !== undefined) block[cells[row]!]!++;
  }
  return blocks;
}

function naive(cells: Uint8Array, order: RowOrder) {
  return order.lengths.map(length => {
    const blocks = new FeatureBlocks(feature);
    for (const block of naiveBlocks(cells, order, length)) blocks.add(block);
    return { meanSize: rounded(blocks.meanSize), fit: blocks.fit() };
  });
}

const bursts = (): Float64Array => {
  const next = uniforms(9);
  const times: number[] = [];
  // Days of very different traffic, with ties, and a week of nothing.
  for (let day = 0; day < 40; day++) {
    if (day >= 12 && day < 19) continue;
    const rows = Math.floor(5 + 400 * next() ** 3);
    for (let i = 0; i < rows; i++) times.push(day * DAY_MS + Math.floor(24 * next()) * 3_600_000);
  }
  return Float64Array.from(times).sort();
};

const inTime = (times: Float64Array): [number, RowOrder] => [times.length, orderOfTimes(times)];
const inOrder = (rows: number): [number, RowOrder] => [rows, orderOfRows(rows)];
const orders: readonly [string, [number, RowOrder]][] = [
  ['1,000 rows', inOrder(1000)],
  ['1,279 rows, no multiple of any length', inOrder(1279)],
  ['a block and one row more', inOrder(8 * 2 ** 7 + 1)],
  ['a month of even traffic', inTime(Float64Array.from({ length: 3000 }, (_, i) => (i * 31 * DAY_MS) / 2999))],
  ['bursts, ties, and a week without rows', inTime(bursts())],
  ['a decade', inTime(Float64Array.from({ length: 2000 }, (_, i) => i * 1.8 * DAY_MS))],
  [
    'half of all rows at the last instant',
    inTime(Float64Array.from({ length: 1000 }, (_, i) => Math.min(i, 500) * 7_200_000)),
  ],
];

describe('blocks built out of shorter ones', () => {
  test.each(orders)('hold what a count of each by itself gives: %s', (_, [rows, order]) => {
    const cells = cellsOf(rows, 3);
    const expected = naive(cells, order);
    const ladder = ladderOf(order, cells.length)!;
    expect(ladder.blockRows).toEqual(order.timed ? expected.map(({ meanSize }) => meanSize) : order.lengths);
    const fit = fitDependence(cells, feature, order)!;
    expect(fit.lambda.at(-1)).toBe(rounded(expected.at(-1)!.fit.shape!.lambda));
    const triggered = expected.findIndex(({ fit }) => fit.shape?.triggered === true);
    expect(triggered).toBeGreaterThanOrEqual(0);
    expect(fit.lambda).toEqual(expected.map(({ fit }, step) => (step < triggered ? 1 : rounded(fit.shape!.lambda))));
    expect(fit.k).toEqual(expected.map(({ fit }, step) => (step < triggered ? 1 : rounded(fit.shape!.k))));
  });

  test('a row on the edge belongs to the block that begins there', () => {
    const ladder = new BlockLadder(feature, [10, 20]);
    for (const position of [0, 9, 10, 19, 20, 29, 30, 39]) ladder.add(position % 20 < 10 ? 0 : 1, position);
    ladder.endBlocks(40);
    expect(ladder.blockRows).toEqual([2, 4]);
    // Blocks of 10 are all alike within, those of 20 half and half.
    expect(ladder.fit()).toBeUndefined();
  });

  test('the last block is left out unless it is whole', () => {
    const ladder = new BlockLadder(feature, [10]);
    for (let position = 0; position < 39; position++) ladder.add(0, position);
    ladder.endBlocks(39);
    expect(ladder.blockRows).toEqual([10]);
    const whole = new BlockLadder(feature, [10]);
    for (let position = 0; position < 40; position++) whole.add(0, position);
    whole.endBlocks(40);
    expect(whole.blockRows).toEqual([10]);
  });

  test('a week is built of days though four days come before it', () => {
    const days = [1, 2, 4, 7, 14].map(day => day * DAY_MS);
    const ladder = new BlockLadder(feature, days);
    for (let hour = 0; hour < 24 * 71; hour++) ladder.add(0, hour * 3_600_000);
    ladder.endBlocks(71 * DAY_MS);
    expect(ladder.blockRows).toEqual([24, 48, 96, 168, 336]);
  });

  test('and if there are no blocks of a day, the week counts for itself', () => {
    const ladder = new BlockLadder(
      feature,
      [2, 4, 7, 14].map(day => day * DAY_MS),
    );
    for (let day = 0; day < 71; day++) ladder.add(0, day * DAY_MS);
    ladder.endBlocks(71 * DAY_MS);
    expect(ladder.blockRows).toEqual([2, 4, 7, 14]);
  });
});

describe('the dependence of a feature', () => {
  const values = (rows: number, cellOf: (row: number) => number) =>
    Uint8Array.from({ length: rows }, (_, row) => cellOf(row));

  test('is absent where its rows look independent, and where there is nothing to tell apart', () => {
    const next = uniforms(8);
    const order = orderOfRows(4000);
    expect(
      fitDependence(
        values(4000, () => Math.floor(next() * 4)),
        feature,
        order,
      ),
    ).toBeUndefined();
    expect(fitDependence(new Uint8Array(4000), feature, order)).toBeUndefined();
    expect(fitDependence(new Uint8Array(4000).fill(VALUED), feature, order)).toBeUndefined();
    expect(fitDependence(new Uint8Array(30), feature, orderOfRows(30))).toBeUndefined();
    expect(ladderOf(orderOfRows(30), 30)).toBeUndefined();
  });

  test('of missing values in one long run is told by their rate', () => {
    const next = uniforms(8);
    const cells = values(4000, row => (row >= 1000 && row < 1400 ? VALUED : Math.floor(next() * 4)));
    const { lambda, missing } = fitDependence(cells, feature, orderOfRows(4000))!;
    expect(Math.max(...lambda)).toBeLessThan(5);
    expect(missing[0]).toBeGreaterThan(7);
    // Of blocks of 256 one is all missing and a second for the larger part.
    expect(missing.at(-2)).toBeGreaterThan(200);
  });

  test('has the rate of the others only where that hangs together', () => {
    const categories: FeatureCells = { valued: 4, plan: planMerges([40, 30, 20, 10], 'categories'), other: 3 };
    const next = uniforms(12);
    const calm = values(4000, row => (row % 16 < 8 ? 0 : 1 + Math.floor(next() * 2)));
    for (let i = 0; i < 40; i++) calm[Math.floor(next() * 4000)] = 3;
    expect(fitDependence(calm, categories, orderOfRows(4000))).not.toHaveProperty('other');
    const inRuns = values(4000, row => (row % 400 < 20 ? 3 : Math.floor(next() * 3)));
    expect(fitDependence(inRuns, categories, orderOfRows(4000))!.other![0]).toBeGreaterThan(6);
  });

  test('is that of a shorter block where the longer say nothing: values came on the last day only', () => {
    const order = orderOfTimes(Float64Array.from({ length: 3100 }, (_, i) => (i * 31 * DAY_MS) / 3099));
    // The value changes four times in the only day that has any.
    const cells = values(3100, row => (row < 3000 ? VALUED : Math.floor((row - 3000) / 25)));
    const { lambda } = fitDependence(cells, feature, order)!;
    expect(Math.min(...lambda.slice(2))).toBeGreaterThan(10);
  });

  test('is found in a million rows with times', () => {
    const times = Float64Array.from({ length: 1_000_000 }, (_, i) => (i * 365 * DAY_MS) / 999_999);
    const order = orderOfTimes(times);
    const next = uniforms(4);
    // Each hour has a favourite.
    const cells = values(1_000_000, row => {
      const hour = Math.floor(times[row]! / 3_600_000) % 24;
      return next() < 0.3 ? hour % 4 : Math.floor(next() * 4);
    });
    const { lambda } = fitDependence(cells, feature, order)!;
    const hourly = order.lengths.findIndex(length => length > 2_000_000);
    expect(lambda[hourly]).toBeGreaterThan(5);
    const daily = order.lengths.indexOf(DAY_MS);
    expect(lambda[daily]).toBeLessThan(2);
  });
});
