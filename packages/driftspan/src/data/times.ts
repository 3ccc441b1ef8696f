import { CliError } from '../errors.js';
import { checkedColumn } from './column-names.js';
import { noRows } from './no-rows.js';
import type { DataSource } from './source.js';
import { doublesOf } from './vector-memory.js';

/**
 * Reads the times of all rows: whether they stand in order already. Counts the rows on the way.
 *
 * @throws CliError `ERR_DATA_TIME` if a row has none, `ERR_DATA_EMPTY` without a row.
 */
export async function checkTimes(
  { table, description }: DataSource,
  column: string,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const names = table.columns.map(({ name }) => name);
  const index = names.indexOf(checkedColumn(column, names));
  const { number } = table.cells.datetime(table.columns[index]!);
  let [rows, missing, invalid] = [0, 0, 0];
  let before = Number.NEGATIVE_INFINITY;
  let isSorted = true;
  await table.engine.stream(`SELECT ${number} FROM ${table.from([index])}`, description, signal, chunk => {
    const times = doublesOf(chunk.getColumnVector(0));
    for (let i = 0; i < times.length; i++) {
      const ms = times[i]!;
      if (Number.isNaN(ms)) missing++;
      else if (!Number.isFinite(ms)) invalid++;
      else {
        if (ms < before) isSorted = false;
        before = ms;
      }
    }
    rows += times.length;
  });
  if (rows === 0) throw noRows(description);
  if (missing > 0 || invalid > 0) throw notTimes(column, rows, missing, invalid);
  table.rows = rows;
  return isSorted;
}

function notTimes(column: string, rows: number, missing: number, invalid: number): CliError {
  const counts = [
    ...(missing > 0 ? [`${missing} without a time`] : []),
    ...(invalid > 0 ? [`${invalid} with what is none`] : []),
  ];
  return new CliError(
    'ERR_DATA_TIME',
    column,
    `${counts.join(' and ')}, of ${rows} rows`,
    'a time in every row: a timestamp, a date, ISO 8601, or milliseconds since 1970',
  );
}
