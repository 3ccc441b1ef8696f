import { describe, expect, test } from 'vitest';
import { kolmogorovSmirnov } from '../../src/distance/ks.js';
import { populationStabilityIndex } from '../../src/distance/psi.js';
import { fixture, relativeError } from '../reference/fixtures.js';

interface Pair {
  readonly observed: number[];
  readonly baseline: number[];
  readonly psi: number;
  readonly ks: number;
}

describe('against NumPy and SciPy', () => {
  test.each(fixture<Pair>('distances.json'))('$observed', ({ observed, baseline, psi, ks }) => {
    expect(relativeError(populationStabilityIndex(observed, baseline), psi)).toBeLessThan(1e-12);
    expect(relativeError(kolmogorovSmirnov(observed, baseline), ks)).toBeLessThan(1e-12);
  });

  test('typed arrays give the same', () => {
    const [{ observed, baseline, psi, ks }] = fixture<Pair>('distances.json') as [Pair];
    expect(
      relativeError(populationStabilityIndex(Uint32Array.from(observed), Float64Array.from(baseline)), psi),
    ).toBeLessThan(1e-12);
    expect(relativeError(kolmogorovSmirnov(Uint32Array.from(observed), Float64Array.from(baseline)), ks)).toBeLessThan(
      1e-12,
    );
  });
});

describe.each([
  ['populationStabilityIndex', populationStabilityIndex],
  ['kolmogorovSmirnov', kolmogorovSmirnov],
])('%s', (_, distance) => {
  test('an empty side gives NaN', () => {
    expect(distance([0, 0], [1, 2])).toBeNaN();
    expect(distance([1, 2], [0, 0])).toBeNaN();
    expect(distance([], [])).toBeNaN();
  });

  test('refuses runs of different length', () => {
    expect(() => distance([1, 2], [1, 2, 3])).toThrowError(
      expect.objectContaining({ code: 'ERR_COUNTS', met: '2 bins' }),
    );
  });

  test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d as a count on either side', bad => {
    expect(() => distance([1, bad], [1, 2])).toThrowError(expect.objectContaining({ code: 'ERR_COUNTS' }));
    expect(() => distance([1, 2], [bad, 2])).toThrowError(expect.objectContaining({ code: 'ERR_COUNTS' }));
  });
});

test('the Kolmogorov–Smirnov distance of disjoint samples is 1', () => {
  expect(kolmogorovSmirnov([5, 5, 0, 0], [0, 0, 3, 9])).toBe(1);
});

test('order matters to Kolmogorov–Smirnov and not to the index', () => {
  expect(kolmogorovSmirnov([10, 30, 60], [30, 30, 40])).toBeCloseTo(0.2, 12);
  expect(kolmogorovSmirnov([10, 60, 30], [30, 40, 30])).toBeCloseTo(0.2, 12);
  expect(kolmogorovSmirnov([10, 60, 30], [30, 30, 40])).toBeCloseTo(0.2, 12);
  expect(populationStabilityIndex([10, 30, 60], [30, 30, 40])).toBeCloseTo(
    populationStabilityIndex([60, 10, 30], [40, 30, 30]),
    12,
  );
});
