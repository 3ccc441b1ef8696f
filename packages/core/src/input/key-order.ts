/** How often the order is learned anew: rows of one source have one order, or a few that alternate. */
const MAX_LEARNED = 8;

/** The keys of a row in the order in which rows have them, and the feature that each is. */
export class KeyOrder {
  keys: readonly string[] = [];
  /** Of each key; -1 for one that is no feature. */
  features: Int32Array = new Int32Array(0);
  readonly #byName: ReadonlyMap<string, number>;
  #positions: ReadonlyMap<string, number> = new Map();
  #learned = 0;

  /** @param byName the features that are read by name, in the order that is expected at first. */
  constructor(byName: ReadonlyMap<string, number>) {
    this.#byName = byName;
    this.#expect([...byName.keys()]);
  }

  get length(): number {
    return this.keys.length;
  }

  positionOf(key: string): number | undefined {
    return this.#positions.get(key);
  }

  /** From a row that came in another order. The first few times only. */
  learn(row: object): void {
    if (this.#learned++ >= MAX_LEARNED) return;
    const keys = new Set<string>();
    for (const key in row) keys.add(key);
    for (const name of this.#byName.keys()) keys.add(name);
    this.#expect([...keys]);
  }

  #expect(keys: readonly string[]): void {
    this.keys = keys;
    this.features = Int32Array.from(keys, key => this.#byName.get(key) ?? -1);
    this.#positions = new Map(keys.map((key, at) => [key, at]));
  }
}
