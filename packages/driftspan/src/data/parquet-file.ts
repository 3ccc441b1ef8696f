import { CliError } from '../errors.js';
import type { Engine } from './engine.js';
import { globSafe, type InputFile } from './input-files.js';
import { PARQUET_CELLS } from './parquet-cells.js';
import type { OpenedTable } from './source.js';
import { columnRef, sqlList, sqlName } from './sql-text.js';

interface ParquetColumn {
  readonly name: string;
  readonly sqlType: string;
}

/**
 * Parquet. Files of one source have the same columns, in any order; a column's types may differ as numbers do (whole ones here, fractions there) and
 * are then read as the wider one.
 *
 * @throws CliError `ERR_DATA_FORMAT` for a file that is none, is truncated, or has other columns than the first.
 */
export async function openParquet(engine: Engine, files: readonly InputFile[]): Promise<OpenedTable> {
  const first = files[0]!;
  const columns = await schemaOf(engine, [first]);
  for (const file of files.slice(1)) checkSame(file, columns, await schemaOf(engine, [file]), first);
  const all = files.length === 1 ? columns : await schemaOf(engine, files);
  const reader = readerOf(files);
  const from = `${reader} AS t(${all.map((_, i) => columnRef(i)).join(', ')})`;
  return {
    columns: all.map(({ name, sqlType }, i) => ({ name, type: typeWord(sqlType), sqlType, ref: columnRef(i) })),
    cells: PARQUET_CELLS,
    from: () => from,
    fromNamed: () => `SELECT * FROM ${reader} AS t(${all.map(({ name }) => sqlName(name)).join(', ')})`,
  };
}

function readerOf(files: readonly InputFile[]): string {
  const paths = sqlList(files.map(({ path }) => globSafe(path)));
  return `read_parquet(${paths}, hive_partitioning=false, union_by_name=${files.length > 1})`;
}

async function schemaOf(engine: Engine, files: readonly InputFile[]): Promise<readonly ParquetColumn[]> {
  const rows = await engine.rows(`DESCRIBE SELECT * FROM ${readerOf(files)}`, files[0]!.name);
  return rows.map(([name, sqlType]) => ({ name: String(name), sqlType: String(sqlType) }));
}

function checkSame(
  file: InputFile,
  columns: readonly ParquetColumn[],
  others: readonly ParquetColumn[],
  { name: first }: InputFile,
): void {
  const types = new Map(others.map(({ name, sqlType }) => [name, sqlType]));
  for (const { name, sqlType } of columns) {
    const other = types.get(name);
    const quoted = JSON.stringify(name);
    if (other === undefined) throw differs(file, `no column ${quoted}`, first);
    const [met, expected] = [typeWord(other), typeWord(sqlType)];
    const bothNumbers = [met, expected].every(word => word === 'integer' || word === 'number');
    if (met !== expected && !bothNumbers)
      throw differs(file, `${quoted} as ${met}`, `${first}, where it is ${expected}`);
    types.delete(name);
  }
  for (const name of types.keys()) throw differs(file, `a column ${JSON.stringify(name)}`, first);
}

function differs(file: InputFile, met: string, as: string): CliError {
  return new CliError('ERR_DATA_FORMAT', file.name, met, `the columns of ${as}`);
}

/** DuckDB's type in a word for a person. */
export function typeWord(sqlType: string): string {
  if (/^(U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER)$/.test(sqlType)) return 'integer';
  if (/^(FLOAT|DOUBLE|DECIMAL\(.*\))$/.test(sqlType)) return 'number';
  if (/^(VARCHAR|UUID|ENUM\(.*\))$/s.test(sqlType)) return 'text';
  if (sqlType === 'BOOLEAN') return 'boolean';
  if (sqlType === 'DATE') return 'date';
  if (sqlType.startsWith('TIMESTAMP')) return 'time';
  const element = /^([A-Z0-9(),]+)\[\d*\]$/.exec(sqlType)?.[1];
  if (element !== undefined && ['integer', 'number'].includes(typeWord(element))) return 'numbers';
  return 'other';
}
