import { SketchError, shown } from '../errors.js';
import type { MeasuredColumns } from './measured-columns.js';

/** Which row of a value that holds several is learned: from 0, below `rows`. */
export type RowOfSeveral = (rows: number) => number;

/** The measured features of a training row: of values that hold several rows, one and the same row of each is taken. */
export class MeasuredRow<Row> {
  readonly #columns: readonly MeasuredColumns<Row>[];
  readonly #rowOfSeveral: RowOfSeveral | undefined;

  constructor(columns: readonly MeasuredColumns<Row>[], rowOfSeveral: RowOfSeveral | undefined) {
    this.#columns = columns;
    this.#rowOfSeveral = rowOfSeveral;
  }

  /**
   * Measures a row, for {@link add} to collect. A value of several rows is measured twice, as which one is wanted is known only when
   * it is known how many there are.
   *
   * @throws SketchError `ERR_ROWS` for a value that holds no row; for one of several where none may, or of another number of them than
   * a value before it; for a row wanted that there is not. What `rowOfSeveral` throws comes through.
   */
  measure(row: Row, index: number): void {
    try {
      this.#measure(row, `rows[${index}].input`);
    } finally {
      for (const columns of this.#columns) columns.release();
    }
  }

  #measure(row: Row, where: string): void {
    const batches: MeasuredColumns<Row>[] = [];
    let rows = 1;
    for (const columns of this.#columns) {
      const held = columns.measure(row);
      if (held === 1) continue;
      if (held === 0 || this.#rowOfSeveral === undefined) {
        const expected = 'one row: learn from each row of a batch by itself';
        throw refused(where, columns, held, this.#rowOfSeveral === undefined ? expected : 'one row or more');
      }
      if (batches.length > 0 && held !== rows) throw refused(where, columns, held, `${rows} rows, as before, or one`);
      rows = held;
      batches.push(columns);
    }
    if (batches.length > 0) this.#chooseOne(row, where, batches, rows);
  }

  #chooseOne(row: Row, where: string, batches: readonly MeasuredColumns<Row>[], rows: number): void {
    const wanted = this.#rowOfSeveral!(rows);
    if (!(Number.isInteger(wanted) && wanted >= 0 && wanted < rows)) {
      throw new SketchError('ERR_ROWS', 'rowOfSeveral', shown(wanted), `a whole number from 0 to ${rows - 1}`);
    }
    if (wanted === 0) return;
    for (const columns of batches) {
      const held = columns.choose(row, wanted);
      // The caller's function may have given the tensor away.
      if (held !== rows) throw refused(where, columns, held, `${rows} rows, as it had`);
    }
  }

  /** Collects what was measured last; `position` as in `Column.add`. */
  add(position: number): void {
    for (const columns of this.#columns) columns.add(position);
  }
}

function refused<Row>(where: string, { name }: MeasuredColumns<Row>, held: number, expected: string): SketchError {
  return new SketchError('ERR_ROWS', `${where}, feature ${JSON.stringify(name)}`, `a batch of ${held}`, expected);
}
