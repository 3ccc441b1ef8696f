import { categoryOf } from '../feature/categorical.js';
import { isWellFormed } from '../well-formed.js';
import type { CategoricalBaseline } from './baseline.js';
import { categoricalId } from './id.js';
import { MAX_CATEGORY_LENGTH, MIN_CATEGORY_ROWS } from './limits.js';

/**
 * Distinct categories counted while learning; those first met after that count as `_OTHER`. A feature with more is an identifier;
 * at 256 characters each this bounds the memory at about 60 MB a feature, and is the one place where the rows' order counts.
 */
export const MAX_COUNTED_CATEGORIES = 100_000;

/** The categories of one feature and how often each came. */
export class CategoryColumn {
  readonly #limit: number;
  readonly #seen = new Map<string, number>();
  #other = 0;
  #missing = 0;
  #invalid = 0;

  /** `limit`: how many categories are kept beside `_OTHER`. */
  constructor(limit: number) {
    this.#limit = limit;
  }

  add(value: unknown): void {
    const category = categoryOf(value);
    if (category === undefined) this.#missing++;
    else if (category === null) this.#invalid++;
    else this.#count(category);
  }

  addInvalid(): void {
    this.#invalid++;
  }

  get missing(): number {
    return this.#missing;
  }

  #count(category: string): void {
    const before = this.#seen.get(category);
    if (before !== undefined) this.#seen.set(category, before + 1);
    else if (this.#seen.size === MAX_COUNTED_CATEGORIES || !isKeepable(category)) this.#other++;
    else this.#seen.set(category, 1);
  }

  /** The feature's part of the baseline: the most frequent categories, ties by code unit order. */
  finish(name: string): CategoricalBaseline {
    const ranked = [...this.#seen].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
    const kept = ranked.slice(0, this.#limit).filter(([, count]) => count >= MIN_CATEGORY_ROWS);
    const categories = kept.map(([category]) => category);
    const counts = kept.map(([, count]) => count);
    const other = ranked.slice(kept.length).reduce((sum, [, count]) => sum + count, this.#other);
    const [missing, invalid] = [this.#missing, this.#invalid];
    const id = categoricalId(categories, counts, other, missing, invalid);
    return { kind: 'categorical', name, id, categories, counts, other, missing, invalid };
  }
}

function isKeepable(category: string): boolean {
  return category.length <= MAX_CATEGORY_LENGTH && isWellFormed(category);
}
