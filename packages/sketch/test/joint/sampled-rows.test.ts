import { expect, it } from 'vitest';
import { MOST_ROWS, sampledRows } from '../../src/joint/sampled-rows.js';

it('up to 10,000 rows are all looked at, in order', () => {
  expect(Array.from(sampledRows(5, 3))).toEqual([0, 1, 2, 3, 4]);
  expect(sampledRows(MOST_ROWS, 20).at(-1)).toBe(MOST_ROWS - 1);
  expect(sampledRows(0, 2)).toHaveLength(0);
});

it.each([
  [MOST_ROWS + 1, 0.89],
  [15_000, 0.94],
  [30_000, 1],
  [240_000, 1],
  [1_048_576, 1],
  [10_000_019, 1],
])('of %i rows 10,000 are, a share of %d of them different ones', (rows, different) => {
  const sample = sampledRows(rows, 20);
  expect(sample).toHaveLength(MOST_ROWS);
  expect(new Set(sample).size / MOST_ROWS).toBeGreaterThanOrEqual(different);
  expect(Math.min(...sample)).toBe(0);
  expect(Math.max(...sample)).toBeLessThan(rows);
});

it('they lie evenly: no hundredth of the rows has a twentieth more or less than its share', () => {
  const hundredths = new Array<number>(100).fill(0);
  for (const row of sampledRows(1_000_000, 20)) hundredths[Math.floor(row / 10_000)]!++;
  expect(Math.min(...hundredths)).toBeGreaterThanOrEqual(95);
  expect(Math.max(...hundredths)).toBeLessThanOrEqual(105);
});

it.each([2, 7, 24, 60, 168])('every phase of a cycle of %i rows is met', period => {
  const rows = MOST_ROWS * period;
  const met = new Array<number>(period).fill(0);
  for (const row of sampledRows(rows, 20)) met[row % period]!++;
  expect(Math.min(...met)).toBeGreaterThan((0.8 * MOST_ROWS) / period);
});

it('many columns leave fewer rows, and a thousand leave a thousand', () => {
  const counts = [2, 300, 447, 1000].map(columns => sampledRows(1e6, columns).length);
  expect(counts).toEqual([10_000, 10_000, 5_016, 1_001]);
});
