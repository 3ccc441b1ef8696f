import { describe, expect, it } from 'vitest';
import { chooseProjections } from '../../src/joint/choose-projections.js';
import { correlation } from '../../src/joint/correlation.js';
import { projected } from '../../src/joint/projection.js';
import { fixture } from '../reference/fixtures.js';

/** One case of `make_joint.py`; null is a missing value. */
interface Case {
  readonly case: string;
  readonly a: readonly (number | null)[];
  readonly b: readonly (number | null)[];
  readonly moments: readonly [[mean: number, sd: number], [mean: number, sd: number]];
  readonly rho: number;
  readonly terms: readonly [[string, number, number], [string, number, number]];
  readonly numbers: readonly (number | null)[];
}

const numbers = (values: readonly (number | null)[]) => Float64Array.from(values, value => value ?? Number.NaN);

describe.each(fixture<Case>('joint.json'))('of columns $case', ({ a, b, moments, rho, terms, ...expected }) => {
  const [left, right] = [numbers(a), numbers(b)];

  it('the correlation is that of NumPy', () => {
    const [meanA, sdA] = moments[0];
    const [meanB, sdB] = moments[1];
    const found = correlation(
      left.map(x => (x - meanA) / sdA),
      right.map(x => (x - meanB) / sdB),
    );
    expect(Math.abs(found.rho - rho)).toBeLessThan(1e-13);
    expect(found.rows).toBe(expected.numbers.filter(number => number !== null).length);
  });

  it('the terms are those of Python, to the last digit', () => {
    const columns = [left, right].map((values, i) => ({ name: 'ab'.charAt(i), source: 'row', values }));
    expect(chooseProjections(columns)).toEqual([{ name: 'joint.a~b', terms }]);
  });

  it('the projected numbers are those of Python, bit for bit', () => {
    expect(Array.from(left, (x, i) => projected(terms, x, right[i]!))).toEqual(Array.from(numbers(expected.numbers)));
  });
});
