import { describe, expect, it } from 'vitest';
import { MAX_LENGTHS, orderOfRows, orderOfTimes } from '../../src/dependence/ladder.js';
import { atFirstLengths } from '../../src/learning/first-lengths.js';
import { StreamOrder } from '../../src/learning/stream-order.js';
import { range } from '../generated-rows.js';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

describe('a dependence at its first lengths', () => {
  const shape = { lambda: [1, 2, 3], k: [1, 5, 4], missing: [1, 1, 9] };

  it('keeps as many factors of each kind', () => {
    expect(atFirstLengths({ ...shape, other: [1, 7, 8] }, 2)).toEqual({
      lambda: [1, 2],
      k: [1, 5],
      missing: [1, 1],
      other: [1, 7],
    });
    expect(atFirstLengths(shape, 3)).toEqual(shape);
  });

  it('has no factors of other where they are all 1', () => {
    expect(atFirstLengths({ ...shape, other: [1, 1, 8] }, 2)).toEqual({ lambda: [1, 2], k: [1, 5], missing: [1, 1] });
  });

  it('is none where all factors are 1', () => {
    expect(atFirstLengths(shape, 1)).toBeUndefined();
    expect(atFirstLengths(shape, 0)).toBeUndefined();
    expect(atFirstLengths(undefined, 3)).toBeUndefined();
    expect(atFirstLengths({ ...shape, other: [2, 2, 2] }, 1)).toEqual({
      lambda: [1],
      k: [1],
      missing: [1],
      other: [2],
    });
  });
});

describe('the lengths of a stream', () => {
  it('are those of the rows so far if no more come', () => {
    for (const order of [orderOfRows(1000), orderOfTimes(Float64Array.from(range(1000), i => i * HOUR_MS))]) {
      expect(new StreamOrder(order, 1000, false).lengths).toEqual(order.lengths);
    }
  });

  it('go on as those of longer ones do', () => {
    const rows = new StreamOrder(orderOfRows(100), 100, true).lengths;
    expect(rows).toHaveLength(MAX_LENGTHS);
    expect(rows).toEqual(orderOfRows(2 ** 50).lengths);
    const hourly = (count: number) => orderOfTimes(Float64Array.from({ length: count }, (_, i) => i * HOUR_MS));
    const times = new StreamOrder(hourly(200), 200, true).lengths;
    // 120,000 hours are over 13 years: all that there are.
    expect(times).toEqual(hourly(120_000).lengths);
    expect(times.at(-1)).toBe(896 * DAY_MS);
  });

  it('stay none where there were none', () => {
    expect(new StreamOrder(orderOfRows(39), 39, true).lengths).toEqual([]);
  });

  it('that are over a fifth of the span are left out in the end', () => {
    const stream = new StreamOrder(orderOfRows(100), 100, true);
    expect(stream.ladder()).toEqual({ blockRows: [8, 16] });
    for (let row = 100; row < 160; row++) expect(stream.next(0)).toBe(row);
    expect(stream.ladder()).toEqual({ blockRows: [8, 16, 32] });
    const hours = Float64Array.from(range(100), hour => hour * HOUR_MS);
    const timed = new StreamOrder(orderOfTimes(hours), 100, true);
    expect(timed.ladder()).toEqual({ blockRows: [12], blockMs: [12 * HOUR_MS], spanMs: 99 * HOUR_MS });
    for (let hour = 100; hour <= 120; hour++) expect(timed.next(hour * HOUR_MS)).toBe(hour * HOUR_MS);
    expect(timed.ladder()).toEqual({
      blockRows: [12, 24],
      blockMs: [12 * HOUR_MS, DAY_MS],
      spanMs: 120 * HOUR_MS,
    });
  });
});
