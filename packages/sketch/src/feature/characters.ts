/** What a character counts as in a text; 0 stands for one not looked up yet. */
export const SPACE = 1;
export const PUNCTUATION = 2;
export const DIGIT = 3;
export const OTHER = 4;

/*
 * Classes of the code points met so far, a run of 256 each:
 *
 *   blocks[point >> 8][point & 255]
 *
 * Asking Unicode of a character takes regular expressions, 0.2 µs; looking it up takes 2 ns. A run is made when its first
 * character is met, so that a process whose texts are in one script keeps a few hundred bytes; 1.1 MB if it met all of Unicode.
 */
const blocks: (Uint8Array | undefined)[] = new Array(0x1100);

/**
 * The class of a Unicode code point: `SPACE` is the property White_Space, `DIGIT` the category Nd, `PUNCTUATION` the categories
 * P* and the symbols of ASCII, since whoever strips punctuation strips those with it. Letters, marks, all other symbols, emoji
 * and halves of surrogate pairs are `OTHER`. By the platform's tables: characters newer than they are `OTHER`.
 */
export function characterClass(point: number): number {
  let block = blocks[point >> 8];
  if (block === undefined) {
    block = new Uint8Array(256);
    blocks[point >> 8] = block;
  }
  const known = block[point & 255]!;
  if (known !== 0) return known;
  const found = classify(String.fromCodePoint(point));
  block[point & 255] = found;
  return found;
}

/** The classes of ASCII, looked up without a call: most of most texts. */
export const ASCII: Uint8Array = Uint8Array.from({ length: 128 }, (_, point) => characterClass(point));

function classify(character: string): number {
  if (/[\p{P}$+<=>^`|~]/u.test(character)) return PUNCTUATION;
  if (/\p{White_Space}/u.test(character)) return SPACE;
  return /\p{Nd}/u.test(character) ? DIGIT : OTHER;
}
