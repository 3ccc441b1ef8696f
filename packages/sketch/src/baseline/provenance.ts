import { SketchError, shown } from '../errors.js';
import { isWellFormed } from '../well-formed.js';
import type { Provenance } from './baseline.js';
import { fieldsOf } from './fields.js';
import { MAX_SOURCE_LENGTH } from './limits.js';

/** A date, or a date and time with its offset: `2013-02-01`, `2013-02-01T00:00:00Z`. */
const ISO_8601 = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:\d{2}))?$/;

/**
 * A frozen copy of where the rows came from.
 *
 * @throws SketchError `ERR_BASELINE_PROVENANCE` for a source over 1,024 characters or a date that isn't ISO 8601;
 * `ERR_BASELINE_CORRUPT` for another field.
 */
export function checkedProvenance(value: unknown): Provenance {
  const { source, createdAt } = fieldsOf('provenance', value, ['source', 'createdAt']);
  return Object.freeze({
    ...(source === undefined ? {} : { source: checked('source', source, isSource, SOURCE_RULE) }),
    ...(createdAt === undefined ? {} : { createdAt: checked('createdAt', createdAt, isDate, 'an ISO 8601 date') }),
  });
}

const SOURCE_RULE = `a string of at most ${MAX_SOURCE_LENGTH} characters`;

function isSource(text: string): boolean {
  return text.length <= MAX_SOURCE_LENGTH && isWellFormed(text);
}

function isDate(text: string): boolean {
  return ISO_8601.test(text) && !Number.isNaN(Date.parse(text));
}

function checked(field: string, value: unknown, accept: (text: string) => boolean, expected: string): string {
  if (typeof value === 'string' && accept(value)) return value;
  throw new SketchError('ERR_BASELINE_PROVENANCE', `provenance.${field}`, shown(value), expected);
}
