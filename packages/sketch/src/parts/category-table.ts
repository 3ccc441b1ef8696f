import { utf8ToBytes } from '@noble/hashes/utils.js';
import { refuse } from '../baseline/fields.js';
import { MAX_CATEGORY_LENGTH } from '../baseline/limits.js';
import { CategoryTally, MAX_COUNTED_CATEGORIES } from '../learning/category-tally.js';
import { MAX_KLL_COUNT } from '../quantile/kll-capacity.js';
import { utf8Text } from './utf8-text.js';

/*
 * The categories of one feature in a part, little-endian. They rise by UTF-16 code unit, so equal counts have equal bytes.
 *
 *   at          bytes
 *   0           4      N, how many categories: 0 … 100,000
 *   4           8 N    how often each came, doubles: 1 … 2^52, whole
 *   4 + 8 N     2 N    how many bytes its text has: 0 … 768
 *   4 + 10 N           the texts, UTF-8, one after the other
 */
const HEADER_BYTES = 4;
const ENTRY_BYTES = 10;
/** Three bytes stand for one UTF-16 code unit at most. */
const MAX_TEXT_BYTES = 3 * MAX_CATEGORY_LENGTH;

/** Of the categories alone; missing, invalid and other rows stand elsewhere. */
export function categoriesToBytes(tally: CategoryTally): Uint8Array<ArrayBuffer> {
  const entries = [...tally.entries()].sort((a, b) => (a.category < b.category ? -1 : 1));
  const texts = entries.map(({ category }) => utf8ToBytes(category));
  const lengthsAt = HEADER_BYTES + 8 * entries.length;
  let at = HEADER_BYTES + ENTRY_BYTES * entries.length;
  const bytes = new Uint8Array(texts.reduce((sum, text) => sum + text.length, at));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, entries.length, true);
  texts.forEach((text, i) => {
    view.setFloat64(HEADER_BYTES + 8 * i, entries[i]!.count, true);
    view.setUint16(lengthsAt + 2 * i, text.length, true);
    bytes.set(text, at);
    at += text.length;
  });
  return bytes;
}

/** What {@link categoriesToBytes} wrote, with the rows that stand elsewhere. Errors name no text. */
export function categoriesFromBytes(
  bytes: Uint8Array,
  absent: { missing: number; invalid: number; other: number },
): CategoryTally {
  if (bytes.length < HEADER_BYTES) refuse('categories', `${bytes.length} bytes`, `at least ${HEADER_BYTES}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.getUint32(0, true);
  if (size > MAX_COUNTED_CATEGORIES) refuse('categories', `${size} of them`, `at most ${MAX_COUNTED_CATEGORIES}`);
  const lengthsAt = HEADER_BYTES + 8 * size;
  let at = HEADER_BYTES + ENTRY_BYTES * size;
  if (bytes.length < at) refuse('categories', `${bytes.length} bytes`, `counts and lengths of ${size}`);
  const entries: (readonly [category: string, count: number])[] = [];
  let before: string | undefined;
  for (let i = 0; i < size; i++) {
    const count = view.getFloat64(HEADER_BYTES + 8 * i, true);
    if (!(Number.isInteger(count) && count >= 1 && count <= MAX_KLL_COUNT)) {
      refuse(`categories.counts[${i}]`, String(count), 'a whole number from 1 to 2^52');
    }
    const length = view.getUint16(lengthsAt + 2 * i, true);
    if (length > MAX_TEXT_BYTES) refuse(`categories.lengths[${i}]`, String(length), `at most ${MAX_TEXT_BYTES}`);
    const end = at + length;
    if (end > bytes.length) refuse(`categories[${i}]`, 'a text cut off', `${length} bytes`);
    const text = textOf(bytes.subarray(at, end), i);
    if (before !== undefined && !(text > before))
      refuse(`categories[${i}]`, 'another text', 'one after that before it');
    entries.push([text, count]);
    before = text;
    at = end;
  }
  if (at !== bytes.length) refuse('categories', `${bytes.length} bytes`, String(at));
  const tally = new CategoryTally();
  tally.addCounts(entries, absent);
  return tally;
}

function textOf(bytes: Uint8Array, i: number): string {
  const text = utf8Text(bytes);
  if (text !== undefined && text.length <= MAX_CATEGORY_LENGTH) return text;
  return refuse(`categories[${i}]`, 'another text', `UTF-8 of at most ${MAX_CATEGORY_LENGTH} characters`);
}
