import { MAX_CATEGORY_LENGTH } from '@driftspan/sketch';
import type { UnknownCategories } from './sampled-feature.js';

/** Texts that are kept: 5 are told at most, and a column of identifiers must not fill the memory. */
const MOST_TEXTS = 10_000;

/** Counts the categories of a sample that the baseline does not have. At most 10,000 texts of 256 characters are held. */
export class UnknownTally implements UnknownCategories {
  readonly counts = new Map<string, number>();
  unnamed = 0;
  readonly #known: ReadonlySet<string>;

  constructor(known: Iterable<string>) {
    this.#known = new Set(known);
  }

  add(category: string): void {
    if (this.#known.has(category)) return;
    const before = this.counts.get(category);
    if (before !== undefined) this.counts.set(category, before + 1);
    else if (this.counts.size < MOST_TEXTS && category.length <= MAX_CATEGORY_LENGTH) this.counts.set(category, 1);
    else this.unnamed++;
  }
}
