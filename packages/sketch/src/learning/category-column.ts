import type { CategoricalBaseline } from '../baseline/baseline.js';
import { blocksOfRows, fitDependence } from '../dependence/fit.js';
import type { RowOrder } from '../dependence/ladder.js';
import type { CategoryHash } from '../sensitive/category.js';
import { CategoryCells } from './category-cells.js';
import { CategoryStream } from './category-stream.js';
import { CategoryTally } from './category-tally.js';

export { MAX_COUNTED_CATEGORIES } from './category-tally.js';

const CHUNK = 1 << 14;

/** The categories of one feature, how often each came, and which row had which: 4 bytes a row beside each distinct text. */
export class CategoryColumn {
  readonly #limit: number;
  readonly #tally: CategoryTally;
  #chunks: Uint32Array[] = [];
  #filled = CHUNK;

  /**
   * @param limit how many categories are kept beside `_OTHER`.
   * @param hash how those of a sensitive feature are written down.
   */
  constructor(limit: number, hash?: CategoryHash) {
    this.#limit = limit;
    this.#tally = new CategoryTally(hash);
  }

  add(value: unknown): void {
    this.#keep(this.#tally.add(value));
  }

  addInvalid(): void {
    this.#keep(this.#tally.addInvalid());
  }

  get missing(): number {
    return this.#tally.missing;
  }

  #keep(code: number): void {
    if (this.#filled === CHUNK) {
      this.#chunks.push(new Uint32Array(CHUNK));
      this.#filled = 0;
    }
    this.#chunks.at(-1)![this.#filled++] = code;
  }

  /** The feature's part of the baseline; with an `order`, how dependent its values are. */
  finish(name: string, order: RowOrder | undefined): CategoricalBaseline {
    if (order === undefined) return this.#tally.baseline(name, this.#limit, undefined);
    const cells = new CategoryCells(this.#tally, this.#limit);
    return this.#tally.baseline(name, this.#limit, fitDependence(this.#rowCells(cells), cells.feature, order));
  }

  /** What a stream keeps of these values, for others to follow. They are given up: call it once. */
  toStream(order: RowOrder | undefined): CategoryStream {
    if (order === undefined) return new CategoryStream(this.#limit, this.#tally, undefined);
    const cells = new CategoryCells(this.#tally, this.#limit);
    const blocks = blocksOfRows(this.#rowCells(cells), cells.feature, order);
    return new CategoryStream(this.#limit, this.#tally, { cells, blocks });
  }

  /** The cell of every row. */
  #rowCells(cells: CategoryCells): Uint16Array {
    const rows = new Uint16Array(Math.max(0, this.#chunks.length - 1) * CHUNK + (this.#chunks.length && this.#filled));
    let row = 0;
    for (const chunk of this.#chunks) {
      for (let i = 0; i < CHUNK && row < rows.length; i++) rows[row++] = cells.of(chunk[i]!);
    }
    return rows;
  }
}
