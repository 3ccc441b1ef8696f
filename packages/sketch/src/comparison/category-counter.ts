import type { CategoricalBaseline } from '../baseline/baseline.js';
import { MIN_CATEGORY_ROWS } from '../baseline/limits.js';
import { categoryOf } from '../feature/categorical.js';
import { isKeepable } from '../learning/category-tally.js';
import type { CategoryHash } from '../sensitive/category.js';
import type { CountedFeature } from './counted-rows.js';

/** Texts counted that the baseline does not keep: 5 MB at 256 characters each. A feature with more is an identifier. */
const MAX_UNSEEN_TEXTS = 10_000;
/** Told of them: enough to see what is new, few enough to read. */
const MOST_UNSEEN = 5;

/**
 * Counts the categories of one feature into a baseline's cells. What the baseline does not keep is `_OTHER`; which texts those are is
 * remembered of the first 10,000 different ones, and of what comes first after that only the number.
 */
export class CategoryCounter {
  readonly #feature: CategoricalBaseline;
  readonly #hash: CategoryHash | undefined;
  /** Of each text that the baseline keeps; of a sensitive feature filled as they are met. */
  readonly #cells: Map<string, number>;
  /** Of a sensitive feature: by hash. A hash takes 5 µs, so each text is hashed once, but for those beyond the first 10,000 unseen. */
  readonly #hashed: ReadonlyMap<string, number>;
  readonly #unseen = new Map<string, number>();
  /** In cell order. */
  readonly #counts: Float64Array;
  readonly #other: number;

  /** @param hash how the baseline has the categories of a sensitive feature. */
  constructor(feature: CategoricalBaseline, hash: CategoryHash | undefined) {
    const byName = new Map(feature.categories.map((category, cell) => [category, cell]));
    const sensitive = feature.sensitive === true;
    this.#feature = feature;
    this.#hash = sensitive ? hash : undefined;
    this.#cells = sensitive ? new Map() : byName;
    this.#hashed = sensitive ? byName : new Map();
    this.#other = feature.categories.length;
    this.#counts = new Float64Array(this.#other + 3);
  }

  /** About 30 ns for a text that was met before. */
  add(value: unknown): void {
    const category = categoryOf(value);
    const other = this.#other;
    this.#counts[category === undefined ? other + 1 : category === null ? other + 2 : this.#cellOf(category)]!++;
  }

  addInvalid(): void {
    this.#counts[this.#other + 2]!++;
  }

  #cellOf(category: string): number {
    const known = this.#cells.get(category);
    if (known !== undefined) return known;
    const seen = this.#unseen.get(category);
    if (seen !== undefined) {
      this.#unseen.set(category, seen + 1);
      return this.#other;
    }
    const cell = this.#hash && this.#hashed.get(this.#hash(category));
    if (cell !== undefined) {
      this.#cells.set(category, cell);
      return cell;
    }
    if (this.#unseen.size < MAX_UNSEEN_TEXTS && isKeepable(category)) this.#unseen.set(category, 1);
    return this.#other;
  }

  finish(): CountedFeature {
    const { name, sensitive } = this.#feature;
    const counts = Object.freeze(Array.from(this.#counts));
    const unseen = sensitive === true ? [] : this.#mostFrequent();
    return Object.freeze({ name, counts, ...(unseen.length === 0 ? {} : { unseen: Object.freeze(unseen) }) });
  }

  /** Most frequent first, ties by code unit order. */
  #mostFrequent(): (readonly [string, number])[] {
    return [...this.#unseen]
      .filter(([, count]) => count >= MIN_CATEGORY_ROWS)
      .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      .slice(0, MOST_UNSEEN)
      .map(entry => Object.freeze(entry));
  }
}
