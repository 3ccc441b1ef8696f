// node benchmarks/baseline/write-large.js file.parquet [--rows 10000000] [--shuffled]: the large table of docs/baseline-cost.md.
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { largeTable } from './large-table.js';

const quoted = text => `'${text.replaceAll("'", "''")}'`;

/** Runs one statement in a database of its own, in memory. */
export async function query(sql) {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    return await connection.runAndReadAll(sql);
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Writes the result of a SELECT to a file, in its order: Parquet with snappy, or CSV. */
export async function writeTable(select, file, format = 'parquet') {
  await query(`COPY (${select}) TO ${quoted(file)} (FORMAT ${format})`);
}

/** The large table as Parquet: 10 million rows are 0.74 GB and take 16 s. */
export async function writeLarge(file, rows, options) {
  await writeTable(largeTable(rows, options), file);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { rows: { type: 'string', default: '10000000' }, shuffled: { type: 'boolean', default: false } },
  });
  const [file] = positionals;
  const rows = Number(values.rows);
  if (file === undefined || !Number.isSafeInteger(rows) || rows < 1) {
    console.error('node benchmarks/baseline/write-large.js file.parquet [--rows 10000000] [--shuffled]');
    process.exit(2);
  }
  await writeLarge(file, rows, { shuffled: values.shuffled });
}
