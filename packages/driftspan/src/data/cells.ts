import type { SourceColumn } from './source.js';

/** A column of a source as it is read. */
export interface CellColumn extends SourceColumn {
  /** Its name in SQL, safe to write down. */
  readonly ref: string;
  /** DuckDB's type, where the file has types. */
  readonly sqlType: string;
}

/**
 * SQL expressions of what a cell counts as. One of them or both:
 *
 *  - `number`, a DOUBLE and never NULL: a finite number is the value, Infinity an invalid one, and NaN says to look at `value`,
 *    or that there is none;
 *  - `value`, a VARCHAR or DOUBLE[]: NULL where it is missing.
 */
export interface CellExpressions {
  readonly number?: string;
  readonly value?: string;
}

/** How the cells of one file format are read: what docs/baseline-from-python.md calls "What counts as what". */
export interface Cells {
  /** `number` alone. */
  numeric(column: CellColumn): CellExpressions;
  /** `value` is the category's name; a `number` is named as JavaScript writes it. */
  categorical(column: CellColumn): CellExpressions;
  text(column: CellColumn): CellExpressions;
  /** `number` alone: milliseconds since 1970. */
  datetime(column: CellColumn): CellExpressions;
  /** `value` is a DOUBLE[] without NULL in it. */
  embedding(column: CellColumn): CellExpressions;
  /** What a profile looks at. */
  facts(column: CellColumn): CellFacts;
}

/** SQL expressions of what a cell is; what no cell of a column can be is not there. */
export interface CellFacts {
  /** A condition. */
  readonly missing: string;
  /** What makes two cells one value. */
  readonly identity: string;
  /** A DOUBLE: finite if the cell is a number, or in CSV reads as one. */
  readonly number?: string;
  /** A VARCHAR: NULL if it is no text. */
  readonly text?: string;
  /** Conditions. */
  readonly boolean?: string;
  readonly nested?: string;
  /** How many numbers a list of numbers has; NULL if it is none. */
  readonly listLength?: string;
}

export const MISSING = `'nan'::DOUBLE`;
export const INVALID = `'inf'::DOUBLE`;

/** Invalid wherever there is something. */
export function invalidIfPresent(ref: string): string {
  return `CASE WHEN ${ref} IS NULL THEN ${MISSING} ELSE ${INVALID} END`;
}

/** As `instantMs` of @driftspan/sketch has it; a day that there is not (30 February) is found by its cast. */
const CLOCK = '(?:(?:[01]\\d|2[0-3]):[0-5]\\d(?::[0-5]\\d(?:\\.\\d{1,9})?)?|24:00(?::00(?:\\.0{1,9})?)?)';
const OFFSET = '[+-](?:[01]\\d|2[0-3])(?::?[0-5]\\d)?';
const ISO = `\\d{4}-\\d\\d-\\d\\d(?:[T ]${CLOCK}(?:Z|${OFFSET})?)?`;

/** A condition: whether a text is ISO 8601 by its form. */
export function isIso(text: string): string {
  // Nearly all texts that are none are told by their fifth character, at a tenth of the cost.
  return `${text} LIKE '____-%' AND regexp_full_match(${text}, '${ISO}')`;
}

/**
 * Milliseconds since 1970 of an ISO 8601 text, a DOUBLE; NULL for any other text. Without an offset it is in UTC; digits beyond the
 * millisecond are cut off. Worked out here: DuckDB's own cast wants seconds wherever there is an offset.
 *
 *     2013-01-31T17:05:09.250+01:00
 *     1          12 15 18 20  24       position
 */
export function isoMs(text: string): string {
  const number = (digits: string) => `TRY_CAST(${digits} AS INTEGER)`;
  const days = `epoch_ms(TRY_CAST(substr(${text}, 1, 10) AS DATE)::TIMESTAMP)`;
  const clock = `${number(`substr(${text}, 12, 2)`)} * 3600000 + ${number(`substr(${text}, 15, 2)`)} * 60000`;
  const seconds = `CASE WHEN substr(${text}, 17, 1) = ':' THEN ${number(`substr(${text}, 18, 2)`)} * 1000 ELSE 0 END`;
  const digits = `regexp_extract(${text}, '\\.(\\d{1,3})', 1)`;
  const fraction = `CASE WHEN substr(${text}, 20, 1) = '.' THEN ${number(`rpad(${digits}, 3, '0')`)} ELSE 0 END`;
  const offset = `regexp_extract(${text}, '${OFFSET}$')`;
  const minutes = `CASE WHEN length(${offset}) > 3 THEN ${number(`right(${offset}, 2)`)} ELSE 0 END`;
  const shift = `(${number(`substr(${offset}, 2, 2)`)} * 60 + ${minutes}) * 60000`;
  const shifted = `CASE left(${offset}, 1) WHEN '+' THEN -${shift} WHEN '-' THEN ${shift} ELSE 0 END`;
  const time = `CASE WHEN length(${text}) > 10 THEN ${clock} + ${seconds} + ${fraction} + ${shifted} ELSE 0 END`;
  return `CASE WHEN ${isIso(text)} THEN (${days} + ${time})::DOUBLE END`;
}
