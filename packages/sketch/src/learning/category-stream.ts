import type { CategoricalBaseline } from '../baseline/baseline.js';
import type { BlockLadder } from '../dependence/block-ladder.js';
import type { CategoricalPart } from '../parts/part.js';
import type { CategoryCells } from './category-cells.js';
import type { CategoryTally } from './category-tally.js';
import type { StreamOrder } from './stream-order.js';

/** How dependent values are: the blocks of a stream's rows, by the categories that were the most frequent before it went on. */
export interface CategoryBlocks {
  readonly cells: CategoryCells;
  readonly blocks: BlockLadder;
}

/** The categories of one feature, of which the counts and the blocks are kept: each distinct text once, and about 200 KB. */
export class CategoryStream {
  readonly #limit: number;
  readonly #tally: CategoryTally;
  readonly #blocks: CategoryBlocks | undefined;

  /**
   * @param limit how many categories are kept beside `_OTHER`.
   * @param blocks undefined where the rows are in no order.
   */
  constructor(limit: number, tally: CategoryTally, blocks: CategoryBlocks | undefined) {
    this.#limit = limit;
    this.#tally = tally;
    this.#blocks = blocks;
  }

  add(value: unknown, position: number): void {
    this.#place(this.#tally.add(value), position);
  }

  addInvalid(position: number): void {
    this.#place(this.#tally.addInvalid(), position);
  }

  #place(code: number, position: number): void {
    if (this.#blocks !== undefined) this.#blocks.blocks.add(this.#blocks.cells.of(code), position);
  }

  get missing(): number {
    return this.#tally.missing;
  }

  /** The feature's part of the baseline; `order` is that of the rows, if they have one. */
  finish(name: string, order: StreamOrder | undefined): CategoricalBaseline {
    return this.#tally.baseline(name, this.#limit, this.#dependence(order));
  }

  /** What can be merged with that of other processes. */
  part(name: string, order: StreamOrder | undefined): CategoricalPart {
    return { kind: 'categorical', name, tally: this.#tally, dependence: this.#dependence(order) };
  }

  #dependence(order: StreamOrder | undefined) {
    return this.#blocks === undefined ? undefined : order?.fit(this.#blocks.blocks);
  }
}
