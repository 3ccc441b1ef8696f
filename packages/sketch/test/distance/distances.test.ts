import { describe, expect, test } from 'vitest';
import type { PlainNumericBaseline } from '../../src/baseline/baseline.js';
import { baselineCells } from '../../src/baseline/cells.js';
import { binPositions } from '../../src/distance/bin-positions.js';
import { distances } from '../../src/distance/distances.js';
import { hellinger } from '../../src/distance/hellinger.js';
import { jensenShannon } from '../../src/distance/jensen-shannon.js';
import { kolmogorovSmirnov } from '../../src/distance/ks.js';
import { kullbackLeibler } from '../../src/distance/kullback-leibler.js';
import { PSI_OFFSET, populationStabilityIndex } from '../../src/distance/psi.js';
import { wasserstein } from '../../src/distance/wasserstein.js';
import { flightBaseline } from '../flights.js';
import { range, repeated } from '../generated-rows.js';
import { refusal } from '../refusal.js';
import { binned, numericFeature } from './numeric-feature.js';

const { features } = await flightBaseline();
const named = (name: string) => features.find(feature => feature.name === name)!;
const distance = named('distance') as PlainNumericBaseline;
const carrier = named('carrier');
/** Twice as many values in the last bin, and some missing and invalid ones. */
const shifted = distance.counts.map((count, i) => (i === distance.counts.length - 1 ? 2 * count : count));

describe('of a numeric feature', () => {
  test('are those of its bins, missing and invalid left out', () => {
    const result = distances([...shifted, 70, 9], distance);
    const moved = wasserstein(shifted, distance.counts, binPositions(distance));
    expect(result).toEqual({
      psi: populationStabilityIndex(shifted, distance.counts),
      kullbackLeibler: kullbackLeibler(shifted, distance.counts, { offset: PSI_OFFSET }),
      jensenShannon: jensenShannon(shifted, distance.counts),
      hellinger: hellinger(shifted, distance.counts),
      ks: kolmogorovSmirnov(shifted, distance.counts),
      wasserstein: moved,
      wassersteinPerSd: moved / distance.sd,
    });
    expect(distances([...shifted, 0, 0], distance)).toEqual(result);
  });

  test('say how far it moved, in its units and in standard deviations', () => {
    const values = range(16_000).map(i => i / 1000);
    const feature = numericFeature(values);
    const moved = values.map(value => value + 1);
    const result = distances([...binned(feature, moved), 0, 0], feature);
    // The last of sixteen bins can't be left: 1/16 of the values seem to stay.
    expect(result.wasserstein).toBeCloseTo(15 / 16, 2);
    expect(result.wassersteinPerSd).toBeCloseTo(15 / 16 / 4.62, 2);
  });

  test('from itself are 0', () => {
    const zero = {
      jensenShannon: 0,
      hellinger: 0,
      ks: 0,
      wasserstein: 0,
      wassersteinPerSd: 0,
      psi: 0,
      kullbackLeibler: 0,
    };
    expect(distances(baselineCells(distance), distance)).toEqual(zero);
  });

  test('that was constant have no Wasserstein distance: its bins don’t say how far', () => {
    const feature = numericFeature(repeated(180, 1000));
    const result = distances([0, 10, 990, 0, 0], feature);
    expect(Object.keys(result)).toEqual(['psi', 'kullbackLeibler', 'jensenShannon', 'hellinger', 'ks']);
    expect(result.ks).toBe(0.99);
  });
});

describe('of a categorical feature', () => {
  test('are those of its categories and the rest, and know no order', () => {
    const window = carrier.counts.toReversed();
    const result = distances([...window, 12, 40, 1], carrier);
    const baseline = baselineCells(carrier).slice(0, -2);
    expect(result).toEqual({
      psi: populationStabilityIndex([...window, 12], baseline),
      kullbackLeibler: kullbackLeibler([...window, 12], baseline, { offset: PSI_OFFSET }),
      jensenShannon: jensenShannon([...window, 12], baseline),
      hellinger: hellinger([...window, 12], baseline),
    });
  });
});

test('nothing but values the baseline never saw prints as a number', () => {
  const feature = numericFeature(repeated(180, 1000));
  const result = distances([0, 0, 1000, 0, 0], feature);
  expect(result.kullbackLeibler).toBeGreaterThan(7);
  for (const value of Object.values(result)) expect(Number.isFinite(value)).toBe(true);
});

test('the two directions of the divergence add up to the index', () => {
  const { psi, kullbackLeibler: there } = distances([...shifted, 0, 0], distance);
  const back = kullbackLeibler(distance.counts, shifted, { offset: PSI_OFFSET });
  expect(there + back).toBeCloseTo(psi, 14);
});

test('are NaN without a value on either side', () => {
  for (const value of Object.values(distances([...shifted.map(() => 0), 50, 0], distance))) expect(value).toBeNaN();
  const empty = distances([5, 0, 0], numericFeature([]));
  expect(Object.keys(empty)).toEqual(['psi', 'kullbackLeibler', 'jensenShannon', 'hellinger', 'ks']);
  for (const value of Object.values(empty)) expect(value).toBeNaN();
});

describe('refuse', () => {
  test('another number of cells than the baseline has', () => {
    expect(refusal('ERR_COUNTS', () => distances(shifted, distance)).expected).toBe('18, as in the baseline');
  });

  test('a count that is none, among missing and invalid too', () => {
    expect(refusal('ERR_COUNTS', () => distances([...shifted, 0, -1], distance)).where).toBe('observed[17]');
    expect(refusal('ERR_COUNTS', () => distances([0.5, ...shifted.slice(1), 0, 0], distance)).where).toBe(
      'observed[0]',
    );
  });
});
