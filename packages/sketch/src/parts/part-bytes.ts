import { utf8ToBytes } from '@noble/hashes/utils.js';
import { refuse } from '../baseline/fields.js';
import { shown } from '../errors.js';
import { categoriesToBytes } from './category-table.js';
import { checkedPart } from './check-part.js';
import { PART_SCHEMA, type Part, type PartColumn } from './part.js';
import { utf8Text } from './utf8-text.js';

/*
 * Version 1, little-endian.
 *
 *   at         bytes
 *   0          4      "DPRT"
 *   4          1      version: 1
 *   5          3      0
 *   8          4      H, the length of the header: at most 16,000,000
 *   12         H      the header: JSON in UTF-8
 *   12 + H            for each feature and then each output, in the order of the header, as many bytes as it says:
 *                       numeric      its sketch, as drawn in `kll-bytes.ts`
 *                       categorical  its categories, as drawn in `category-table.ts`
 *
 * The header, with `dependence` of the whole and of a feature as in a baseline, left out where there is none:
 *
 *   { "schema": "driftspan.part/v1", "model": { "name", "version", "transforms"? }, "rows", "order": "times" | "rows" | "none",
 *     "dependence"?: { "blockRows", "blockMs"?, "spanMs"? },
 *     "features": [{ "kind": "numeric", "name", "bytes", "missing", "invalid", "mean"?, "squares"?, "dependence"? },
 *                  { "kind": "categorical", "name", "bytes", "other", "missing", "invalid", "dependence"? }, …],
 *     "outputs": [the three of `OUTPUT_FEATURES`] }
 *
 * `mean` and `squares`, the sum of squared deviations from it, are there where the sketch has lost values.
 */
const MAGIC = 0x54525044;
const VERSION = 1;
const PREFIX_BYTES = 12;
/** As of a baseline's file; a thousand features with their dependence take 3 MB at most. */
const MAX_HEADER_BYTES = 16_000_000;

export function partToBytes(part: Part): Uint8Array<ArrayBuffer> {
  const columns = [...part.features, ...part.outputs];
  const contents = columns.map(({ kind, tally }) =>
    kind === 'numeric' ? tally.sketch.toBytes() : categoriesToBytes(tally),
  );
  const headers = columns.map((column, i) => columnHeader(column, contents[i]!.length));
  const { model, rows, order, dependence } = part;
  const header = utf8ToBytes(
    JSON.stringify({
      schema: PART_SCHEMA,
      model,
      rows,
      order,
      dependence,
      features: headers.slice(0, part.features.length),
      outputs: headers.slice(part.features.length),
    }),
  );
  let at = PREFIX_BYTES + header.length;
  const bytes = new Uint8Array(contents.reduce((sum, content) => sum + content.length, at));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint8(4, VERSION);
  view.setUint32(8, header.length, true);
  bytes.set(header, PREFIX_BYTES);
  for (const content of contents) {
    bytes.set(content, at);
    at += content.length;
  }
  return bytes;
}

function columnHeader(column: PartColumn, bytes: number) {
  const { kind, name, dependence } = column;
  const { missing, invalid } = column.tally;
  if (kind === 'categorical') {
    return { kind, name, bytes, other: column.tally.uncounted, missing, invalid, dependence };
  }
  const { mean, squares } = column.tally.moments ?? {};
  return { kind, name, bytes, missing, invalid, mean, squares, dependence };
}

/**
 * Reads what {@link partToBytes} wrote, checking each field before the work that it bounds: memory and time stay within a few times
 * the length of `bytes`, but for a header, which is JSON and may take 30 times its 16 MB.
 *
 * @throws SketchError of the code that the field's own check has.
 */
export function partFromBytes(bytes: Uint8Array): Part {
  if (!(bytes instanceof Uint8Array)) refuse('bytes', shown(bytes), 'a Uint8Array');
  if (bytes.length < PREFIX_BYTES) refuse('bytes', `${bytes.length} bytes`, `at least ${PREFIX_BYTES}`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) refuse('magic', shown(view.getUint32(0, true)), '"DPRT"');
  if (view.getUint8(4) !== VERSION) refuse('version', shown(view.getUint8(4)), String(VERSION));
  if (view.getUint8(5) !== 0 || view.getUint16(6, true) !== 0) refuse('padding', 'others', '0');
  const length = view.getUint32(8, true);
  if (length > MAX_HEADER_BYTES) refuse('header', `${length} bytes`, `at most ${MAX_HEADER_BYTES}`);
  const end = PREFIX_BYTES + length;
  if (end > bytes.length) refuse('bytes', `${bytes.length} bytes`, `a header of ${length}`);
  return checkedPart(parsed(bytes.subarray(PREFIX_BYTES, end)), bytes.subarray(end));
}

/** Without the cause of a failure: it quotes the text, and names may be data. */
function parsed(header: Uint8Array): unknown {
  try {
    return JSON.parse(utf8Text(header) ?? '');
  } catch {
    return refuse('header', 'no JSON', 'a JSON document in UTF-8');
  }
}
