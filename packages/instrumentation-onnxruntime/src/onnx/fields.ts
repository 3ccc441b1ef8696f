import type { ByteSource } from './byte-source.js';

/** One field of a protocol buffer: its number, and where its payload lies, or what number it is. */
export interface Field {
  readonly number: number;
  /** Of a length-delimited field: where its payload begins, and its bytes. Of any other 0. */
  readonly start: number;
  readonly length: number;
  /** Of a varint; undefined beyond 2^53. */
  readonly value: number | undefined;
}

const VARINT = 0;
const FIXED64 = 1;
const DELIMITED = 2;
const FIXED32 = 5;
/** A tag and a length, 10 bytes each. */
const HEAD_BYTES = 20;
/** Fields looked at, nested ones apart: a graph of a million nodes. */
const MAX_FIELDS = 1_000_000;

/**
 * The fields of the message that lies in [start, end), in order, payloads unread. Ends without a word at the first that is
 * malformed: bytes are anybody's. Each field advances by a byte at least, so that it ends.
 */
export function* fields(source: ByteSource, start: number, end: number): Generator<Field, void, undefined> {
  let at = start;
  for (let count = 0; at < end && count < MAX_FIELDS; count++) {
    const head = source.read(at, Math.min(HEAD_BYTES, end - at));
    const tag = varint(head, 0);
    if (tag === undefined || tag.value === undefined) return;
    const number = Math.floor(tag.value / 8);
    const wire = tag.value % 8;
    let from = at + tag.next;
    let length = 0;
    let value: number | undefined;
    if (wire === VARINT || wire === DELIMITED) {
      const read = varint(head, tag.next);
      if (read === undefined) return;
      from = at + read.next;
      if (wire === VARINT) value = read.value;
      else if (read.value === undefined) return;
      else length = read.value;
    } else if (wire === FIXED64) from += 8;
    else if (wire === FIXED32) from += 4;
    else return;
    if (number === 0 || from + length > end) return;
    yield { number, start: wire === DELIMITED ? from : 0, length, value };
    at = from + length;
  }
}

/** A number of seven bits a byte, the lowest first; `value` undefined above 2^53, undefined where it doesn't end. */
function varint(bytes: Uint8Array, at: number): { value: number | undefined; next: number } | undefined {
  let value = 0;
  for (let i = 0; i < 10; i++) {
    const byte = bytes[at + i];
    if (byte === undefined) return undefined;
    value += (byte & 127) * 2 ** (7 * i);
    if (byte < 128) return { value: value <= Number.MAX_SAFE_INTEGER ? value : undefined, next: at + i + 1 };
  }
  return undefined;
}
