import type { Provenance } from '../baseline/baseline.js';
import { SketchError } from '../errors.js';
import type { Num, Str } from '../feature/feature.js';
import type { RowOfSeveral } from './measured-row.js';

/** One row to learn from: what the model saw and, if known, what it answered. */
export interface TrainingRow<Row> {
  readonly input: Row;
  readonly output?: TrainingOutput | undefined;
  /** When it happened, as a Date or in ms since the epoch: all rows say it or none, and it never falls. */
  readonly time?: Date | number | undefined;
}

export interface TrainingOutput {
  readonly label?: Str;
  readonly confidence?: Num;
  readonly value?: Num;
}

export interface LearnOptions {
  /** Kept in the file as it is given; no clock is asked, so the same rows give the same bytes. */
  readonly provenance?: Provenance;
  /**
   * The rows come in the order in which they happened, though they have no `time`. How far neighbouring values move together
   * is then measured, as it is with times; without either a monitor has to learn it from its first windows.
   */
  readonly timeOrdered?: boolean;
  /**
   * Which row is taken of values that hold several (`columns`, `embedding`, `image` with a batch): called once a training row with how many
   * there are, 2 or more, it gives an index from 0. All such values of a row hold as many, or one. Without it they are refused.
   */
  readonly rowOfSeveral?: RowOfSeveral;
}

/** @throws SketchError `ERR_ROWS` for what is no row. */
export function checkRow(row: unknown, index: number): void {
  if (isObject(row) && 'input' in row) return;
  // The row itself is data: only its type may be told.
  const met = isObject(row) ? 'an object without input' : `a value of type ${typeof row}`;
  throw new SketchError('ERR_ROWS', `rows[${index}]`, met, 'an object { input, output? }');
}

export function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
