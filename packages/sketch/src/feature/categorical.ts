import { SketchError, shown } from '../errors.js';
import { declared } from './declared.js';
import type { Feature, Str } from './feature.js';

/** Categories kept beside `_OTHER` unless said otherwise: each is a series in every replica. */
export const DEFAULT_CATEGORY_LIMIT = 64;
/** The most that `limit` may ask for. */
export const MAX_CATEGORY_LIMIT = 1024;

/**
 * A feature with named values. The baseline keeps its `limit` (64) most frequent categories, each seen at least 10 times;
 * the rest, and whatever the baseline never saw, is `_OTHER`, whose rise is a test of its own.
 *
 * Numbers, bigints and booleans are taken by their text, so that 1 and '1' are one category; null, undefined and NaN are
 * missing; ±Infinity, symbols, functions and objects are invalid; '' is a category. `sensitive`: see {@link Feature}; the model then needs
 * a `sensitiveKey`.
 *
 * @throws SketchError `ERR_MODEL` if `limit` is not an integer from 1 to 1024.
 */
export function categorical<Row>(options: {
  select: (row: Row) => Str;
  limit?: number;
  sensitive?: boolean;
}): Feature<Row>;
// biome-ignore lint/suspicious/noExplicitAny: without `select` it fits every row
export function categorical(options?: { limit?: number; sensitive?: boolean }): Feature<any>;
export function categorical<Row>(
  options: { select?: (row: Row) => Str; limit?: number; sensitive?: boolean } = {},
): Feature<Row> {
  const limit = options.limit ?? DEFAULT_CATEGORY_LIMIT;
  if (!isCategoryLimit(limit)) {
    throw new SketchError('ERR_MODEL', 'categorical limit', shown(limit), `an integer from 1 to ${MAX_CATEGORY_LIMIT}`);
  }
  return declared({ kind: 'categorical', limit }, options);
}

export function isCategoryLimit(limit: number): boolean {
  return Number.isInteger(limit) && limit >= 1 && limit <= MAX_CATEGORY_LIMIT;
}

/** The category that a value counts as; undefined if it is missing, null if it is invalid. Never calls into the value. */
export function categoryOf(value: unknown): string | null | undefined {
  switch (typeof value) {
    case 'string':
      return value;
    case 'number':
      return Number.isNaN(value) ? undefined : Number.isFinite(value) ? String(value) : null;
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'undefined':
      return undefined;
    default:
      return value === null ? undefined : null;
  }
}
