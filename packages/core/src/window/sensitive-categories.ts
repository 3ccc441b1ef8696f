/** Values whose hash is no category of the baseline, remembered: one that comes often must not be hashed every time. */
const MAX_UNKNOWN = 4096;

/**
 * Finds a category that the baseline has as a hash only. A hash costs microseconds, so that what was found is kept in `found`,
 * which the counting reads first: at most one entry a category, in memory alone. Values that are none are kept too, 4,096 of them.
 */
export class SensitiveCategories {
  readonly #places: ReadonlyMap<string, number>;
  readonly #hash: (category: string) => string;
  readonly #found: Map<string, number>;
  readonly #unknown = new Set<string>();

  constructor(hashes: readonly string[], hash: (category: string) => string, found: Map<string, number>) {
    this.#places = new Map(hashes.map((category, i) => [category, i]));
    this.#hash = hash;
    this.#found = found;
  }

  /** The place of a value that `found` does not have; undefined for one that is no category. */
  place(category: string): number | undefined {
    if (this.#unknown.has(category)) return undefined;
    const place = this.#places.get(this.#hash(category));
    if (place !== undefined) this.#found.set(category, place);
    else {
      if (this.#unknown.size >= MAX_UNKNOWN) this.#unknown.clear();
      this.#unknown.add(category);
    }
    return place;
  }
}
