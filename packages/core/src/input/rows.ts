/**
 * Hands every row of a batch to `take`, in order, and gives their number; -1 if the batch can't be read without
 * using it up: not an iterable, or an iterator, which the model itself must be the one to read.
 *
 * @throws whatever the iterable throws.
 */
export function eachRow(rows: unknown, take: (row: unknown, index: number) => void): number {
  if (Array.isArray(rows)) {
    const count = rows.length;
    for (let i = 0; i < count; i++) take(rows[i], i);
    return count;
  }
  if (typeof rows !== 'object' || rows === null) return -1;
  const iterate = (rows as Partial<Iterable<unknown>>)[Symbol.iterator];
  if (typeof iterate !== 'function') return -1;
  const iterator = iterate.call(rows);
  if (iterator === (rows as unknown)) return -1;
  let index = 0;
  for (let step = iterator.next(); step.done !== true; step = iterator.next()) take(step.value, index++);
  return index;
}
