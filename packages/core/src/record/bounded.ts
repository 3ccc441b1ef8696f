import { cutText } from './json-text.js';
import { summaryOf, textOf } from './summary.js';

/** What JSON can say. Objects have no prototype, so that no key of theirs means anything. */
export type Plain = string | number | boolean | null | Plain[] | { [key: string]: Plain };

/** Of a payload, in UTF-8: a span of more is refused by many collectors, and nobody reads it. */
export const MAX_PAYLOAD_BYTES = 16_384;
/** Code points of one text: about a page. */
export const MAX_CHARACTERS = 1024;
/** Of one array or object. */
export const MAX_ITEMS = 64;
/** Objects and arrays in one another. */
export const MAX_DEPTH = 4;
/** A longer key is dropped with its value: cut, it might meet another. */
const MAX_KEY_LENGTH = 512;
/** Bits of a bigint whose decimal text is made: that of a longer one may take seconds. */
const MAX_BIGINT_BITS = 256;

/**
 * A value made plain within bounds: texts of 1,024 characters, 64 items of an array or object, 4 objects in one another, and
 * all of it at most 16 KiB of JSON text in UTF-8. It is counted while it is built; what is too much is never made.
 *
 * NaN, ±Infinity and bigints become their text, a Date its ISO text, an error the name of its class. Typed arrays, buffers,
 * tensors, maps and sets become shape, type and summary: none of their elements stands there. Functions, symbols and what is
 * undefined are dropped, as JSON has it (null in an array). What throws, refers to itself or lies too deep is dropped too, and counts as cut.
 * `toJSON` is never called. Never throws.
 */
export function bounded(value: unknown, bytes = MAX_PAYLOAD_BYTES): { value: Plain | undefined; truncated: boolean } {
  const bounds = new Bounds(bytes);
  const plain = bounds.plain(value);
  return { value: plain, truncated: bounds.truncated };
}

/** What is left of a payload's bytes while it is built. */
export class Bounds {
  /** Whether anything was cut. */
  truncated = false;
  #left: number;
  /** Objects that the present one lies in. */
  readonly #within: object[] = [];

  constructor(bytes: number) {
    this.#left = bytes;
  }

  get left(): number {
    return this.#left;
  }

  /** The plain copy of a value; undefined where nothing of it can be said. */
  plain(value: unknown): Plain | undefined {
    const left = this.#left;
    const depth = this.#within.length;
    try {
      const plain = this.#copy(value);
      if (plain !== undefined) return plain;
    } catch {
      this.truncated = true;
    }
    this.#left = left;
    this.#within.length = depth;
    return undefined;
  }

  /** The same for a value under a key, which is paid for too: an entry of an object, its comma and colon included. */
  entry(key: string, value: unknown): Plain | undefined {
    const left = this.#left;
    const name = key.length > MAX_KEY_LENGTH ? undefined : cutText(key, MAX_KEY_LENGTH, left);
    if (name !== undefined && name.text.length === key.length && this.spend(name.bytes + 2)) {
      const plain = this.plain(value);
      if (plain !== undefined) return plain;
    } else this.truncated = true;
    this.#left = left;
    return undefined;
  }

  /** A text under a key, without a bound on its characters: all of it or nothing. */
  wholeEntry(key: string, text: string): string | undefined {
    const left = this.#left;
    const name = cutText(key, key.length, left);
    const cut = cutText(text, text.length, left);
    const fits = name?.text.length === key.length && cut?.text.length === text.length;
    if (fits && this.spend(name.bytes + 2 + cut.bytes)) return text;
    this.truncated = true;
    return undefined;
  }

  /** False, and cut, where so many bytes are not left. */
  spend(bytes: number): boolean {
    if (bytes > this.#left) {
      this.truncated = true;
      return false;
    }
    this.#left -= bytes;
    return true;
  }

  #copy(value: unknown): Plain | undefined {
    switch (typeof value) {
      case 'string':
        return this.#text(value);
      case 'number':
        return Number.isFinite(value) ? this.#word(value, String(value)) : this.#text(String(value));
      case 'boolean':
        return this.#word(value, String(value));
      case 'bigint':
        return this.#bigint(value);
      case 'object':
        return value === null ? this.#word(null, 'null') : this.#object(value);
      default:
        return undefined;
    }
  }

  #word<T extends Plain>(value: T, text: string): T | undefined {
    return this.spend(text.length) ? value : undefined;
  }

  #text(value: string): string | undefined {
    const cut = cutText(value, MAX_CHARACTERS, this.#left);
    if (cut === undefined || cut.text.length < value.length) this.truncated = true;
    if (cut === undefined) return undefined;
    this.#left -= cut.bytes;
    return cut.text;
  }

  #bigint(value: bigint): string | undefined {
    if (BigInt.asIntN(MAX_BIGINT_BITS, value) === value) return this.#text(String(value));
    this.truncated = true;
    return this.#text('bigint');
  }

  #object(value: object): Plain | undefined {
    if (this.#within.length >= MAX_DEPTH || this.#within.includes(value)) {
      this.truncated = true;
      return undefined;
    }
    const text = textOf(value);
    if (text !== undefined) return this.#text(text);
    // The brackets; each item pays for its comma.
    if (!this.spend(2)) return undefined;
    const summary = summaryOf(value);
    this.#within.push(value);
    const copy = summary === undefined && Array.isArray(value) ? this.#items(value) : this.#entries(summary ?? value);
    this.#within.pop();
    return copy;
  }

  #items(array: readonly unknown[]): Plain[] {
    const items: Plain[] = [];
    const count = Math.min(array.length, MAX_ITEMS);
    if (array.length > count) this.truncated = true;
    for (let i = 0; i < count; i++) {
      // Its comma, and `null` where nothing can be said of it.
      if (!this.spend(5)) break;
      this.#left += 4;
      const item = this.plain(this.#read(array, i));
      if (item === undefined) this.#left -= 4;
      items.push(item ?? null);
    }
    return items;
  }

  #entries(object: object): { [key: string]: Plain } {
    const entries: { [key: string]: Plain } = Object.create(null);
    const keys = Object.keys(object);
    if (keys.length > MAX_ITEMS) this.truncated = true;
    for (const key of keys.slice(0, MAX_ITEMS)) {
      const value = this.entry(key, this.#read(object, key));
      if (value !== undefined) entries[key] = value;
    }
    return entries;
  }

  #read(holder: object, key: string | number): unknown {
    try {
      return (holder as Record<string | number, unknown>)[key];
    } catch {
      this.truncated = true;
      return undefined;
    }
  }
}
