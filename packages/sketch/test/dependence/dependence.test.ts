import { describe, expect, test } from 'vitest';
import {
  type Dependence,
  type DependenceLadder,
  dependenceOfWindow,
  type FeatureDependence,
  INDEPENDENT,
  scaledDependence,
} from '../../src/dependence/dependence.js';

const HOUR_MS = 3_600_000;
const baseline = { rows: 24_000, df: 15 };

/** Hours of 100 rows; a whole day hangs together less than half of one. */
const timed: DependenceLadder = {
  blockRows: [100, 600, 1200, 2400, 4800],
  blockMs: [1, 6, 12, 24, 48].map(hours => hours * HOUR_MS),
  spanMs: 240 * HOUR_MS,
};
const feature: FeatureDependence = {
  lambda: [3, 11, 21, 5, 9],
  k: [8, 4, 3, 6, 5],
  missing: [1, 2, 4, 3, 6],
  other: [1, 1, 1, 2, 3],
};

function ofHours(hours: number, rows = 100 * hours, of = feature) {
  return dependenceOfWindow(timed, of, baseline, { rows, lengthMs: hours * HOUR_MS });
}

describe('the dependence of a window', () => {
  test('of a length that was measured is what was measured', () => {
    expect(ofHours(12)).toEqual({ lambda: 21, k: 3, missing: 4, other: 1, guaranteed: true });
    expect(ofHours(1)).toEqual({ lambda: 3, k: 8, missing: 1, other: 1, guaranteed: true });
  });

  test('of very nearly such a length is the same', () => {
    expect(ofHours(24 * 1.01, 2400).lambda).toBe(5);
    expect(ofHours(24 * 0.99, 2376).lambda).toBe(5);
    expect(ofHours(24 * 0.97, 2328).lambda).toBe(21);
  });

  test('between two lengths is the larger of both, with the larger sum of eigenvalues', () => {
    // 11 × 4 = 44 and 21 × 3 = 63; 21 × 3 = 63 and 5 × 6 = 30.
    expect(ofHours(8)).toMatchObject({ lambda: 21, k: 3, missing: 4 });
    expect(ofHours(18)).toMatchObject({ lambda: 21, k: 3, missing: 4, other: 2 });
    expect(ofHours(36)).toMatchObject({ lambda: 9, k: 5, missing: 6, other: 3 });
    const uneven: FeatureDependence = { lambda: [3, 2, 2, 2, 2], k: [1, 10, 10, 10, 10], missing: [1, 1, 1, 1, 1] };
    expect(ofHours(3, 300, uneven)).toMatchObject({ lambda: 3, k: 20 / 3 });
  });

  test('shorter than all is that of the shortest', () => {
    expect(ofHours(0.1)).toMatchObject({ lambda: 3, k: 8, guaranteed: true });
  });

  test('longer than all grows with its length', () => {
    expect(ofHours(96)).toMatchObject({ lambda: 17, missing: 11, other: 5, guaranteed: false });
    // The sum of the eigenvalues as well: from 9 × 5 = 45, of which 15 are no movement.
    expect(ofHours(96).k * 17).toBeCloseTo(75, 10);
  });

  test('is guaranteed where the baseline is twenty times as long', () => {
    expect(ofHours(12).guaranteed).toBe(true);
    expect(ofHours(12.01).guaranteed).toBe(false);
    const rows: DependenceLadder = { blockRows: [8, 1024] };
    const window = (n: number) => dependenceOfWindow(rows, undefined, baseline, { rows: n, lengthMs: 0 });
    expect(window(1200).guaranteed).toBe(true);
    expect(window(1201).guaranteed).toBe(false);
  });

  test('is not guaranteed by time without rows: five days of a month are five blocks of a day', () => {
    // 100 rows in each hour of ten days, or of every sixth day of sixty.
    const sparse: DependenceLadder = { ...timed, spanMs: 1440 * HOUR_MS };
    const guaranteed = (ladder: DependenceLadder, hours: number) =>
      dependenceOfWindow(ladder, feature, baseline, { rows: 100 * hours, lengthMs: hours * HOUR_MS }).guaranteed;
    for (const ladder of [timed, sparse]) {
      expect(guaranteed(ladder, 12)).toBe(true);
      expect(guaranteed(ladder, 24)).toBe(false);
      expect(guaranteed(ladder, 72)).toBe(false);
    }
    // With a row in every hour of the sixty days, days enough.
    const thin: DependenceLadder = { ...sparse, blockRows: [100 / 6, 100, 200, 400, 800] };
    expect(guaranteed(thin, 72)).toBe(true);
    expect(guaranteed(thin, 73)).toBe(false);
  });

  test('with more rows than the baseline had in that time grows with them', () => {
    expect(ofHours(12, 2400)).toMatchObject({ lambda: 41, missing: 7, other: 1 });
    expect(ofHours(12, 2400).k * 41).toBeCloseTo(15 + 2 * (63 - 15), 10);
    expect(ofHours(96, 19_200).lambda).toBe(33);
  });

  test('with fewer stays as it was: neighbours may hang together whatever the time between them', () => {
    expect(ofHours(12, 100)).toEqual(ofHours(12));
    expect(ofHours(12, 0)).toEqual(ofHours(12));
  });

  test('without times lasts as long as so many rows of the baseline', () => {
    const rows: DependenceLadder = { blockRows: [100, 600, 1200, 2400, 4800] };
    const window = (n: number) => dependenceOfWindow(rows, feature, baseline, { rows: n, lengthMs: 1e9 });
    expect(window(1200)).toEqual({ lambda: 21, k: 3, missing: 4, other: 1, guaranteed: true });
    expect(window(800)).toMatchObject({ lambda: 21, k: 3 });
    expect(window(5)).toMatchObject({ lambda: 3, k: 8 });
    expect(window(9600)).toMatchObject({ lambda: 17 });
  });

  test('of a feature that looked independent, or of no window at all, is none', () => {
    const none = { lambda: 1, k: 15, missing: 1, other: 1, guaranteed: true };
    expect(dependenceOfWindow(timed, undefined, baseline, { rows: 5, lengthMs: HOUR_MS })).toEqual(none);
    expect(dependenceOfWindow(timed, feature, baseline, { rows: 0, lengthMs: 0 })).toEqual(none);
    expect(dependenceOfWindow({ blockRows: [8] }, feature, baseline, { rows: 0, lengthMs: 0 })).toEqual(none);
  });

  test('of a numeric feature takes the rate of unseen values as independent', () => {
    const { other: _, ...numeric } = feature;
    expect(ofHours(24, 2400, numeric).other).toBe(1);
  });

  test('where one length looked independent leaves the degrees of freedom to the bins', () => {
    const found: FeatureDependence = { lambda: [1, 1, 4, 4, 4], k: [1, 1, 2, 2, 2], missing: [1, 1, 1, 1, 1] };
    expect(ofHours(6, 600, found)).toMatchObject({ lambda: 1, k: 15 });
    // The larger sum is that of fifteen independent values.
    expect(ofHours(8, 800, found)).toMatchObject({ lambda: 4, k: 15 / 4 });
  });
});

describe('scaled dependence', () => {
  const measured: Dependence = { lambda: 6, k: 5, missing: 3, other: 2 };

  test('grows from independence in proportion', () => {
    expect(scaledDependence(measured, 15, 1)).toEqual(measured);
    expect(scaledDependence(measured, 15, 3)).toEqual({ lambda: 16, k: (15 + 3 * 15) / 16, missing: 7, other: 4 });
    expect(scaledDependence(measured, 15, 0)).toEqual({ lambda: 1, k: 15, missing: 1, other: 1 });
  });

  test('of independence is independence', () => {
    expect(scaledDependence(INDEPENDENT, 15, 1000)).toEqual({ ...INDEPENDENT, k: 15 });
  });

  test('has at least one degree of freedom', () => {
    // A sum of eigenvalues that happened to be less than chance gives.
    expect(scaledDependence({ lambda: 2, k: 3, missing: 1, other: 1 }, 15, 10).k).toBe(1);
  });
});

describe('a window of days and a part of one', () => {
  const daily: DependenceLadder = {
    blockRows: [240, 480, 960],
    blockMs: [12 * HOUR_MS, 24 * HOUR_MS, 48 * HOUR_MS],
    spanMs: 60 * 24 * HOUR_MS,
  };
  const hour: FeatureDependence = { lambda: [391, 3.5, 3.5], k: [1, 2, 2], missing: [1, 1, 1] };
  const at = (hours: number) =>
    dependenceOfWindow(daily, hour, { rows: 28_800, df: 15 }, { rows: 20 * hours, lengthMs: hours * HOUR_MS });

  test('hangs together as the part does, diluted by the days', () => {
    expect(at(36).lambda).toBeCloseTo(1 + 390 / 3, 6);
    expect(at(36).k).toBeLessThan(2);
    expect(at(42).lambda).toBeCloseTo(1 + (390 * 12) / 42, 6);
  });

  test('of whole days, or nearly, it does not', () => {
    expect(at(24).lambda).toBe(3.5);
    expect(at(48).lambda).toBe(3.5);
    expect(at(24.4).lambda).toBe(3.5);
  });

  test('goes by the longest part of a day that was measured', () => {
    const weeks: DependenceLadder = {
      blockRows: [960, 1920],
      blockMs: [48 * HOUR_MS, 96 * HOUR_MS],
      spanMs: 60 * 24 * HOUR_MS,
    };
    const slow: FeatureDependence = { lambda: [9, 16], k: [1, 1], missing: [1, 1] };
    const window = { rows: 1400, lengthMs: 70 * HOUR_MS };
    expect(dependenceOfWindow(weeks, slow, { rows: 28_800, df: 15 }, window).lambda).toBe(16);
  });
});
