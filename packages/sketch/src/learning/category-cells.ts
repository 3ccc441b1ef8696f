import type { FeatureCells } from '../dependence/feature-blocks.js';
import { planMerges } from '../verdict/merge.js';
import { type CategoryTally, INVALID, MISSING } from './category-tally.js';

/** Rows as cells (see `cells.ts`): the categories that a tally would keep now, `_OTHER`, missing, invalid. */
export class CategoryCells {
  readonly feature: FeatureCells;
  readonly #other: number;
  readonly #cellOf: Uint16Array;

  /** `limit`: how many categories are kept beside `_OTHER`. */
  constructor(tally: CategoryTally, limit: number) {
    const { counts, codes, other: rest } = tally.kept(limit);
    const other = counts.length;
    this.feature = { valued: other + 1, plan: planMerges([...counts, rest], 'categories'), other };
    this.#other = other;
    this.#cellOf = new Uint16Array(tally.codes).fill(other);
    this.#cellOf[MISSING] = other + 1;
    this.#cellOf[INVALID] = other + 2;
    codes.forEach((code, cell) => {
      this.#cellOf[code] = cell;
    });
  }

  /** The cell of a code that the tally gave; a category met later is `_OTHER`. */
  of(code: number): number {
    return this.#cellOf[code] ?? this.#other;
  }
}
