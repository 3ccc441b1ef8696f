import { describe, expect, it } from 'vitest';
import { COPY, choosePairs, MAX_PAIRS, RELATED } from '../../src/joint/choose-pairs.js';
import { correlated, correlations } from './columns.js';

/** The pairs that are chosen, as [a, b]. */
function chosen(columns: readonly Float64Array[]): number[][] {
  return pairsOf(columns).map(({ a, b }) => [a, b]);
}

function pairsOf(columns: readonly Float64Array[], source = (_index: number) => 'row') {
  return choosePairs(columns.map((standardised, i) => ({ standardised, source: source(i) })));
}

describe('pairs', () => {
  it('go from the strongest correlation down, whatever its sign', () => {
    const columns = correlated(correlations(6, [0, 5, -0.8], [1, 3, 0.6], [2, 4, 0.4]), 2000, 1);
    const pairs = pairsOf(columns);
    expect(pairs.map(({ a, b }) => [a, b])).toEqual([
      [0, 5],
      [1, 3],
      [2, 4],
    ]);
    expect(pairs.map(({ rho }) => Math.round(rho * 10) / 10)).toEqual([-0.8, 0.6, 0.4]);
  });

  it('are half as many as columns, and 8 at most', () => {
    const alike = (count: number) => correlations(count).map((row, i) => row.map((_, j) => (i === j ? 1 : 0.6)));
    const counts = [1, 2, 3, 5, 16, 20].map(count => chosen(correlated(alike(count), 500, 2)).length);
    expect(counts).toEqual([0, 1, 1, 2, 8, MAX_PAIRS]);
    expect(chosen([])).toEqual([]);
  });

  it('are first of columns that are in none yet, however strongly one column goes with all', () => {
    // Column 0 goes with all others; any two of those go together a little less.
    const star = correlations(12).map((row, i) => row.map((_, j) => (i === j ? 1 : i === 0 || j === 0 ? 0.9 : 0.81)));
    expect(new Set(chosen(correlated(star, 2000, 3)).flat()).size).toBe(12);
  });

  it('then bring in columns that go with one in a pair, as long as that is in less than three', () => {
    // Column 9 goes with each of the first five, which are unrelated.
    const sum = correlations(10, ...[0, 1, 2, 3, 4].map(i => [i, 9, 0.44 - i / 50] as const));
    expect(chosen(correlated(sum, 20_000, 9))).toEqual([
      [0, 9],
      [1, 9],
      [2, 9],
      [3, 4],
      [5, 6],
    ]);
  });

  it('of columns that go with no other are each with the next, in their order', () => {
    const columns = correlated(correlations(7, [1, 4, 0.5]), 5000, 4);
    expect(chosen(columns)).toEqual([
      [1, 4],
      [0, 2],
      [3, 5],
    ]);
  });

  it('are none of one column in two units', () => {
    const [x, y] = correlated(correlations(2), 3000, 5) as [Float64Array, Float64Array];
    const copy = x.map(value => Math.fround(value));
    expect(chosen([x, copy])).toEqual([]);
    expect(chosen([x, copy.map(value => -value)])).toEqual([]);
    // 1 - ρ is half the square of the noise.
    const near = x.map((value, i) => value + Math.sqrt(4 * (1 - COPY)) * y[i]!);
    expect(chosen([x, near])).toEqual([[0, 1]]);
    // The others of the four are unrelated, so that they are left to be paired across.
    expect(chosen([x, copy, y, y.map(value => -value)])).toEqual([
      [0, 2],
      [1, 3],
    ]);
  });

  it('are of columns of one source', () => {
    const columns = correlated(correlations(6, [0, 1, 0.9], [2, 3, 0.3]), 5000, 10);
    expect(pairsOf(columns, i => (i === 1 ? 'alone' : 'row')).map(({ a, b }) => [a, b])).toEqual([
      [2, 3],
      [0, 4],
    ]);
  });

  it('need a tenth of the rows in which both have a number', () => {
    const [x, y] = correlated(correlations(2, [0, 1, 0.9]), 1000, 6) as [Float64Array, Float64Array];
    const sparse = (rows: number) => y.map((value, i) => (i < rows ? value : Number.NaN));
    expect(chosen([x, sparse(100)])).toEqual([[0, 1]]);
    expect(chosen([x, sparse(99)])).toEqual([]);
    expect(chosen([x, sparse(0)])).toEqual([]);
  });

  it('of equal correlations are those declared first', () => {
    const [x, y] = correlated(correlations(2, [0, 1, 0.7]), 500, 7) as [Float64Array, Float64Array];
    // 0 and 2 are copies, 1 and 3 too: four pairs of one correlation.
    expect(chosen([x, y, x, y])).toEqual([
      [0, 1],
      [2, 3],
    ]);
  });

  it('are not chosen for what may be chance: of 60 unrelated columns and 1,000 rows none', () => {
    const pairs = pairsOf(correlated(correlations(60), 1000, 8));
    expect(Math.max(...pairs.map(({ rho }) => Math.abs(rho)))).toBeLessThan(RELATED);
    expect(pairs.map(({ a, b }) => [a, b])).toEqual(Array.from({ length: 8 }, (_, i) => [2 * i, 2 * i + 1]));
  });
});
