import { describe, expect, test } from 'vitest';
import { hellinger } from '../../src/distance/hellinger.js';
import { jensenShannon } from '../../src/distance/jensen-shannon.js';
import { kullbackLeibler } from '../../src/distance/kullback-leibler.js';
import { PSI_OFFSET } from '../../src/distance/psi.js';
import { fixture, relativeError } from '../reference/fixtures.js';
import { refusal } from '../refusal.js';

interface Row {
  readonly observed: number[];
  readonly baseline: number[];
  /** null for Infinity. */
  readonly kullbackLeibler: number | null;
  readonly withHalf: number;
  readonly withTenth: number;
  readonly jensenShannon: number;
  readonly hellinger: number;
}

const rows = fixture<Row>('report-distances.json');
/** The worst seen is 3e-15. */
const TOLERANCE = 1e-13;

describe('against mpmath and SciPy', () => {
  test.each(rows)('$observed', row => {
    const { observed, baseline } = row;
    const results: [number, number][] = [
      [kullbackLeibler(observed, baseline), row.kullbackLeibler ?? Number.POSITIVE_INFINITY],
      [kullbackLeibler(observed, baseline, { offset: PSI_OFFSET }), row.withHalf],
      [kullbackLeibler(observed, baseline, { offset: 0.1 }), row.withTenth],
      [jensenShannon(observed, baseline), row.jensenShannon],
      [hellinger(observed, baseline), row.hellinger],
    ];
    for (const [result, truth] of results) {
      expect(relativeError(result, truth)).toBeLessThan(TOLERANCE);
      expect(Object.is(result, -0)).toBe(false);
    }
  });

  test('typed arrays give the same', () => {
    const { observed, baseline } = rows.find(row => row.observed.length === 16)!;
    for (const distance of [kullbackLeibler, jensenShannon, hellinger]) {
      expect(distance(Float64Array.from(observed), Float64Array.from(baseline))).toBe(distance(observed, baseline));
    }
  });
});

describe.each([
  ['kullbackLeibler', kullbackLeibler],
  ['jensenShannon', jensenShannon],
  ['hellinger', hellinger],
])('%s', (_, distance) => {
  test('an empty side gives NaN', () => {
    expect(distance([0, 0], [1, 2])).toBeNaN();
    expect(distance([1, 2], [0, 0])).toBeNaN();
    expect(distance([], [])).toBeNaN();
  });

  test('a single bin has nothing to differ in', () => {
    expect(distance([40], [700])).toBe(0);
  });

  test('bins that are empty on both sides say nothing', () => {
    expect(distance([5, 0, 9, 0], [7, 0, 30, 0])).toBe(distance([5, 9], [7, 30]));
  });

  test('refuses runs of different length', () => {
    expect(refusal('ERR_COUNTS', () => distance([1, 2], [1, 2, 3])).met).toBe('2 bins');
  });

  test.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d as a count on either side', bad => {
    expect(refusal('ERR_COUNTS', () => distance([1, bad], [1, 2])).where).toBe('observed[1]');
    expect(refusal('ERR_COUNTS', () => distance([1, 2], [bad, 2])).where).toBe('baseline[0]');
  });
});

test('one value where the baseline has none makes the divergence infinite, unless an offset is added', () => {
  expect(kullbackLeibler([999, 1], [1000, 0])).toBe(Number.POSITIVE_INFINITY);
  expect(kullbackLeibler([999, 0], [999, 1])).toBeCloseTo(Math.log(1000 / 999), 15);
  expect(kullbackLeibler([999, 1], [1000, 0], { offset: PSI_OFFSET })).toBeLessThan(0.002);
});

test('an offset does not make shares of an empty side', () => {
  expect(kullbackLeibler([0, 0], [1, 2], { offset: PSI_OFFSET })).toBeNaN();
});

test('samples with no bin in common are at the upper bound and not a digit above it', () => {
  for (let bins = 1; bins < 40; bins++) {
    const counts = Array.from({ length: bins }, (_, i) => 7 * i + 3);
    const zeros = counts.map(() => 0);
    const [observed, baseline] = [
      [...counts, ...zeros],
      [...zeros, ...counts.toReversed()],
    ];
    expect(relativeError(jensenShannon(observed, baseline), Math.sqrt(Math.LN2))).toBeLessThan(1e-15);
    expect(jensenShannon(observed, baseline)).toBeLessThanOrEqual(Math.sqrt(Math.LN2));
    expect(relativeError(hellinger(observed, baseline), 1)).toBeLessThan(1e-15);
    expect(hellinger(observed, baseline)).toBeLessThanOrEqual(1);
  }
});
