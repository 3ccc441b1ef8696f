import type { Measures } from '../feature/feature.js';
import { measureValue } from '../feature/measure-value.js';
import { featureReader } from '../feature/reader.js';
import type { Reading } from '../feature/readings.js';
import { Column } from './column.js';

/** The parts of a measured feature: its value is read once a row and collected in a column for each. */
export class MeasuredColumns<Row> {
  readonly name: string;
  readonly #measures: Measures<Row>;
  readonly #read: (row: Row) => unknown;
  readonly columns: readonly Column[];
  readonly #out: Float64Array;
  /** Of the value being measured: how many rows it holds, which of them is wanted, and the parts of that one. */
  #taken = 0;
  #wanted = 0;
  readonly #parts: Float64Array;
  /** Held between {@link measure} and {@link choose} only. */
  #value: unknown;

  constructor(reading: Reading<Row>, measures: Measures<Row>) {
    this.name = reading.name;
    this.#measures = measures;
    this.#read = featureReader(reading.name, reading.feature);
    this.columns = reading.columns.map(spec => new Column(spec));
    this.#out = new Float64Array(this.columns.length);
    this.#parts = new Float64Array(this.columns.length);
  }

  /** Measures a row, for {@link add} to collect; gives how many rows its value holds. Of several the first is taken. */
  measure(row: Row): number {
    try {
      this.#value = this.#read(row);
    } catch {
      return this.#invalid();
    }
    return this.#measure(row, 0);
  }

  /** Measures the value of the last {@link measure} again, to take another one of its rows; gives how many there are now. */
  choose(row: Row, wanted: number): number {
    return this.#measure(row, wanted);
  }

  /** Lets go of the value. */
  release(): void {
    this.#value = undefined;
  }

  #measure(row: Row, wanted: number): number {
    this.#taken = 0;
    this.#wanted = wanted;
    try {
      return measureValue(this.#measures, this.#value, row, this.#out, this.#take) ? this.#taken : this.#invalid();
    } catch {
      // Whatever threw is the value's.
      return this.#invalid();
    }
  }

  /** One row, all parts of it invalid. */
  #invalid(): number {
    this.#parts.fill(Number.POSITIVE_INFINITY);
    return 1;
  }

  readonly #take = (): void => {
    if (this.#taken++ === this.#wanted) this.#parts.set(this.#out);
  };

  /** Collects what was measured last; `position` as in {@link Column.add}. */
  add(position: number): void {
    for (let k = 0; k < this.columns.length; k++) this.columns[k]!.add(this.#parts[k], position);
  }
}
