import { SketchError } from '../errors.js';
import type { Measures } from '../feature/feature.js';
import { measureValue } from '../feature/measure-value.js';
import { featureReader } from '../feature/reader.js';
import type { Reading } from '../feature/readings.js';
import type { NumericCounter } from './numeric-counter.js';

/** The parts of a measured feature: its value is read once a row and counted in a counter for each. */
export class MeasuredCounter<Row> {
  readonly #name: string;
  readonly #measures: Measures<Row>;
  readonly #read: (row: Row) => unknown;
  readonly #counters: readonly NumericCounter[];
  readonly #out: Float64Array;
  /** Rows that the value being measured holds. */
  #taken = 0;

  /** @param counters one a part, in order. */
  constructor(reading: Reading<Row>, measures: Measures<Row>, counters: readonly NumericCounter[]) {
    this.#name = reading.name;
    this.#measures = measures;
    this.#read = featureReader(reading.name, reading.feature);
    this.#counters = counters;
    this.#out = new Float64Array(counters.length);
  }

  /**
   * Measures a row, for {@link count} to count: all values of a row are measured before any is counted.
   *
   * @throws SketchError `ERR_ROWS` for a value that does not hold one row.
   */
  measure(row: Row, index: number): void {
    this.#taken = 0;
    let measured = false;
    try {
      measured = measureValue(this.#measures, this.#read(row), row, this.#out, this.#take);
    } catch {
      // Whatever threw is the value's.
    }
    if (!measured) this.#out.fill(Number.POSITIVE_INFINITY);
    else if (this.#taken !== 1) {
      const where = `rows[${index}].input, feature ${JSON.stringify(this.#name)}`;
      throw new SketchError(
        'ERR_ROWS',
        where,
        `a batch of ${this.#taken}`,
        'one row: count each row of a batch by itself',
      );
    }
  }

  readonly #take = (): void => {
    this.#taken++;
  };

  count(): void {
    for (let k = 0; k < this.#counters.length; k++) this.#counters[k]!.addNumber(this.#out[k]!);
  }
}
