import type { Canary } from '../fixtures/leaks/canary.js';

interface Pattern {
  readonly canary: string;
  readonly form: string;
  readonly bytes: Buffer;
}

/** Characters of a number's text that are searched for: a number that was cut or rounded behind them is found too. */
const NUMBER_CHARACTERS = 10;
/** Of a float64 its sign, its exponent and 28 bits of its fraction: so much stays the same however a sum was rounded. */
const DOUBLE_CUT = 5;
/** The shortest pattern's start, by which the bytes are looked through once for all patterns. */
const KEY_BYTES = 4;
const CONTEXT_BYTES = 60;

/** Finds canaries in bytes, in every form in which one could have been written down. */
export class LeakFinder {
  readonly #byStart = new Map<number, Pattern[]>();

  constructor(canaries: readonly Canary[]) {
    for (const canary of canaries) {
      for (const pattern of patternsOf(canary)) {
        const key = pattern.bytes.readUInt32BE(0);
        const same = this.#byStart.get(key);
        if (same === undefined) this.#byStart.set(key, [pattern]);
        else same.push(pattern);
      }
    }
  }

  /** One line for each canary and form that is found, with what stands around it. */
  find(bytes: Buffer, where: string): string[] {
    const found = new Map<string, string>();
    for (let at = 0; at + KEY_BYTES <= bytes.length; at++) {
      for (const { canary, form, bytes: wanted } of this.#byStart.get(bytes.readUInt32BE(at)) ?? []) {
        const line = `${canary} as ${form} in ${where}`;
        if (found.has(line) || !bytes.subarray(at, at + wanted.length).equals(wanted)) continue;
        const around = bytes.subarray(Math.max(0, at - CONTEXT_BYTES), at + wanted.length + CONTEXT_BYTES);
        found.set(line, JSON.stringify(around.toString('latin1')));
      }
    }
    return [...found].map(([line, around]) => `${line}: ${around}`);
  }
}

/** The names of the canaries among the lines of {@link LeakFinder.find}. */
export function namesOf(leaks: readonly string[]): string[] {
  return [...new Set(leaks.map(line => line.slice(0, line.indexOf(' as '))))].sort();
}

function patternsOf({ name: canary, texts, numbers }: Canary): Pattern[] {
  const patterns: Pattern[] = [];
  const add = (form: string, bytes: Buffer): void => {
    if (bytes.length > KEY_BYTES) patterns.push({ canary, form, bytes });
  };
  /** The bytes as they are, and as texts that stand for bytes. */
  const addEncoded = (form: string, bytes: Buffer): void => {
    add(form, bytes);
    add(`${form} in hex`, Buffer.from(bytes.toString('hex')));
    add(`${form} in HEX`, Buffer.from(bytes.toString('hex').toUpperCase()));
    for (const [i, text] of base64Of(bytes).entries()) add(`${form} in base64 at ${i}`, Buffer.from(text));
  };
  for (const text of texts) {
    addEncoded('UTF-8', Buffer.from(text));
    addEncoded('UTF-16LE', Buffer.from(text, 'utf16le'));
    addEncoded('UTF-16BE', Buffer.from(text, 'utf16le').swap16());
  }
  for (const number of numbers) {
    const single = Math.fround(number);
    for (const [type, x] of [
      ['', number],
      [' after float32', single],
    ] as const) {
      add(`decimal text${type}`, Buffer.from(String(x).slice(0, NUMBER_CHARACTERS)));
      const double = Buffer.alloc(8);
      double.writeDoubleBE(x);
      addEncoded(`float64BE${type}`, double);
      addEncoded(`float64LE${type}`, Buffer.from(double).reverse());
      if (!Number.isSafeInteger(x)) continue;
      const long = Buffer.alloc(8);
      long.writeBigInt64BE(BigInt(x));
      add(`int64BE${type}`, long);
      add(`int64LE${type}`, Buffer.from(long).reverse());
      add(`varint${type}`, varint(x));
    }
    const cut = Buffer.alloc(8);
    cut.writeDoubleBE(number);
    add('cut float64BE', cut.subarray(0, DOUBLE_CUT));
    add('cut float64LE', Buffer.from(cut).reverse().subarray(-DOUBLE_CUT));
    // Planted in pairs: four bytes alone would be met by chance in random ids, once in some thousand runs.
    const pair = Buffer.alloc(8);
    pair.writeFloatBE(single, 0);
    pair.writeFloatBE(single, 4);
    addEncoded('float32BE', pair);
    addEncoded('float32LE', Buffer.from(pair).reverse());
  }
  return patterns;
}

/** What of the base64 text of bytes is the same wherever in a longer run they stand: at each place in a group of three. */
function base64Of(bytes: Buffer): string[] {
  return [0, 1, 2].map(before => {
    const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
    const first = Math.ceil((before * 4) / 3);
    const whole = Math.floor(((before + bytes.length) * 4) / 3);
    return text.slice(first, whole);
  });
}

/** As protobuf writes a whole number. */
function varint(number: number): Buffer {
  const bytes: number[] = [];
  let left = BigInt.asUintN(64, BigInt(number));
  for (; left >= 128n; left >>= 7n) bytes.push(Number(left & 127n) | 128);
  return Buffer.from([...bytes, Number(left)]);
}
