import type { DataRow } from './cursor.js';
import { noRows } from './no-rows.js';
import type { ReadPlan } from './plan.js';
import { readingOf } from './reading.js';
import { RowBeingRead } from './row-being-read.js';
import type { DataSource } from './source.js';
import { TextVectorDecoder } from './text-decoder.js';
import { checkTimes } from './times.js';

export interface ReadOptions {
  /** Rows so far, and of all if that is known without another reading. */
  onProgress?(done: number, total: number | undefined): void;
  readonly signal?: AbortSignal;
  each(row: DataRow): void;
}

/**
 * Reads the rows of a source, each once: in the order of the files, or with `plan.time` in order of time, those of one time as they stand in the
 * files. What a cell counts as is worked out by DuckDB on all cores; here it is looked up. Nothing is kept, and no row object is made: memory
 * does not grow with the rows, and sorting goes to disk beyond DuckDB's limit.
 *
 * @throws CliError `ERR_DATA_EMPTY` without a row, `ERR_DATA_TIME` for rows without a time, `ERR_CANCELLED`, `ERR_DATA_FORMAT` and
 * what else the file has wrong; what `each` throws comes through.
 */
export async function readRows(source: DataSource, plan: ReadPlan, options: ReadOptions): Promise<{ rows: number }> {
  const { table, description } = source;
  const { each, onProgress, signal } = options;
  const isSorted = plan.time === undefined || (await checkTimes(source, plan.time, signal));
  const reading = readingOf(table, plan);
  const row = new RowBeingRead(plan);
  const decoder = new TextVectorDecoder();
  let rows = 0;
  await table.engine.stream(isSorted ? reading.sql : reading.sortedSql, description, signal, chunk => {
    for (const fill of reading.fills) fill(chunk, row, decoder);
    const count = chunk.rowCount;
    for (let at = 0; at < count; at++) {
      row.moveTo(at);
      each(row);
    }
    rows += count;
    onProgress?.(rows, table.rows);
  });
  if (rows === 0) throw noRows(description);
  table.rows = rows;
  return { rows };
}
