/** How often the order is learned anew: rows of one source have one order, or a few that alternate. */
const MAX_LEARNED = 8;

/** The keys of a row in the order in which rows have them, and the feature that each is. */
export class KeyOrder {
  keys: readonly string[];
  /** Of each key; -1 for one that is no feature. */
  features: Int32Array;
  readonly #byName: ReadonlyMap<string, number>;
  #learned = 0;

  /** @param byName the features that are read by name, in the order that is expected at first. */
  constructor(byName: ReadonlyMap<string, number>) {
    this.#byName = byName;
    this.keys = [...byName.keys()];
    this.features = Int32Array.from(byName.values());
  }

  /** -1 for none. */
  featureOf(key: string): number {
    return this.#byName.get(key) ?? -1;
  }

  /** From a row that came in another order. The first few times only: then false. */
  learn(row: object): boolean {
    if (this.#learned++ >= MAX_LEARNED) return false;
    const keys = new Set<string>();
    for (const key in row) keys.add(key);
    for (const name of this.#byName.keys()) keys.add(name);
    this.keys = [...keys];
    this.features = Int32Array.from(this.keys, key => this.featureOf(key));
    return true;
  }
}
