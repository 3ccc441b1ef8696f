import { CliError } from '../errors.js';
import type { Engine } from './engine.js';
import { globSafe, type InputFile } from './input-files.js';
import { PARQUET_CELLS } from './parquet-cells.js';
import type { OpenedTable } from './source.js';
import { columnRef, sqlList, sqlName, sqlText } from './sql-text.js';

interface ParquetColumn {
  /** As it stands in the file. */
  readonly name: string;
  /** DuckDB's: of two names that differ in case alone it renames the second. */
  readonly renamed: string;
  readonly sqlType: string;
}

/**
 * Parquet. Files of one source have the same columns, in any order; a column's types may differ as numbers do (whole ones here, fractions there) and
 * are then read as the wider one.
 *
 * @throws CliError `ERR_DATA_FORMAT` for a file that is none, is truncated, or has other columns than the first, `ERR_DATA_COLUMN` for two columns
 * of one name.
 */
export async function openParquet(engine: Engine, files: readonly InputFile[]): Promise<OpenedTable> {
  const first = files[0]!;
  const columns = await columnsOf(engine, first);
  for (const file of files.slice(1)) checkSame(file, columns, await columnsOf(engine, file), first);
  const types = files.length === 1 ? columns : await described(engine, files);
  const reader = readerOf(files);
  const from = `${reader} AS t(${columns.map((_, i) => columnRef(i)).join(', ')})`;
  return {
    columns: columns.map(({ name }, i) => {
      const { sqlType } = types[i]!;
      return { name, type: typeWord(sqlType), sqlType, ref: columnRef(i) };
    }),
    cells: PARQUET_CELLS,
    from: () => from,
    fromNamed: () => `SELECT * FROM ${reader} AS t(${columns.map(({ renamed }) => sqlName(renamed)).join(', ')})`,
  };
}

function readerOf(files: readonly InputFile[]): string {
  const paths = sqlList(files.map(({ path }) => globSafe(path)));
  return `read_parquet(${paths}, hive_partitioning=false, union_by_name=${files.length > 1})`;
}

async function described(
  engine: Engine,
  files: readonly InputFile[],
): Promise<readonly Pick<ParquetColumn, 'renamed' | 'sqlType'>[]> {
  const rows = await engine.rows(`DESCRIBE SELECT * FROM ${readerOf(files)}`, files[0]!.name);
  return rows.map(([name, sqlType]) => ({ renamed: String(name), sqlType: String(sqlType) }));
}

async function columnsOf(engine: Engine, file: InputFile): Promise<readonly ParquetColumn[]> {
  const columns = await described(engine, [file]);
  const names = await namesOf(engine, file);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) {
    throw new CliError('ERR_DATA_COLUMN', file.name, `two columns named ${JSON.stringify(twice)}`, 'a name for each');
  }
  return columns.map((column, i) => ({ ...column, name: names[i]! }));
}

/** The schema is a tree, each node before its children: the names are those of the root's. */
async function namesOf(engine: Engine, { path, name }: InputFile): Promise<readonly string[]> {
  const sql = `SELECT name, coalesce(num_children, 0) FROM parquet_schema(${sqlText(globSafe(path))})`;
  const nodes = await engine.rows(sql, name);
  const after = (node: number): number => {
    let next = node + 1;
    for (let child = Number(nodes[node]![1]); child > 0; child--) next = after(next);
    return next;
  };
  const names: string[] = [];
  for (let node = 1; node < nodes.length; node = after(node)) names.push(String(nodes[node]![0]));
  return names;
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
  // Files are put together by DuckDB's names.
  const isMoved = columns.some(({ name, renamed }) => others.find(other => other.name === name)!.renamed !== renamed);
  if (isMoved) throw differs(file, 'names that differ in case alone, in another order', first);
}

function differs(file: InputFile, met: string, as: string): CliError {
  return new CliError('ERR_DATA_FORMAT', file.name, met, `the columns of ${as}`);
}

/** DuckDB's type in a word for a person. */
function typeWord(sqlType: string): string {
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
