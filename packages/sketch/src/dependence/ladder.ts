/** Blocks as long as the window that a fit must have seen for the budget to hold: under 20, λ is twice too small now and then. */
export const ENOUGH_BLOCKS = 20;
/** The fewest that are fitted at all, for windows too long for the baseline: better than nothing, and said to be so. */
export const FEWEST_BLOCKS = 5;
/** The shortest block, in rows: there are most of these, so dependence between neighbours shows in them first. */
const SHORTEST_BLOCK = 8;
/** Lengths of a ladder at most: far more than the ages of rows need. */
export const MAX_LENGTHS = 32;

export const DAY_MS = 86_400_000;
/** Whole days and weeks: a window of a whole cycle depends far less on the hour or the weekday than a shorter one. */
const DAYS = [1, 2, 4, 7, 14, 28, 56, 112, 224, 448, 896];
/** Twelve years of rows hold five of it. */
export const LONGEST_BLOCK_MS = DAYS.at(-1)! * DAY_MS;

/** Where rows stand in time, and the lengths of block at which their dependence can be measured. */
export interface RowOrder {
  /** The unit of `span`, `lengths` and `position`: milliseconds, or rows where no row has a time. */
  readonly timed: boolean;
  /** From the first row to the end of the last. */
  readonly span: number;
  /** Rising; nearly each a whole multiple of the one before. */
  readonly lengths: readonly number[];
  /** Of a row, from 0 on; never falls. */
  position(row: number): number;
}

/** Rows in order, without times: blocks of 8, 16, 32, … rows, up to a fifth of all. */
export function orderOfRows(rows: number): RowOrder {
  const lengths = Array.from({ length: MAX_LENGTHS }, (_, i) => SHORTEST_BLOCK * 2 ** i);
  return {
    timed: false,
    span: rows,
    lengths: lengths.filter(length => length * FEWEST_BLOCKS <= rows),
    position: row => row,
  };
}

/**
 * Rows with times, in ms, that never fall: blocks of a day and of its halves down to about 8 rows, of 2 and 4 days, and of
 * weeks doubled, up to a fifth of the time from the first row to the last. Rows that are all of one time have an order only.
 */
export function orderOfTimes(times: Float64Array): RowOrder {
  const first = times[0] ?? 0;
  const span = (times.at(-1) ?? 0) - first;
  if (!(span > 0)) return orderOfRows(times.length);
  const shortest = (SHORTEST_BLOCK * span) / times.length;
  const parts = Array.from({ length: MAX_LENGTHS - DAYS.length }, (_, i) => DAY_MS / 2 ** (i + 1)).reverse();
  const lengths = [...parts, ...DAYS.map(days => days * DAY_MS)];
  const fitting = lengths.filter(length => length >= shortest && length * FEWEST_BLOCKS <= span);
  if (fitting.length === 0) return orderOfRows(times.length);
  return { timed: true, span, lengths: fitting, position: row => times[row]! - first };
}
