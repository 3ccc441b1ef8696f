import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/*
 * A feature's id: the first 16 hex digits (lower case) of SHA-256 over the UTF-8 bytes of this text, without a newline at its end.
 *
 *   numeric                                         categorical
 *   ─────────────────────────────────────────────   ─────────────────────────────
 *   numeric                                         categorical
 *   3fd3333333333333,3fdccccccccccccd               ["AA","B \"6\""]
 *   120,80,100                                      600,390
 *   4,1                                             5,4,1
 *   missing,invalid                                 other,missing,invalid
 *
 * A cut is its IEEE-754 double, big-endian, 16 lower-case hex digits (Python: struct.pack('>d', c).hex()); no cuts, an
 * empty line. Counts are decimal integers. Categories are JSON as JSON.stringify writes it and Python's
 * json.dumps(categories, ensure_ascii=False, separators=(',', ':')): no spaces; only `"`, `\` and U+0000-U+001F escaped, as
 * \" \\ \b \f \n \r \t or \u00xx in lower case. Half a surrogate pair, on which the two differ, is never a category.
 */

/** The id of a numeric feature with these cuts and counts: 16 hex digits. -0 counts as 0. */
export function numericId(
  cuts: readonly number[],
  counts: readonly number[],
  missing: number,
  invalid: number,
): string {
  return digest(`numeric\n${cuts.map(doubleHex).join(',')}\n${counts.join(',')}\n${missing},${invalid}`);
}

/** The id of a categorical feature with these categories and counts: 16 hex digits. */
export function categoricalId(
  categories: readonly string[],
  counts: readonly number[],
  other: number,
  missing: number,
  invalid: number,
): string {
  return digest(`categorical\n${JSON.stringify(categories)}\n${counts.join(',')}\n${other},${missing},${invalid}`);
}

function digest(text: string): string {
  return bytesToHex(sha256(utf8ToBytes(text)).subarray(0, 8));
}

function doubleHex(value: number): string {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value + 0);
  return bytesToHex(bytes);
}
