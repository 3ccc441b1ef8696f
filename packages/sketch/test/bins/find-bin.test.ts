import { expect, it } from 'vitest';
import { findBin } from '../../src/bins/find-bin.js';
import { range } from '../generated-rows.js';

it('a value on a cut belongs to the bin on its left', () => {
  expect([-1, 0, 0.5, 1, 1.5, 2, 3].map(x => findBin([0, 1, 2], x))).toEqual([0, 0, 1, 1, 2, 2, 3]);
});

it('infinities fall in the outer bins, -0 where 0 does', () => {
  expect(findBin([0, 1], Number.NEGATIVE_INFINITY)).toBe(0);
  expect(findBin([0, 1], Number.POSITIVE_INFINITY)).toBe(2);
  expect(findBin([0, 1], -0)).toBe(0);
});

it('everything falls in the one bin where there is no cut', () => {
  expect(findBin([], 5)).toBe(0);
});

it('the index is the number of cuts below the value, for 0 to 127 cuts', () => {
  for (let size = 0; size <= 127; size++) {
    const cuts = range(size);
    for (let x = -0.5; x <= size; x += 0.5) expect(findBin(cuts, x)).toBe(cuts.filter(cut => cut < x).length);
  }
});
