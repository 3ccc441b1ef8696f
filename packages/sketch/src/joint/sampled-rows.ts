/** Rows from which pairs are chosen: they place a correlation to 0.01. */
export const MOST_ROWS = 10_000;
/** Rows × pairs of columns looked at: 3 s. A thousand columns are left with 1,000 rows, which tell a correlation of 0.2 from none. */
const MOST_WORK = 5e8;
/** (√5 - 1) / 2: multiples of it, taken modulo 1, are spread evenly however many there are. */
const GOLDEN = 0.6180339887498949;

/**
 * The rows from which pairs are chosen, by index: all of up to 10,000, or as many spread over them, with many columns fewer.
 * Spread by the golden ratio, not by a step: a step of 24 over hourly rows would meet one hour of the day only.
 * Below 30,000 rows some of them stand twice.
 */
export function sampledRows(rows: number, columns: number): Float64Array {
  const pairs = Math.max(1, (columns * (columns - 1)) / 2);
  const count = Math.min(rows, MOST_ROWS, Math.floor(MOST_WORK / pairs));
  if (count === rows) return Float64Array.from({ length: count }, (_, i) => i);
  return Float64Array.from({ length: count }, (_, i) => Math.floor(rows * ((i * GOLDEN) % 1)));
}
