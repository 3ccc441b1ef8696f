import { describe, expect, test } from 'vitest';
import { MAX_LENGTHS, orderOfRows, orderOfTimes } from '../../src/dependence/ladder.js';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/** So many rows at even distances over a span, both ends included. */
const evenly = (rows: number, spanMs: number, startMs = Date.UTC(2013, 0, 1)) =>
  Float64Array.from({ length: rows }, (_, i) => startMs + (i * spanMs) / (rows - 1));

describe('rows in order without times', () => {
  test('are cut into blocks of 8 rows, doubled up to a fifth of all', () => {
    expect(orderOfRows(1000)).toMatchObject({ timed: false, span: 1000, lengths: [8, 16, 32, 64, 128] });
    expect(orderOfRows(1280).lengths).toEqual([8, 16, 32, 64, 128, 256]);
    expect(orderOfRows(1279).lengths).toEqual([8, 16, 32, 64, 128]);
    expect(orderOfRows(1000).position(17)).toBe(17);
  });

  test('have no block where there are under forty', () => {
    expect(orderOfRows(40).lengths).toEqual([8]);
    expect(orderOfRows(39).lengths).toEqual([]);
    expect(orderOfRows(0).lengths).toEqual([]);
  });

  test('have a bounded ladder however many they are', () => {
    expect(orderOfRows(2 ** 53).lengths.length).toBeLessThanOrEqual(MAX_LENGTHS);
    expect(orderOfRows(2 ** 53).lengths.at(-1)).toBe(8 * 2 ** (MAX_LENGTHS - 1));
  });
});

describe('rows with times', () => {
  test('are cut by the day and its halves, by days, and by weeks', () => {
    const month = orderOfTimes(evenly(30_000, 31 * DAY_MS));
    expect(month).toMatchObject({ timed: true, span: 31 * DAY_MS });
    // Eight rows are in 11.9 minutes on average, more than a 128th of a day; a fifth of the month is 6.2 days.
    expect(month.lengths.map(length => length / HOUR_MS)).toEqual([0.375, 0.75, 1.5, 3, 6, 12, 24, 48, 96]);
    const year = orderOfTimes(evenly(1000, 365 * DAY_MS));
    expect(year.lengths.map(length => length / DAY_MS)).toEqual([4, 7, 14, 28, 56]);
    expect(year.position(0)).toBe(0);
    expect(year.position(999)).toBe(365 * DAY_MS);
  });

  test.each([
    ['a second', 1000],
    ['an hour', HOUR_MS],
    ['ten years', 3653 * DAY_MS],
    ['ten thousand years', 3_652_500 * DAY_MS],
  ])('over %s have a bounded ladder of rising lengths, five blocks of each', (_, spanMs) => {
    for (const rows of [1000, 20_000, 1_000_000]) {
      const { lengths, span, timed } = orderOfTimes(evenly(rows, spanMs, 0));
      expect(lengths.length).toBeLessThanOrEqual(MAX_LENGTHS);
      for (const [i, length] of lengths.entries()) {
        expect(length * 5).toBeLessThanOrEqual(span);
        expect(length).toBeGreaterThan(lengths[i - 1] ?? 0);
        // On average eight rows in each.
        if (timed) expect((length * rows) / span).toBeGreaterThanOrEqual(8 - 1e-9);
      }
      expect(lengths.length).toBeGreaterThan(0);
    }
  });

  test('of one instant, and too close together for any length, have an order only', () => {
    expect(orderOfTimes(new Float64Array(1000).fill(5))).toMatchObject({ timed: false, span: 1000 });
    expect(orderOfTimes(evenly(1000, 10, 0))).toMatchObject({ timed: false, span: 1000 });
    expect(orderOfTimes(new Float64Array(0)).lengths).toEqual([]);
  });

  test('a day and a week divide each other where they can, so that blocks add up', () => {
    const { lengths } = orderOfTimes(evenly(1_000_000, 3000 * DAY_MS));
    const days = lengths.filter(length => length >= DAY_MS).map(length => length / DAY_MS);
    expect(days).toEqual([1, 2, 4, 7, 14, 28, 56, 112, 224, 448]);
    for (const length of lengths.filter(one => one < DAY_MS)) expect(DAY_MS % length).toBe(0);
  });
});
