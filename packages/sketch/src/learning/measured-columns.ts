import { SketchError } from '../errors.js';
import type { Measures } from '../feature/feature.js';
import { measureValue } from '../feature/measure-value.js';
import { featureReader } from '../feature/reader.js';
import type { Reading } from '../feature/readings.js';
import { Column } from './column.js';

/** The parts of a measured feature: its value is read once a row and collected in a column for each. */
export class MeasuredColumns<Row> {
  readonly #reading: Reading<Row>;
  readonly #measures: Measures<Row>;
  readonly #read: (row: Row) => unknown;
  readonly columns: readonly Column[];
  readonly #out: Float64Array;
  /** Of the value being measured: how many rows it holds, and the parts of the first. */
  #taken = 0;
  readonly #parts: Float64Array;

  constructor(reading: Reading<Row>, measures: Measures<Row>) {
    this.#reading = reading;
    this.#measures = measures;
    this.#read = featureReader(reading.name, reading.feature);
    this.columns = reading.columns.map(spec => new Column(spec));
    this.#out = new Float64Array(this.columns.length);
    this.#parts = new Float64Array(this.columns.length);
  }

  /**
   * Measures a row, for {@link add} to collect.
   *
   * @throws SketchError `ERR_ROWS` for a value that holds no row, or several: a batch in one tensor.
   */
  measure(row: Row, index: number): void {
    this.#taken = 0;
    let measured = false;
    try {
      measured = measureValue(this.#measures, this.#read(row), row, this.#out, this.#take);
    } catch {
      // Whatever threw is the value's: invalid.
    }
    if (!measured) {
      this.#out.fill(Number.POSITIVE_INFINITY);
      this.#take();
    }
    if (this.#taken !== 1) {
      const where = `rows[${index}].input, feature ${JSON.stringify(this.#reading.name)}`;
      throw new SketchError(
        'ERR_ROWS',
        where,
        `a batch of ${this.#taken}`,
        'one row: learn from each row of a batch by itself',
      );
    }
  }

  readonly #take = (): void => {
    if (this.#taken++ === 0) this.#parts.set(this.#out);
  };

  /** Collects what was measured last; `position` as in {@link Column.add}. */
  add(position: number): void {
    for (let k = 0; k < this.columns.length; k++) this.columns[k]!.add(this.#parts[k], position);
  }
}
