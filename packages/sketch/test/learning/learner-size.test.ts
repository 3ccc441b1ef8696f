import { describe, expect, it } from 'vitest';
import { MAX_LENGTHS } from '../../src/dependence/ladder.js';
import { countSorted, momentsOf, numericCuts } from '../../src/index.js';
import { EXACT_ROWS } from '../../src/learning/learner.js';
import { numericBaseline } from '../../src/learning/numeric-baseline.js';
import { generator, range } from '../generated-rows.js';

const next = generator(17);
/** 52 random bits. */
const uniform = () => next() + (next() - 0.5) * 2 ** -32;
const normal = () => Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());

/** Bytes of a feature's line in the file: what a million rows of such values gave, with λ and k at so many block lengths. */
function lineBytes(value: () => number, lengths: number, missing: boolean): number {
  const sorted = Float64Array.from({ length: EXACT_ROWS }, value).sort();
  const bounds = numericCuts(sorted);
  const counts = countSorted(bounds.cuts, sorted);
  const summary = { bounds, counts, missing: 12_345, invalid: 678, moments: momentsOf(sorted) };
  // λ from 2 on, growing; k from 15 down; as many digits as there may be.
  const dependence = {
    lambda: range(lengths).map(i => rounded(2.2345 * 1.2 ** i)),
    k: range(lengths).map(i => rounded(1 + 14.987 / 1.05 ** i)),
    missing: range(lengths).map(i => (missing ? rounded(1.2345 * 1.15 ** i) : 1)),
  };
  return Buffer.byteLength(JSON.stringify(numericBaseline('departure_delay_min', summary, dependence)));
}

function rounded(x: number): number {
  return Number(x.toPrecision(4));
}

/** A million rows in order, or years of them with times, have 15 block lengths. */
const USUAL_LENGTHS = 15;

describe('a numeric feature takes at most 1.5 KB of the file', () => {
  it.each([
    ['normal doubles', normal],
    ['normal floats', () => Math.fround(normal())],
    ['uniform doubles', uniform],
    ['milliseconds since the epoch', () => 1.7e12 + Math.floor(3e10 * uniform())],
    ['whole numbers', () => Math.floor(200 * uniform())],
  ])('with dependence, of %s', (_, value) => {
    expect(lineBytes(value, USUAL_LENGTHS, true)).toBeLessThanOrEqual(1500);
  });
});

describe('the most that a numeric feature takes of the file', () => {
  it('is 2.3 KB beside its name: 16 bins of neighbouring doubles, every block length, and missing values in bursts', () => {
    const neighbours = () => -(1 + (1000 + Math.floor(40 * uniform())) * Number.EPSILON) * 1.2345e-200;
    const bytes = lineBytes(neighbours, MAX_LENGTHS, true);
    expect(bytes).toBeGreaterThan(2000);
    expect(bytes).toBeLessThanOrEqual(2300);
  });
});
