/** A list of the newest `keep` items. Up to twice as many are held between trims, so that adding is amortised O(1). */
export class NewestItems<T> {
  readonly #keep: number;
  #items: T[] = [];

  constructor(keep: number) {
    this.#keep = keep;
  }

  add(items: readonly T[]): void {
    for (const item of items) {
      this.#items.push(item);
      if (this.#items.length >= 2 * this.#keep) this.#items = this.#items.slice(-this.#keep);
    }
  }

  /** A copy, oldest first. */
  all(): T[] {
    return this.#items.slice(-this.#keep);
  }

  clear(): void {
    this.#items = [];
  }
}
