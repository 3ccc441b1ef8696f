import { countSorted, numericCuts } from '../bins/numeric-cuts.js';
import type { CountedShape } from './counted-rows.js';

/**
 * Values kept: 64 KB. A bin of a sixteenth of the values is then off by 4 % of itself, one time in three by more: a picture's line, no
 * test's evidence. A sketch would draw it finer, at 50 ns a value instead of 1.
 */
export const SAMPLE_SIZE = 8192;
const FIRST_ROOM = 64;
/** Any but 0: the same values in the same order give the same sample. */
const SEED = 0x9e3779b9;

/**
 * An even sample of a stream of any length: each of its values is kept with the same chance (Li 1994, algorithm L), all of them up to
 * 8,192. How many values to pass over is drawn when one is taken, so that the others cost a comparison.
 */
export class ValueSample {
  #values = new Float64Array(FIRST_ROOM);
  #seen = 0;
  #next = SAMPLE_SIZE;
  /** The chance, within the stream so far, that a value is taken: algorithm L's W. */
  #chance = 1;
  #state = SEED;

  /** Finite, and not -0. */
  add(value: number): void {
    const at = this.#seen++;
    if (at < SAMPLE_SIZE) {
      if (at === this.#values.length) this.#grow();
      this.#values[at] = value;
      if (at === SAMPLE_SIZE - 1) this.#passOver(SAMPLE_SIZE - 1);
    } else if (at === this.#next) {
      this.#values[Math.floor(this.#uniform() * SAMPLE_SIZE)] = value;
      this.#passOver(at);
    }
  }

  /** How many values there were. */
  get seen(): number {
    return this.#seen;
  }

  /** Whether all of them are kept. */
  get isAll(): boolean {
    return this.#seen <= SAMPLE_SIZE;
  }

  /** What is kept, ascending. */
  sorted(): Float64Array {
    return this.#values.slice(0, Math.min(this.#seen, SAMPLE_SIZE)).sort();
  }

  #grow(): void {
    const larger = new Float64Array(2 * this.#values.length);
    larger.set(this.#values);
    this.#values = larger;
  }

  #passOver(taken: number): void {
    this.#chance *= this.#uniform() ** (1 / SAMPLE_SIZE);
    this.#next = taken + 1 + Math.floor(Math.log(this.#uniform()) / Math.log1p(-this.#chance));
  }

  /** In (0, 1): xorshift32 (Marsaglia 2003), whose state is never 0. */
  #uniform(): number {
    let x = this.#state;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    this.#state = x;
    return (x >>> 0) / 2 ** 32;
  }
}

/** Bins as those of a baseline over an ascending sample of `seen` values; the counts are scaled so that they add up to `seen`. */
export function shapeOf(sorted: Float64Array, seen: number): CountedShape {
  const { cuts } = numericCuts(sorted);
  const counts: number[] = [];
  let below = 0;
  let before = 0;
  for (const count of countSorted(cuts, sorted)) {
    below += count;
    const upTo = Math.round((below / sorted.length) * seen);
    counts.push(upTo - before);
    before = upTo;
  }
  return Object.freeze({ cuts: Object.freeze(cuts), counts: Object.freeze(counts) });
}
