import { fileURLToPath } from 'node:url';
import { categoryOf } from '@driftspan/sketch';
import { describe, expect, test } from 'vitest';
import { inferredWords, refusal, TempFiles, valuesRead, withSource } from './temp-files.js';

const files = new TempFiles();
const INVALID = Number.POSITIVE_INFINITY;
const NAN = Number.NaN;

/** An expression of SQL, and what its value counts as: as a number, and as a category (undefined: missing, null: invalid). */
const VALUES: readonly (readonly [sql: string, number: number, category: string | null | undefined])[] = [
  ['1::TINYINT', 1, '1'],
  ['9007199254740993::BIGINT', 9_007_199_254_740_992, '9007199254740993'],
  ['18446744073709551615::UBIGINT', 18_446_744_073_709_552_000, '18446744073709551615'],
  ['0.1::FLOAT', Math.fround(0.1), '0.10000000149011612'],
  ['1::DOUBLE', 1, '1'],
  ['1e-7::DOUBLE', 1e-7, '1e-7'],
  ['1e21::DOUBLE', 1e21, '1e+21'],
  ["'-0'::DOUBLE", -0, '0'],
  ["'nan'::DOUBLE", NAN, undefined],
  ["'inf'::DOUBLE", INVALID, null],
  ['0.30::DECIMAL(4,2)', 0.3, '0.3'],
  ['0.12345678901234567890::DECIMAL(38,20)', 0.12345678901234568, '0.12345678901234568'],
  ['true', 1, 'true'],
  ["'5'", INVALID, '5'],
  ["''", INVALID, ''],
  ["'a'::ENUM('a', 'b')", INVALID, 'a'],
  ["DATE '2013-01-31'", INVALID, null],
  ["TIMESTAMP '2013-01-31 00:00:00'", INVALID, null],
  ['{a: 1}', INVALID, null],
  ["'x'::BLOB", INVALID, null],
  ['NULL::INTEGER', NAN, undefined],
  ['NULL::VARCHAR', NAN, undefined],
];

describe('a value of Parquet', () => {
  test('counts as its number, or as invalid', async () => {
    const path = await valuesFile();
    const [read] = await valuesRead(path, Object.fromEntries(VALUES.map((_, i) => [`v${i}`, 'numeric' as const])));
    expect(read!.map((value, i) => [VALUES[i]![0], value])).toEqual(VALUES.map(([sql, number]) => [sql, number]));
  });

  test('counts as a category by the text that JavaScript gives it', async () => {
    const path = await valuesFile();
    const [read] = await valuesRead(path, Object.fromEntries(VALUES.map((_, i) => [`v${i}`, 'categorical' as const])));
    expect(read!.map((value, i) => [VALUES[i]![0], categoryOf(value)])).toEqual(
      VALUES.map(([sql, , category]) => [sql, category]),
    );
  });

  function valuesFile(): Promise<string> {
    return files.copy('values.parquet', `SELECT ${VALUES.map(([sql], i) => `${sql} AS v${i}`).join(', ')}`);
  }

  test('that is a list of numbers is a vector', async () => {
    const query = `SELECT unnest([[0.5, 2, NULL], [], NULL, ['nan'::DOUBLE, 1]]) AS v`;
    const path = await files.copy('lists.parquet', query);
    expect(await valuesRead(path, { v: 'embedding' })).toEqual([[[0.5, 2, NAN]], [[]], [undefined], [[NAN, 1]]]);
    const fixed = await files.copy('arrays.parquet', 'SELECT [i, i + 1]::FLOAT[2] AS v FROM range(5000) r(i)');
    expect((await valuesRead(fixed, { v: 'embedding' }))[4999]).toEqual([[4999, 5000]]);
  });

  test('that is a text is measured by its form, and anything else is invalid there', async () => {
    const path = await files.copy('texts.parquet', "SELECT 'é ✈️' AS t, 1 AS n");
    expect(await valuesRead(path, { t: 'text', n: 'text' })).toEqual([['é ✈️', INVALID]]);
  });

  test('that is a time has no milliseconds at infinity', async () => {
    const path = await files.copy('infinite.parquet', "SELECT unnest([TIMESTAMP 'infinity', NULL]) AS t");
    expect(await valuesRead(path, { t: 'datetime' })).toEqual([[INVALID], [NAN]]);
  });
});

test('texts are read right, short and long, in pieces of many rows, with and without missing ones', async () => {
  const word = "repeat('ab', (i % 11)::INTEGER) || (i % 3000)";
  const query = `SELECT i, CASE WHEN i % 7 > 0 THEN ${word} END AS c FROM range(30000) r(i)`;
  const path = await files.copy('words.parquet', query);
  const read = await valuesRead(path, { c: 'categorical' });
  const expected = Array.from({ length: 30_000 }, (_, i) =>
    i % 7 > 0 ? `${'ab'.repeat(i % 11)}${i % 3000}` : undefined,
  );
  expect(read.map(([text]) => text)).toEqual(expected);
});

describe('several files', () => {
  test('with their columns in another order, and numbers of other widths, are one', async () => {
    const first = await files.copy('first.parquet', 'SELECT 1::INTEGER AS a, true AS b');
    const second = await files.copy('second.parquet', 'SELECT false AS b, 1.5::DOUBLE AS a');
    expect(await valuesRead({ files: [first, second] }, { a: 'numeric', b: 'categorical' })).toEqual([
      [1, 'true'],
      [1.5, 'false'],
    ]);
  });

  test('with other columns are refused by name', async () => {
    const first = await files.copy('one.parquet', 'SELECT 1 AS a, 2 AS b');
    const open = (second: string) => refusal(withSource({ files: [first, second] }, async () => {}));
    const lacking = await files.copy('lacking.parquet', 'SELECT 1 AS a');
    expect(await open(lacking)).toContain('lacking.parquet: met no column "b", expected the columns of one.parquet');
    const more = await files.copy('more.parquet', 'SELECT 1 AS a, 2 AS b, 3 AS c');
    expect(await open(more)).toContain('more.parquet: met a column "c", expected the columns of one.parquet');
    const other = await files.copy('other.parquet', "SELECT 1 AS a, 'x' AS b");
    expect(await open(other)).toContain(
      'other.parquet: met "b" as text, expected the columns of one.parquet, where it is integer',
    );
  });
});

/** DuckDB, which writes the files of the other tests, would rename the second of them: pyarrow made this one. */
test('names that differ in case alone are those of the file', async () => {
  const path = fileURLToPath(new URL('golden/case.parquet', import.meta.url));
  const names = await withSource(path, async ({ columns }) => columns.map(({ name }) => name));
  expect(names).toEqual(['a', 'nested', 'A', 'a_1']);
  expect(await valuesRead(path, { A: 'numeric', a_1: 'categorical' })).toEqual([
    [10, 'x'],
    [20, undefined],
    [30, 'z'],
  ]);
});

test('a condition chooses rows by the names and types of the file', async () => {
  const path = await files.copy('chosen.parquet', `SELECT i AS "an ""id""", i % 2 = 0 AS even FROM range(10) r(i)`);
  const where = `"an ""id""" > 5 AND even -- the last ones`;
  expect(await valuesRead({ files: [path], where }, { 'an "id"': 'numeric' })).toEqual([[6], [8]]);
});

test('columns of types that nothing counts are told, and left out', async () => {
  const query =
    "SELECT i AS n, {a: i} AS nested, 'x'::BLOB AS blob, [[i]] AS lists, INTERVAL 1 DAY AS span FROM range(50) r(i)";
  expect(await inferredWords(await files.copy('nested.parquet', query))).toEqual([
    'n: numeric, numbers; 50 different whole ones: --feature n:categorical if they are names of something',
    'nested: refused, nested values, which nothing counts',
    'blob: refused, nested values, which nothing counts',
    'lists: refused, nested values, which nothing counts',
    'span: refused, nested values, which nothing counts',
  ]);
});
