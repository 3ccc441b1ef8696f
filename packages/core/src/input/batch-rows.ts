import type { Faults } from '../faults.js';
import { eachRow, MAX_BATCH_ROWS } from './rows.js';

type Take = (row: unknown, index: number) => void;

/** The rows of batches. No method throws: a batch that can't be read, or only in part, is a fault. */
export class BatchRows {
  readonly #faults: Faults;

  constructor(faults: Faults) {
    this.#faults = faults;
  }

  /** Hands out the rows, `most` at most, and gives their number; -1 of a batch that can't be read. */
  each(input: unknown, take: Take, most?: number): number {
    try {
      const size = eachRow(input, take, most);
      if (size < 0 || size === MAX_BATCH_ROWS) this.#faults.count('batch_rows');
      return size;
    } catch (error) {
      this.#faults.count('batch_rows', error);
      return -1;
    }
  }

  /** As many rows as there were before the model ran, whatever it did to them: those that are gone are undefined. */
  eachOf(size: number, input: unknown, take: Take): void {
    let next = 0;
    this.each(input, row => take(row, next++), size);
    while (next < size) take(undefined, next++);
  }
}
