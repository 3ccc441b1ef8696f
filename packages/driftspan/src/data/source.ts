import { extname } from 'node:path';
import { CliError } from '../errors.js';
import type { CellColumn, Cells } from './cells.js';
import { firstLines, openCsv } from './csv-file.js';
import { Engine } from './engine.js';
import { CONDITION } from './engine-fault.js';
import { type InputFile, inputFiles, STANDARD_INPUT } from './input-files.js';
import { openJson } from './json-file.js';
import { openParquet } from './parquet-file.js';

export type DataFormat = 'csv' | 'jsonl' | 'parquet';
export type DataEncoding = 'utf-8' | 'latin-1' | 'utf-16';

/** What CSV needs to be told. */
export interface FormatOptions {
  readonly delimiter?: string;
  readonly encoding?: DataEncoding;
}

export interface SourceOptions extends FormatOptions {
  /** Paths, globs, `-` for standard input. */
  readonly files: readonly string[];
  /** By the file's name unless given, and by its first bytes where that says nothing. */
  readonly format?: DataFormat;
  /** A condition of SQL on the file's columns; those of CSV and JSON lines are texts in it. */
  readonly where?: string;
  /** DuckDB's limit, as `1GB`; beyond it sorting goes to disk. 2 GB, or half of the machine's, unless given. */
  readonly memory?: string;
  readonly threads?: number;
}

export interface SourceColumn {
  readonly name: string;
  /** text, integer, number, boolean, time, date, numbers, mixed, other. */
  readonly type: string;
}

/** Files opened for reading, as often as is wanted. */
export interface DataSource {
  /** For a person and for provenance, without folders: `train.parquet`, `3 files: jan.csv … mar.csv`, `standard input`. */
  readonly description: string;
  readonly format: DataFormat;
  /** In the file's order. */
  readonly columns: readonly SourceColumn[];
  /** How the rows are read. */
  readonly table: Table;
  /** Takes the temporary files away; may be called twice. */
  close(): Promise<void>;
}

/** What a format knows of its files. */
export interface OpenedTable {
  readonly columns: readonly CellColumn[];
  readonly cells: Cells;
  /** What stands after FROM: has at least the `wanted` columns, under their `ref`; read from other `rows` if given. */
  readonly from: (wanted: readonly number[], rows?: string) => string;
  /** A query of all columns under the names of the file, for a condition. */
  readonly fromNamed: () => string;
  /** What `from` is to read in place of the file, of a query that began as `fromNamed`; without it the query has the columns in order. */
  readonly rowsOf?: (named: string) => string;
}

/** Rows and columns in SQL. */
export interface Table {
  readonly engine: Engine;
  readonly columns: readonly CellColumn[];
  readonly cells: Cells;
  /** What stands after FROM, with at least the `wanted` columns under their `ref`. */
  from(wanted: readonly number[]): string;
  /** How many rows there are, once they were counted. */
  rows: number | undefined;
}

/**
 * Opens files for reading: finds them, their format and their columns. Nothing is read over a network, and nothing is written but to a
 * private folder that `close` takes away.
 *
 * @throws CliError `ERR_DATA_FILE`, `ERR_DATA_EMPTY`, `ERR_DATA_FORMAT`, `ERR_DATA_ENCODING`, `ERR_DATA_COLUMN` for two columns of one
 * name, `ERR_USAGE` for what is wrong with the options.
 */
export async function openSource(options: SourceOptions, stdin: NodeJS.ReadableStream): Promise<DataSource> {
  const engine = await Engine.open(options);
  try {
    const files = await inputFiles(options.files, stdin, engine);
    const format = await formatOf(files, options, engine);
    const opened = await OPEN[format](engine, files, options);
    const description = describe(files);
    const table = tableOf(engine, opened, options.where);
    if (options.where !== undefined) {
      // By itself first: what closes our parenthesis and opens another is no condition.
      await engine.rows(`SELECT (${options.where}\n) FROM (${opened.fromNamed()}) LIMIT 0`, CONDITION);
      await engine.rows(`SELECT 1 FROM ${table.from([])} LIMIT 0`, CONDITION);
    }
    if (format === 'parquet' && options.where === undefined) {
      // It stands in the file; of other formats it would take a reading.
      table.rows = Number((await engine.rows(`SELECT count(*) FROM ${table.from([])}`, description))[0]![0]);
    }
    const columns = opened.columns.map(({ name, type }) => ({ name, type }));
    return { description, format, columns, table, close: async () => engine.close() };
  } catch (error) {
    engine.close();
    throw error;
  }
}

const OPEN: Record<
  DataFormat,
  (engine: Engine, files: readonly InputFile[], options: SourceOptions) => Promise<OpenedTable>
> = { csv: openCsv, jsonl: openJson, parquet: openParquet };

function tableOf(engine: Engine, opened: OpenedTable, where: string | undefined): Table {
  const { columns, cells } = opened;
  if (where === undefined) return { engine, columns, cells, from: opened.from, rows: undefined };
  // The line feed ends a comment that the condition may end with.
  const filtered = `${opened.fromNamed()} WHERE (${where}\n)`;
  const from = (wanted: readonly number[]) =>
    opened.rowsOf === undefined
      ? `(${filtered}) AS t(${columns.map(({ ref }) => ref).join(', ')})`
      : opened.from(wanted, opened.rowsOf(filtered));
  return { engine, columns, cells, from, rows: undefined };
}

const EXTENSIONS: Record<string, DataFormat> = {
  '.csv': 'csv',
  '.tsv': 'csv',
  '.json': 'jsonl',
  '.jsonl': 'jsonl',
  '.ndjson': 'jsonl',
  '.parquet': 'parquet',
  '.pq': 'parquet',
};

async function formatOf(files: readonly InputFile[], options: SourceOptions, engine: Engine): Promise<DataFormat> {
  const first = files[0]!;
  const format = options.format ?? (await formatOfFile(first, options, engine));
  for (const file of files) {
    const other = options.format ?? (await formatOfFile(file, options, engine));
    if (other !== format) throw new CliError('ERR_DATA_FORMAT', file.name, other, `${format}, as ${first.name}`);
    if (format !== 'parquet' && file.compression !== first.compression) {
      const [met, expected] = [file, first].map(({ compression }) => `${compression} compression`);
      throw new CliError('ERR_DATA_FORMAT', file.name, met!, `${expected}, as ${first.name}`);
    }
  }
  return format;
}

async function formatOfFile(file: InputFile, options: SourceOptions, engine: Engine): Promise<DataFormat> {
  const named = EXTENSIONS[extname(file.name.replace(/\.(gz|zst|zstd)$/i, '')).toLowerCase()];
  if (named !== undefined && file.name !== STANDARD_INPUT) return named;
  if (Buffer.from(file.firstBytes.subarray(0, 4)).toString('latin1') === 'PAR1') return 'parquet';
  // Of the texts only CSV comes in other encodings.
  if (options.encoding !== undefined || file.firstBytes[0]! >= 0xfe) return 'csv';
  return /^\s*[[{]/.test(await firstLines(engine, file, undefined)) ? 'jsonl' : 'csv';
}

function describe(files: readonly InputFile[]): string {
  const [first, last] = [files[0]!.name, files.at(-1)!.name];
  return files.length === 1 ? first : `${files.length} files: ${first} … ${last}`;
}
