/** Rows of one batch that are counted: an iterable may have no end, and counting holds up the call. */
export const MAX_BATCH_ROWS = 1_000_000;

/**
 * Hands the rows of a batch to `take`, in order and `most` at most, and gives their number; -1 if the batch can't be read
 * without using it up: not an iterable, or one that hands out the same iterator every time, which is the model's to read.
 *
 * @throws whatever the iterable throws.
 */
export function eachRow(rows: unknown, take: (row: unknown, index: number) => void, most = MAX_BATCH_ROWS): number {
  if (Array.isArray(rows)) {
    const count = Math.min(rows.length, most);
    for (let i = 0; i < count; i++) take(rows[i], i);
    return count;
  }
  if (typeof rows !== 'object' || rows === null) return -1;
  const iterate = (rows as Partial<Iterable<unknown>>)[Symbol.iterator];
  if (typeof iterate !== 'function') return -1;
  const iterator = iterate.call(rows);
  if (iterator === (rows as unknown) || iterator === iterate.call(rows)) return -1;
  let index = 0;
  for (const row of { [Symbol.iterator]: () => iterator }) {
    if (index >= most) break;
    take(row, index++);
  }
  return index;
}
