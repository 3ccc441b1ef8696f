import { describe, expect, it } from 'vitest';
import { findBin } from '../../src/bins/find-bin.js';
import { midway } from '../../src/bins/midway.js';
import { countSorted, numericCuts } from '../../src/bins/numeric-cuts.js';
import { ascending, generator, range, repeated } from '../generated-rows.js';

const cutsOf = (values: Iterable<number>) => numericCuts(ascending(values)).cuts;

function cutsAndCounts(values: Iterable<number>) {
  const sorted = ascending(values);
  const { cuts } = numericCuts(sorted);
  return { cuts, counts: countSorted(cuts, sorted) };
}

describe('cutting into bins of equal counts', () => {
  it('gives each of 16 equally frequent values its own bin', () => {
    const values = range(16, 1).flatMap(value => repeated(value, 100));
    expect(cutsAndCounts(values)).toEqual({ cuts: range(15, 1).map(v => v + 0.5), counts: repeated(100, 16) });
  });

  it('cuts 32 distinct values two by two', () => {
    expect(cutsAndCounts(range(32, 1))).toEqual({ cuts: range(15, 1).map(v => 2 * v + 0.5), counts: repeated(2, 16) });
  });

  it('cuts at the running count nearest to j/k, and at the lower of two as near', () => {
    // 20 values twice: the aims are 2.5 j of 40 rows, the running counts even; 5, 15, 25 and 35 lie halfway.
    const after = [1, 2, 4, 5, 6, 7, 9, 10, 11, 12, 14, 15, 16, 17, 19];
    expect(cutsOf(range(20, 1).flatMap(value => [value, value]))).toEqual(after.map(v => v + 0.5));
  });

  it('leaves a value for every later bin where the rows crowd at the end', () => {
    // Between the zeros and 20, 69 rows make 15 bins of 4.6; the last value has 50 of them.
    const { counts } = cutsAndCounts([...repeated(0, 900), ...range(19, 1), ...repeated(20, 50)]);
    expect(counts).toEqual([900, 5, 2, ...repeated(1, 12), 50]);
  });

  it('gives every value of a gap its bin where there are enough', () => {
    const { counts } = cutsAndCounts([...repeated(0, 900), ...range(10, 1).flatMap(value => repeated(value, 10))]);
    expect(counts).toEqual([900, ...repeated(10, 10)]);
  });

  it('makes fewer bins of fewer values', () => {
    expect(cutsAndCounts([...repeated(0, 700), ...repeated(1, 300)])).toEqual({ cuts: [0.5], counts: [700, 300] });
    expect(cutsAndCounts([3, 9])).toEqual({ cuts: [6], counts: [1, 1] });
  });
});

describe('atoms', () => {
  it('puts heavily repeated zeros in a bin of their own and gives the rest to the tail', () => {
    const { cuts, counts } = cutsAndCounts([...repeated(0, 900), ...range(100, 1)]);
    const after = [7, 13, 20, 27, 33, 40, 47, 53, 60, 67, 73, 80, 87, 93];
    expect(cuts).toEqual([0.5, ...after.map(v => v + 0.5)]);
    expect(counts).toEqual([900, 7, 6, 7, 7, 6, 7, 7, 6, 7, 7, 6, 7, 7, 6, 7]);
  });

  it('takes exactly 1/16 of the rows for an atom and a row less for none', () => {
    const rest = range(1500).map(value => (value < 730 ? value : value + 1));
    const alone = (values: number[]) => {
      const { cuts, counts } = cutsAndCounts(values);
      return counts[findBin(cuts, 730)];
    };
    expect(alone([...repeated(730, 100), ...rest])).toBe(100);
    expect(alone([...repeated(730, 99), ...rest, 2000])).toBeGreaterThan(99);
  });

  it('gives spare bins to the gap with the most rows a bin, the left one where they tie', () => {
    // Pieces: gap of 30, atom, gap of 30. 13 spare bins alternate from the left: 8 and 7 of 15.
    const { counts } = cutsAndCounts([...range(30), ...repeated(50, 940), ...range(30, 70)]);
    expect(counts).toEqual([4, 3, 4, 4, 4, 3, 4, 4, 940, 4, 5, 4, 4, 4, 5, 4]);
  });

  it('merges the smallest of 17 pieces into its smaller neighbour, the left one where they tie', () => {
    const atoms = range(9).flatMap(i => repeated(10 * i, 100));
    const between = range(8).flatMap(i => repeated(10 * i + 5, i + 1));
    expect(cutsOf([...atoms, ...between])).toEqual(range(15).map(i => 7.5 + 5 * i));
    // Of two smallest pieces, at 5 and 75, the left one goes.
    const twins = [...atoms, ...between.filter((v, i) => v !== 75 || between.indexOf(75) === i)];
    expect(cutsOf(twins)).toEqual(range(15).map(i => 7.5 + 5 * i));
    // With a row less, the atom at 10 is the smaller neighbour of 5.
    const lighter = [...atoms.slice(0, 100), ...atoms.slice(101)];
    expect(cutsOf([...lighter, ...between])[0]).toBe(2.5);
  });
});

describe('cuts between neighbours', () => {
  it('fall halfway', () => {
    expect(midway(1, 2)).toBe(1.5);
    expect(midway(-3, -1)).toBe(-2);
    expect(midway(0.1, 0.2)).toBe(0.1 + (0.2 - 0.1) / 2);
  });

  it('fall on the lower of two adjacent doubles', () => {
    const next = 1 + Number.EPSILON;
    expect(midway(1, next)).toBe(1);
    expect(midway(next, next + Number.EPSILON)).toBe(next);
    expect(midway(0, Number.MIN_VALUE)).toBe(0);
    expect(midway(-Number.MIN_VALUE, 0)).toBe(-Number.MIN_VALUE);
  });

  it('do not overflow', () => {
    expect(midway(-1e308, 1e308)).toBe(0);
    expect(midway(-Number.MAX_VALUE, Number.MAX_VALUE)).toBe(0);
    expect(midway(1e308, 1.2e308)).toBe(1.1e308);
    expect(midway(-1.7e308, 1.2e308)).toBe(-1.7e308 / 2 + 1.2e308 / 2);
  });

  it('separate adjacent doubles, subnormals and the largest numbers', () => {
    for (const values of [
      [1, 1 + Number.EPSILON],
      [0, Number.MIN_VALUE],
      [Number.MIN_VALUE, 2 * Number.MIN_VALUE],
      [-1e308, 1e308],
      [-Number.MAX_VALUE, Number.MAX_VALUE],
    ]) {
      expect(cutsAndCounts(values).counts).toEqual([1, 1]);
    }
  });

  it('leave a double and its float32 neighbour in one bin', () => {
    const next = generator(7);
    const values = range(2000).map(() => Math.round(next() * 1000) / 1000);
    const cuts = cutsOf(values);
    const moved = values.filter(value => findBin(cuts, value) !== findBin(cuts, Math.fround(value)));
    expect(moved).toEqual([]);
    expect(values.filter(value => value !== Math.fround(value)).length).toBeGreaterThan(1000);
  });

  it('take -0 and 0 for one value', () => {
    expect(cutsOf([...repeated(-0, 10), ...repeated(0, 10), ...repeated(1, 20)])).toEqual([0.5]);
  });
});

describe('a feature without spread', () => {
  it('without values has one bin and no cut', () => {
    expect(cutsAndCounts([])).toEqual({ cuts: [], counts: [0] });
  });

  it('has three bins when constant, the outer two never filled', () => {
    const margin = 2 ** -20;
    expect(cutsAndCounts(repeated(0, 50))).toEqual({ cuts: [-margin, margin], counts: [0, 50, 0] });
    expect(cutsAndCounts(repeated(0.25, 50)).cuts).toEqual([0.25 - margin, 0.25 + margin]);
    expect(cutsAndCounts(repeated(-4096, 50)).cuts).toEqual([-4096 - 2 ** -8, -4096 + 2 ** -8]);
  });

  it('keeps the float32 neighbour of a constant in its bin, and any other value out', () => {
    for (const value of [0.1, 1 / 3, 1e9 + 0.1, -1e-3, 123456.789]) {
      const cuts = cutsOf(repeated(value, 50));
      expect(findBin(cuts, Math.fround(value))).toBe(1);
      expect(findBin(cuts, value * 1.001 + 0.001)).not.toBe(1);
    }
  });

  it('leaves out a bound of a constant that would be infinite', () => {
    const { MAX_VALUE } = Number;
    expect(cutsAndCounts(repeated(MAX_VALUE, 9))).toEqual({ cuts: [MAX_VALUE - MAX_VALUE * 2 ** -20], counts: [0, 9] });
    expect(cutsAndCounts(repeated(-MAX_VALUE, 9))).toEqual({
      cuts: [MAX_VALUE * 2 ** -20 - MAX_VALUE],
      counts: [9, 0],
    });
  });
});
