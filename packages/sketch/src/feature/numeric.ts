import { declared } from './declared.js';
import type { Feature, Num } from './feature.js';

/**
 * A feature measured on a scale: counted in at most 16 bins of the baseline.
 *
 * null, undefined and NaN are missing; ±Infinity, a string (numeric or not), an object and a reader that throws are invalid;
 * a boolean is 0 or 1; a bigint its Number. `select` must be synchronous and without side effects. `sensitive`: see {@link Feature}.
 */
export function numeric<Row>(options: { select: (row: Row) => Num; sensitive?: boolean }): Feature<Row>;
// Two overloads: a default type parameter would end the inference of `select`.
// biome-ignore lint/suspicious/noExplicitAny: without `select` it fits every row
export function numeric(options?: { sensitive?: boolean }): Feature<any>;
export function numeric<Row>(options: { select?: (row: Row) => Num; sensitive?: boolean } = {}): Feature<Row> {
  return declared({ kind: 'numeric' }, options);
}

/**
 * The number that a value counts as: finite, NaN if it is missing, or Infinity if it is invalid.
 * Never throws and never calls into the value (no `valueOf`, no `toString`). About 2 ns for a number.
 */
export function numericValue(value: unknown): number {
  if (typeof value === 'number') return value === Number.NEGATIVE_INFINITY ? Number.POSITIVE_INFINITY : value;
  if (value === null || value === undefined) return Number.NaN;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint')
    return Math.abs(Number(value)) === Number.POSITIVE_INFINITY ? Number.POSITIVE_INFINITY : Number(value);
  return Number.POSITIVE_INFINITY;
}
