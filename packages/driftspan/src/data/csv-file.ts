import { CliError } from '../errors.js';
import { CSV_CELLS } from './csv-cells.js';
import { csvRecords, sniffedDelimiter } from './csv-text.js';
import type { Engine } from './engine.js';
import { globSafe, type InputFile } from './input-files.js';
import type { FormatOptions, OpenedTable } from './source.js';
import { columnRef, sqlList, sqlText } from './sql-text.js';

/** Lines looked at for the header and the delimiter. */
const SAMPLE_LINES = 200;
/** Of these so many characters, or the header and a line. */
const SAMPLE_LENGTH = 100_000;
/** What no file has between its cells, so that DuckDB gives whole lines. */
const NO_DELIMITER = '\u0001\u0002\u0003\u0004';

/**
 * CSV with a header. Only the delimiter is guessed, and the names are read here: DuckDB is told everything, so that the same file is
 * always read in the same way, and a row that does not fit is an error with its line.
 *
 * @throws CliError `ERR_DATA_EMPTY` without a header, `ERR_DATA_FORMAT` for a header of numbers alone or files of other columns,
 * `ERR_DATA_COLUMN` for two columns of one name.
 */
export async function openCsv(
  engine: Engine,
  files: readonly InputFile[],
  options: FormatOptions,
): Promise<OpenedTable> {
  const first = files[0]!;
  const encoding = options.encoding ?? markedEncoding(first);
  const sample = await firstLines(engine, first, encoding);
  const delimiter = options.delimiter ?? (/\.tsv(\.|$)/i.test(first.name) ? '\t' : sniffedDelimiter(sample));
  const names = checkedHeader(first, csvRecords(sample, delimiter)[0]!);
  for (const file of files.slice(1)) {
    const [header] = csvRecords(await firstLines(engine, file, encoding), delimiter);
    checkSameHeader(file, names, header!, first);
  }
  const columns = names.map((_, i) => `${sqlText(columnRef(i))}: 'VARCHAR'`).join(', ');
  const dialect = `header=true, delim=${sqlText(delimiter)}, quote='"', escape='"', columns={${columns}}`;
  const from = csvReader(files, encoding, dialect);
  return {
    columns: names.map((name, i) => ({ name, type: 'text', sqlType: 'VARCHAR', ref: columnRef(i) })),
    cells: CSV_CELLS,
    from: () => from,
    fromNamed: () => `SELECT * FROM ${from} AS t(${namesInSql(names)})`,
  };
}

/** A byte order mark that tells UTF-16. @throws CliError `ERR_DATA_ENCODING` for big-endian, which DuckDB does not read. */
function markedEncoding({ firstBytes, name }: InputFile): 'utf-16' | undefined {
  const mark = firstBytes[0]! * 256 + (firstBytes[1] ?? 0);
  if (mark === 0xfeff) {
    throw new CliError(
      'ERR_DATA_ENCODING',
      name,
      'UTF-16, big end first',
      'UTF-8, Latin-1, or UTF-16 with its little end first',
      {
        hint: 'convert it: iconv -f UTF-16 -t UTF-8',
      },
    );
  }
  return mark === 0xfffe ? 'utf-16' : undefined;
}

function namesInSql(names: readonly string[]): string {
  return names.map(name => `"${(name === '' ? 'unnamed' : name).replaceAll('"', '""')}"`).join(', ');
}

function csvReader(files: readonly InputFile[], encoding: string | undefined, dialect: string): string {
  const paths = sqlList(files.map(({ path }) => globSafe(path)));
  const { compression } = files[0]!;
  const named = encoding === undefined ? '' : `, encoding=${sqlText(encoding)}`;
  return `read_csv(${paths}, auto_detect=false, compression='${compression}', ${dialect}${named})`;
}

/** The first lines of a file, unpacked, with line feeds between and without a byte order mark. */
export async function firstLines(engine: Engine, file: InputFile, encoding: string | undefined): Promise<string> {
  const dialect = `header=false, delim=${sqlText(NO_DELIMITER)}, quote='', escape='', columns={'line': 'VARCHAR'}`;
  const sql = `SELECT line FROM ${csvReader([file], encoding, dialect)} LIMIT ${SAMPLE_LINES}`;
  const lines = (await engine.rows(sql, file.name)).map(([line]) => (line === null ? '' : String(line)));
  let length = 0;
  const sample = lines.filter((line, i) => {
    length += line.length;
    return i < 2 || length < SAMPLE_LENGTH;
  });
  return sample.join('\n').replace(/^\ufeff/, '');
}

function checkedHeader(file: InputFile, header: readonly string[]): readonly string[] {
  if (header.every(name => name === ''))
    throw new CliError('ERR_DATA_EMPTY', file.name, 'no header', 'a line of names');
  if (header.every(name => name.trim() !== '' && Number.isFinite(Number(name)))) {
    throw new CliError(
      'ERR_DATA_FORMAT',
      file.name,
      'a first line of numbers alone',
      'a line with the names of the columns',
      {
        hint: 'put a line of names before the rows',
      },
    );
  }
  const seen = new Set<string>();
  for (const name of header) {
    if (seen.has(name)) {
      throw new CliError('ERR_DATA_COLUMN', file.name, `two columns named ${JSON.stringify(name)}`, 'a name for each');
    }
    seen.add(name);
  }
  return header;
}

function checkSameHeader(
  file: InputFile,
  names: readonly string[],
  header: readonly string[],
  { name }: InputFile,
): void {
  if (names.length === header.length && names.every((expected, i) => expected === header[i])) return;
  const other = header.find(column => !names.includes(column));
  const lacking = names.find(column => !header.includes(column));
  const met =
    other !== undefined
      ? `a column ${JSON.stringify(other)}`
      : lacking !== undefined
        ? `no column ${JSON.stringify(lacking)}`
        : 'the columns in another order';
  throw new CliError('ERR_DATA_FORMAT', file.name, met, `the columns of ${name}, in its order`);
}
