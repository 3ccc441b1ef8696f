import type { DuckDBVector } from '@duckdb/node-api';

/*
 * The memory behind DuckDB's vectors, which their classes keep to themselves: `getItem` takes 0.15 µs for a text and asks a bigint for every number.
 * Whatever is not laid out as expected is read by `getItem`.
 */

/** The numbers of a DOUBLE vector without NULL: a view that lives as long as its piece of the answer. */
export function doublesOf(vector: DuckDBVector): Float64Array {
  const { items } = vector as unknown as { items?: unknown };
  if (items instanceof Float64Array) return items;
  return Float64Array.from({ length: vector.itemCount }, (_, i) => Number(vector.getItem(i)));
}

/** Which items are there, bit by bit from the lowest; undefined if all are, null if that can't be told from here. */
export function validityOf(vector: DuckDBVector): Uint32Array | undefined | null {
  const { validity } = vector as unknown as { validity?: { data?: unknown; offset?: unknown } };
  if (validity?.offset !== 0) return null;
  if (validity.data === null) return undefined;
  const bits = validity.data;
  return bits instanceof BigUint64Array ? new Uint32Array(bits.buffer, bits.byteOffset, 2 * bits.length) : null;
}

/** The cells of a VARCHAR vector, four words each: see text-decoder.ts. Undefined where they can't be had. */
export function textCellsOf(vector: DuckDBVector): Int32Array | undefined {
  const { dataView } = vector as unknown as { dataView?: unknown };
  const words = 4 * vector.itemCount;
  if (!(dataView instanceof DataView) || dataView.byteLength < 4 * words || dataView.byteOffset % 4 !== 0) {
    return undefined;
  }
  return new Int32Array(dataView.buffer, dataView.byteOffset, words);
}

/** The values of a UBIGINT vector without NULL, two words each. Undefined where they can't be had. */
export function hashWordsOf(vector: DuckDBVector): Int32Array | undefined {
  const { items } = vector as unknown as { items?: unknown };
  return items instanceof BigUint64Array ? new Int32Array(items.buffer, items.byteOffset, 2 * items.length) : undefined;
}
