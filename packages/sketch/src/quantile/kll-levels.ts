import { kllCapacity, kllRooms, MAX_KLL_LEVELS } from './kll-capacity.js';
import type { KllCoin } from './kll-coin.js';

/** Room to begin with; doubled up to the capacity as values come. */
const FIRST_LENGTH = 64;

/**
 * The values that a sketch keeps, in levels; one of level h stands for 2^h values of the stream.
 *
 * ```
 *   items  |  free  |  level 0  | level 1 |    level 2    |        level 3        |
 *          0     starts[0]   starts[1]  starts[2]      starts[3]              starts[4] = items.length
 * ```
 *
 * 1. Levels above 0 are ascending; level 0 is in any order.
 * 2. The top level is empty only if it is level 0.
 * 3. At most {@link kllCapacity} values are kept: new ones go into level 0 from the right, and when all is full the lowest level
 *    that is at its room is compacted, which frees half of it.
 * 4. The weights of all values kept add up to the number of values added, exactly.
 */
export class KllLevels {
  #items: Float64Array;
  #starts = new Uint32Array(MAX_KLL_LEVELS + 1);
  #levels = 1;
  readonly #rooms: Uint32Array;
  readonly #capacity: number;
  readonly #coin: KllCoin;

  constructor(k: number, coin: KllCoin) {
    this.#rooms = kllRooms(k);
    this.#capacity = kllCapacity(k);
    this.#coin = coin;
    this.#items = new Float64Array(FIRST_LENGTH);
    this.#starts.fill(FIRST_LENGTH, 0, 2);
  }

  get levels(): number {
    return this.#levels;
  }

  /** How many values are kept. */
  get size(): number {
    return this.#items.length - this.#starts[0]!;
  }

  /** The values of one level, ascending: a view, good until the next change. */
  level(level: number): Float64Array {
    const values = this.#items.subarray(this.#starts[level]!, this.#starts[level + 1]!);
    return level === 0 ? values.sort() : values;
  }

  push(value: number): void {
    if (this.#starts[0] === 0) this.#makeRoom();
    this.#items[--this.#starts[0]!] = value;
  }

  /** Takes in the levels of `others` runs, lowest first, ascending each; `others` may be this one's own. */
  merge(others: readonly Float64Array[]): void {
    const levels = Math.max(this.#levels, others.length);
    const size = others.reduce((sum, run) => sum + run.length, this.size);
    const items = new Float64Array(Math.max(size, FIRST_LENGTH));
    const starts = new Uint32Array(MAX_KLL_LEVELS + 1);
    starts[levels] = items.length;
    for (let level = levels - 1; level >= 0; level--) {
      const own = level < this.#levels ? this.level(level) : NONE;
      const other = others[level] ?? NONE;
      starts[level] = starts[level + 1]! - own.length - other.length;
      mergeInto(items, starts[level]!, own, other);
    }
    this.#items = items;
    this.#starts = starts;
    this.#levels = levels;
    while (this.size > this.#capacity) this.#compact();
    if (items.length > this.#capacity) this.#resize(this.#capacity);
  }

  #makeRoom(): void {
    const length = this.#items.length;
    if (length < this.#capacity) this.#resize(Math.min(2 * length, this.#capacity));
    else this.#compact();
  }

  #resize(length: number): void {
    const kept = this.#items.subarray(this.#starts[0]!);
    const shift = length - this.#items.length;
    this.#items = new Float64Array(length);
    this.#items.set(kept, length - kept.length);
    for (let level = 0; level <= this.#levels; level++) this.#starts[level]! += shift;
  }

  /**
   * Halves one level into the next: of each two neighbours one stays, for both. An odd value out, the smallest, stays behind.
   *
   * ```
   *           first      middle       from = starts[level + 1]
   *   | odd |   survivors  |    (gone)   |   next level      |
   *                        |   survivors and next level merged |
   * ```
   * The merged run is written from `middle`, behind every survivor and never ahead of what is still to be read of the next level.
   */
  #compact(): void {
    const level = this.#lowestFull();
    // A 54th level would take 64 values or more of weight 2^52, and fewer than 2^53 values are counted.
    if (level === this.#levels - 1) this.#starts[++this.#levels] = this.#items.length;
    const [items, starts] = [this.#items, this.#starts];
    const from = starts[level + 1]!;
    const values = this.level(level);
    if (level === 0) {
      this.#coin.absorb(new Uint32Array(values.buffer, values.byteOffset, 2 * values.length));
    }
    const half = values.length >>> 1;
    const first = from - 2 * half;
    const side = this.#coin.flip(level);
    for (let i = 0; i < half; i++) items[first + i] = items[first + side + 2 * i]!;
    const middle = first + half;
    mergeInPlace(items, first, middle, from, starts[level + 2]!);
    // The odd value and the levels below move up to the merged run.
    items.copyWithin(starts[0]! + half, starts[0]!, first);
    for (let lower = 0; lower <= level; lower++) starts[lower]! += half;
    starts[level + 1] = middle;
  }

  /** When more is kept than all levels have room for, one of them is over its own. */
  #lowestFull(): number {
    let level = 0;
    while (this.#starts[level + 1]! - this.#starts[level]! < this.#rooms[this.#levels - 1 - level]!) level++;
    return level;
  }
}

const NONE = new Float64Array(0);

/** Writes two ascending runs as one from `at`. */
function mergeInto(out: Float64Array, at: number, a: Float64Array, b: Float64Array): void {
  let i = 0;
  let j = 0;
  let to = at;
  while (i < a.length && j < b.length) out[to++] = a[i]! <= b[j]! ? a[i++]! : b[j++]!;
  out.set(a.subarray(i), to);
  out.set(b.subarray(j), to + a.length - i);
}

/** Merges [first, middle) and [from, end) into [middle, end); `from - middle` equals `middle - first`. */
function mergeInPlace(items: Float64Array, first: number, middle: number, from: number, end: number): void {
  let survivor = first;
  let next = from;
  let to = middle;
  while (survivor < middle) {
    // What is left of the next level stands already where it belongs once the survivors are used up.
    if (next < end && items[next]! <= items[survivor]!) items[to++] = items[next++]!;
    else items[to++] = items[survivor++]!;
  }
}
