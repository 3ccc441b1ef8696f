import type { CategoricalBaseline } from '../baseline/baseline.js';
import { categoricalId } from '../baseline/id.js';
import { MAX_CATEGORY_LENGTH, MIN_CATEGORY_ROWS } from '../baseline/limits.js';
import type { FeatureDependence } from '../dependence/dependence.js';
import { categoryOf } from '../feature/categorical.js';
import type { CategoryHash } from '../sensitive/category.js';
import { isWellFormed } from '../well-formed.js';

/**
 * Distinct categories counted while learning; those first met after that count as `_OTHER`. A feature with more is an identifier;
 * at 256 characters each this bounds the memory at about 60 MB a feature, and is the one place where the rows' order counts.
 */
export const MAX_COUNTED_CATEGORIES = 100_000;

/** Codes of what is no category of its own. Categories follow in the order in which they were first met. */
export const MISSING = 0;
export const INVALID = 1;
const OTHER = 2;

/** The categories that a baseline keeps. */
export interface KeptCategories {
  readonly categories: readonly string[];
  readonly counts: readonly number[];
  readonly codes: readonly number[];
  /** Rows of all others. */
  readonly other: number;
}

/** The categories of one feature and how often each came; two of them merge. */
export class CategoryTally {
  readonly #codes = new Map<string, number>();
  #counts: number[] = [0, 0, 0];
  readonly #hash: CategoryHash | undefined;

  /** @param hash how categories are written down, if not as they are: of a sensitive feature. */
  constructor(hash?: CategoryHash) {
    this.#hash = hash;
  }

  /** Counts a value; gives its code. About 30 ns for a known text. */
  add(value: unknown): number {
    const category = categoryOf(value);
    const code = category === undefined ? MISSING : category === null ? INVALID : this.#codeOf(category);
    this.#counts[code]!++;
    return code;
  }

  addInvalid(): number {
    this.#counts[INVALID]!++;
    return INVALID;
  }

  get missing(): number {
    return this.#counts[MISSING]!;
  }

  get invalid(): number {
    return this.#counts[INVALID]!;
  }

  /** Rows whose category was met too late, is too long or no Unicode. */
  get uncounted(): number {
    return this.#counts[OTHER]!;
  }

  get rows(): number {
    return this.#counts.reduce((sum, count) => sum + count, 0);
  }

  /** One more than the highest code. */
  get codes(): number {
    return this.#counts.length;
  }

  /** Every category with its code and count, in the order of the codes. */
  *entries(): Generator<CountedCategory> {
    for (const [category, code] of this.#codes) yield { category, code, count: this.#counts[code]! };
  }

  /** Adds counts that were made elsewhere. The categories are different ones, and such as may be kept. */
  addCounts(categories: Iterable<readonly [category: string, count: number]>, absent: AbsentCounts): void {
    this.#counts[MISSING]! += absent.missing;
    this.#counts[INVALID]! += absent.invalid;
    this.#counts[OTHER]! += absent.other;
    for (const [category, count] of categories) {
      const code = this.#codes.get(category) ?? this.#newCode(category);
      this.#counts[code]! += count;
    }
  }

  /** Adds what `other` has seen; it stays as it is. Over 100,000 categories together, the rarest are no longer told apart. */
  merge(other: CategoryTally): void {
    const counts = Array.from(other.entries(), ({ category, count }) => [category, count] as const);
    this.addCounts(counts, { missing: other.missing, invalid: other.invalid, other: other.uncounted });
    if (this.#codes.size > MAX_COUNTED_CATEGORIES) this.#dropRarest();
  }

  /**
   * The most frequent categories, at most `limit`, each seen at least 10 times; ties by code unit order. Hashes are ranked as such: the
   * order of the texts would tell of them.
   */
  kept(limit: number): KeptCategories {
    const entries = Array.from(this.entries());
    const frequent = entries.filter(({ count }) => count >= MIN_CATEGORY_ROWS);
    const written = this.#hash === undefined ? frequent : frequent.map(hashed(this.#hash));
    const kept = ranked(written).slice(0, limit);
    const keptRows = kept.reduce((sum, { count }) => sum + count, 0);
    return {
      categories: kept.map(({ category }) => category),
      counts: kept.map(({ count }) => count),
      codes: kept.map(({ code }) => code),
      other: entries.reduce((sum, { count }) => sum + count, this.uncounted) - keptRows,
    };
  }

  /** The feature's part of the baseline, which keeps `limit` categories beside `_OTHER`. */
  baseline(name: string, limit: number, dependence: FeatureDependence | undefined): CategoricalBaseline {
    const { categories, counts, other } = this.kept(limit);
    const { missing, invalid } = this;
    const id = categoricalId(categories, counts, other, missing, invalid);
    return {
      kind: 'categorical',
      name,
      id,
      ...(this.#hash === undefined ? {} : { sensitive: true as const }),
      categories,
      counts,
      other,
      missing,
      invalid,
      ...(dependence === undefined ? {} : { dependence }),
    };
  }

  #codeOf(category: string): number {
    const known = this.#codes.get(category);
    if (known !== undefined) return known;
    if (this.#codes.size === MAX_COUNTED_CATEGORIES || !isKeepable(category)) return OTHER;
    return this.#newCode(category);
  }

  #newCode(category: string): number {
    const code = this.#counts.push(0) - 1;
    this.#codes.set(category, code);
    return code;
  }

  #dropRarest(): void {
    const all = ranked([...this.entries()]);
    this.#counts = this.#counts.slice(0, OTHER + 1);
    this.#codes.clear();
    for (const { category, count } of all.slice(0, MAX_COUNTED_CATEGORIES)) {
      this.#counts[this.#newCode(category)] = count;
    }
    for (const { count } of all.slice(MAX_COUNTED_CATEGORIES)) this.#counts[OTHER]! += count;
  }
}

interface CountedCategory {
  readonly category: string;
  readonly code: number;
  readonly count: number;
}

/** The most frequent first, in place. */
function ranked(entries: CountedCategory[]): CountedCategory[] {
  return entries.sort((a, b) => b.count - a.count || (a.category < b.category ? -1 : 1));
}

function hashed(hash: CategoryHash): (entry: CountedCategory) => CountedCategory {
  return ({ category, code, count }) => ({ category: hash(category), code, count });
}

export interface AbsentCounts {
  readonly missing: number;
  readonly invalid: number;
  /** Rows whose category was not counted by itself. */
  readonly other: number;
}

/** Whether a text may be a category of its own. */
export function isKeepable(category: string): boolean {
  return category.length <= MAX_CATEGORY_LENGTH && isWellFormed(category);
}
