import type { Measures } from './feature.js';

/**
 * Measures one value of a row: writes its parts to `out` and calls `take`, once for each row that it holds. null and undefined
 * are one row of missing parts. Gives false, with nothing taken, for a value of a wrong type: every part is then invalid, as it
 * is where this throws.
 *
 * @throws what a getter of the value, or `asOf`, throws.
 */
export function measureValue<Row>(
  measures: Measures<Row>,
  value: unknown,
  row: Row,
  out: Float64Array,
  take: (more?: boolean) => void,
): boolean {
  if (value !== null && value !== undefined) return measures.measure(value, row, out, take);
  out.fill(Number.NaN);
  take();
  return true;
}
