import { CliError } from '../errors.js';
import { firstLines } from './csv-file.js';
import type { Engine } from './engine.js';
import { globSafe, type InputFile } from './input-files.js';
import { JSON_CELLS } from './json-cells.js';
import type { OpenedTable } from './source.js';
import { columnRef, sqlList, sqlName, sqlText } from './sql-text.js';

/** Objects whose keys give the order of the columns, and whose values their types. */
const SAMPLE_OBJECTS = 1000;

/**
 * JSON lines, or one array of objects. The columns are the keys of all objects: those of the first thousand in the order in which they come, others
 * behind them by name. Costs one reading of the file.
 *
 * @throws CliError `ERR_DATA_FORMAT` for what is no JSON, or holds something else than objects.
 */
export async function openJson(engine: Engine, files: readonly InputFile[]): Promise<OpenedTable> {
  const reader = await readerOf(engine, files);
  const name = files[0]!.name;
  const names = await keysOf(engine, reader, name);
  if (names.length === 0) throw new CliError('ERR_DATA_EMPTY', name, 'no object with a key', 'at least one row');
  const types = await typesOf(engine, reader, names, name);
  const pointers = names.map(pointerTo);
  return {
    columns: names.map((key, i) => ({ name: key, type: types[i]!, sqlType: 'JSON', ref: columnRef(i) })),
    cells: JSON_CELLS,
    from: (wanted, rows = reader) => extracted(rows, pointers, wanted),
    fromNamed: () => {
      const texts = names.map((key, i) => `json_extract_string(json, ${sqlText(pointers[i]!)}) AS ${sqlName(key)}`);
      return `SELECT json AS "json of the row", ${texts.join(', ')} FROM ${reader}`;
    },
    rowsOf: named => `(SELECT "json of the row" AS json FROM (${named}))`,
  };
}

/** Each object is parsed once, whatever number of keys is read. */
function extracted(rows: string, pointers: readonly string[], wanted: readonly number[]): string {
  if (wanted.length === 0) return rows;
  const paths = sqlList(wanted.map(i => pointers[i]!));
  const columns = wanted.map((column, i) => `v[${i + 1}] AS ${columnRef(column)}`).join(', ');
  return `(SELECT ${columns} FROM (SELECT json_extract(json, ${paths}) AS v FROM ${rows}))`;
}

/** RFC 6901; a path of `$` would read dots and brackets of a name. */
function pointerTo(key: string): string {
  return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}

async function readerOf(engine: Engine, files: readonly InputFile[]): Promise<string> {
  const first = files[0]!;
  const start = (await firstLines(engine, first, undefined)).trimStart();
  if (start === '') throw new CliError('ERR_DATA_EMPTY', first.name, 'white space alone', 'a file with rows');
  const format = start.startsWith('[') ? 'array' : 'newline_delimited';
  const compression = first.compression === 'none' ? 'uncompressed' : first.compression;
  const paths = sqlList(files.map(({ path }) => globSafe(path)));
  return `read_json_objects(${paths}, format='${format}', compression='${compression}')`;
}

async function keysOf(engine: Engine, reader: string, name: string): Promise<readonly string[]> {
  const sample = `SELECT json_keys(json) FROM ${reader} LIMIT ${SAMPLE_OBJECTS}`;
  const inOrder = new Set<string>();
  for (const [keys] of await engine.rows(sample, name)) for (const key of itemsOf(keys)) inOrder.add(key);
  const kinds = await engine.rows(`SELECT DISTINCT json_type(json) FROM ${reader}`, name);
  if (kinds.some(([kind]) => kind !== 'OBJECT')) {
    throw new CliError('ERR_DATA_FORMAT', name, 'a row that is no object', 'an object of columns in each row');
  }
  const all = await engine.rows(`SELECT DISTINCT unnest(json_keys(json)) AS k FROM ${reader} ORDER BY k`, name);
  for (const [key] of all) inOrder.add(String(key));
  return [...inOrder];
}

function itemsOf(list: unknown): readonly string[] {
  return ((list as { readonly items?: readonly unknown[] } | null)?.items ?? []).map(String);
}

const TYPE_WORDS: Record<string, string> = {
  VARCHAR: 'text',
  BOOLEAN: 'boolean',
  UBIGINT: 'integer',
  BIGINT: 'integer',
  DOUBLE: 'number',
  ARRAY: 'numbers',
  OBJECT: 'other',
};

async function typesOf(
  engine: Engine,
  reader: string,
  names: readonly string[],
  name: string,
): Promise<readonly string[]> {
  const paths = sqlList(names.map(pointerTo));
  const sql = `SELECT json_type(json, ${paths}) FROM ${reader} LIMIT ${SAMPLE_OBJECTS}`;
  const met = names.map(() => new Set<string>());
  for (const [types] of await engine.rows(sql, name)) {
    itemsOf(types).forEach((type, i) => {
      if (TYPE_WORDS[type] !== undefined) met[i]!.add(TYPE_WORDS[type]);
    });
  }
  return met.map(words => {
    if (words.has('number')) words.delete('integer');
    return words.size === 1 ? [...words][0]! : words.size === 0 ? 'other' : 'mixed';
  });
}
