import { describe, expect, it } from 'vitest';
import { countSorted, numericCuts } from '../../src/bins/numeric-cuts.js';
import { roundBetween } from '../../src/bins/sensitive-cuts.js';
import { ascending, range, repeated } from '../generated-rows.js';

function sensitive(values: Iterable<number>) {
  const sorted = ascending(values);
  const { cuts } = numericCuts(sorted, { sensitive: true });
  return { cuts, counts: countSorted(cuts, sorted) };
}

describe('the cuts of a sensitive number', () => {
  it('are those of any other, rounded, where every bin is full', () => {
    const values = range(1600).map(i => i * 1.01);
    expect(sensitive(values).counts).toEqual(repeated(100, 16));
    expect(sensitive(values).cuts[0]).toBe(100.5);
    expect(numericCuts(ascending(values)).cuts[0]).toBe(100.495);
  });

  it('leave 10 values in each bin', () => {
    // Half the values are 0; the 30 below it would get seven bins, of 4 or 5 each.
    const values = [...range(30).map(i => i - 30), ...repeated(0, 600), ...range(570, 1)];
    expect(
      Math.min(...numericCuts(ascending(values)).cuts.map((_, i, all) => all[i]! - (all[i - 1] ?? -30))),
    ).toBeLessThan(6);
    expect(Math.min(...sensitive(values).counts)).toBeGreaterThanOrEqual(10);
  });

  it('leave more than 1/64 of the values in either outer bin', () => {
    const around = (below: number, above: number) =>
      sensitive([...range(below).map(i => -1 - i), ...repeated(0, 6400 - below - above), ...range(above, 1)]).counts;
    expect(around(101, 101)).toEqual([101, 6198, 101]);
    expect(around(100, 101)).toEqual([6299, 101]);
    expect(around(101, 100)).toEqual([101, 6299]);
    expect(around(100, 100)).toEqual([6400]);
  });

  it('are none of a constant, nor of what hardly varies', () => {
    expect(sensitive(repeated(180, 1000)).cuts).toEqual([]);
    expect(sensitive([...repeated(180, 995), 1, 2, 3, 4, 5]).cuts).toEqual([]);
    expect(sensitive([]).cuts).toEqual([]);
    expect(sensitive([5]).cuts).toEqual([]);
  });

  it('are none of fewer than 20 values', () => {
    expect(sensitive(range(19)).cuts).toEqual([]);
    expect(sensitive(range(20))).toEqual({ cuts: [9.5], counts: [10, 10] });
  });

  it('tell apart values of which each is frequent', () => {
    expect(sensitive([...repeated(0, 700), ...repeated(1, 300)])).toEqual({ cuts: [0.5], counts: [700, 300] });
  });

  it('do not give the value away that stands beside an atom', () => {
    const salary = 4312.77;
    const values = [...repeated(0, 500), salary, ...range(499).map(i => 9000 + i)];
    expect(numericCuts(ascending(values)).cuts[0]! * 2).toBe(salary);
    expect(sensitive(values).cuts[0]).toBe(2000);
  });
});

describe('a number between two', () => {
  it.each([
    [0, 1, 0.5],
    [0.1, 0.3, 0.2],
    [-7, 4, -2],
    [9.99, 10.01, 10],
    [0, 4312.77, 2000],
    [1234.5, 1234.7, 1234.6],
    [-1e308, 1.5e308, 3e307],
    [1e308, Number.MAX_VALUE, 1.4e308],
    [0, Number.MIN_VALUE, 0],
    [1, 1 + Number.EPSILON, 1],
  ])('%f and %f has few digits: %f', (a, b, cut) => {
    expect(roundBetween(a, b)).toBe(cut);
  });

  it('keeps a quarter of the way from either', () => {
    for (const [a, b] of [
      [0.1, 0.2],
      [-3, 8000],
      [99.5, 100.25],
      [1e-300, 1e-299],
      [-1, 1],
    ] as const) {
      const cut = roundBetween(a, b);
      expect(cut).toBeGreaterThanOrEqual(a + (b - a) / 4);
      expect(cut).toBeLessThanOrEqual(b - (b - a) / 4);
    }
  });
});
