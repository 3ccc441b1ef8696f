import { MAX_KLL_LEVELS } from './kll-capacity.js';

/** 2^32 divided by the golden ratio, odd. */
const GOLDEN = 0x9e3779b1;

/**
 * Decides which half of a level survives: the values at even places or those at odd ones.
 *
 * Two rules keep mistakes from adding up. Every second decision of a level is the opposite of the one before it, so that what a
 * pair of them gets wrong can only cancel or stay (Ivkin, Liberty, Lang, Karnin and Braverman 2019): errors of ranks are 0.78 of
 * those with free coins, measured; bins in the middle, whose two ends err together, are as good with either. And the values themselves are mixed into the state before they are halved: the same stream gives the
 * same coins on every machine, while a thousand processes, each with its own values, don't err in the same direction.
 */
export class KllCoin {
  #state: number;
  readonly #owed: Uint8Array;

  constructor(state = 0, owed: Uint8Array = new Uint8Array(MAX_KLL_LEVELS)) {
    this.#state = state >>> 0;
    this.#owed = owed;
  }

  /** 32 bits. */
  get state(): number {
    return this.#state;
  }

  /** By level: 0 if the next coin is free, else 1 + the side it will show. */
  get owed(): Uint8Array {
    return this.#owed;
  }

  /** 0 or 1: where in each pair of neighbours the survivor stands. */
  flip(level: number): number {
    const owed = this.#owed[level]!;
    if (owed !== 0) {
      this.#owed[level] = 0;
      return owed - 1;
    }
    // Steps of the golden ratio, scrambled: splitmix in 32 bits.
    this.#state = (this.#state + GOLDEN) >>> 0;
    const side = scrambled(this.#state) >>> 31;
    this.#owed[level] = 2 - side;
    return side;
  }

  /** Mixes in the bits of doubles: `words` are theirs, two each, in either order. Cost: 1 ns a value. */
  absorb(words: Uint32Array): void {
    let state = this.#state;
    for (let i = 0; i < words.length; i += 2) {
      // The two halves of a double are swapped on a big-endian machine: their exclusive or is not.
      state = Math.imul(state ^ words[i]! ^ words[i + 1]!, GOLDEN);
    }
    this.#state = scrambled(state);
  }

  /** Takes over what `other` owes where nothing is owed here. */
  merge(other: KllCoin): void {
    this.#state = scrambled(Math.imul(this.#state, GOLDEN) ^ other.#state);
    for (let level = 0; level < MAX_KLL_LEVELS; level++) this.#owed[level] ||= other.#owed[level]!;
  }
}

/** Every bit of the result depends on every bit of `word`: the finish of MurmurHash3. */
function scrambled(word: number): number {
  let z = word;
  z = Math.imul(z ^ (z >>> 16), 0x85ebca6b);
  z = Math.imul(z ^ (z >>> 13), 0xc2b2ae35);
  return (z ^ (z >>> 16)) >>> 0;
}
