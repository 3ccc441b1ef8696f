import { describe, expect, test } from 'vitest';
import { type ColumnProfile, profileColumns } from '../../src/data/index.js';
import { refusal, TempFiles, withSource } from './temp-files.js';

const files = new TempFiles();

async function profiles(path: string): Promise<Record<string, ColumnProfile>> {
  const all = await withSource(path, source => profileColumns(source));
  return Object.fromEntries(all.map(profile => [profile.name, profile]));
}

const ROWS = Array.from({ length: 4000 }, (_, i) => ({
  whole: i % 100,
  fraction: i % 4 === 1 ? null : i / 8 - 10,
  code: String(i % 500).padStart(5, '0'),
  word: i % 5 === 0 ? null : `word ${i % 7}`,
  flag: i % 3 === 0,
  when: `2013-01-${String(1 + (i % 28)).padStart(2, '0')}`,
  id: `x${i}`,
  gone: null,
}));
const CSV_HEADER = Object.keys(ROWS[0]!).join(',');

describe('the profile', () => {
  test('counts what a file holds, in CSV, JSON lines and Parquet alike', async () => {
    const lines = ROWS.map(row =>
      Object.values(row)
        .map(value => value ?? '')
        .join(','),
    );
    const csv = await profiles(files.write('rows.csv', `${CSV_HEADER}\n${lines.join('\n')}\n`));
    const path = files.write('rows.jsonl', ROWS.map(row => JSON.stringify(row)).join('\n'));
    const json = await profiles(path);
    const columns =
      "columns = {whole: 'INTEGER', fraction: 'DOUBLE', code: 'VARCHAR', word: 'VARCHAR', flag: 'BOOLEAN', \"when\": 'VARCHAR', id: 'VARCHAR', gone: 'INTEGER'}";
    const parquet = await profiles(await files.copy('rows.parquet', `SELECT * FROM read_json('${path}', ${columns})`));
    for (const found of [csv, json, parquet]) {
      expect(found['whole']).toMatchObject({
        rows: 4000,
        missing: 0,
        distinct: 100,
        numbers: 4000,
        wholes: 4000,
        min: 0,
        max: 99,
      });
      expect(found['fraction']).toMatchObject({
        missing: 1000,
        distinct: 3000,
        numbers: 3000,
        wholes: 500,
        min: -10,
        max: 489.875,
      });
      expect(found['code']).toMatchObject({ distinct: 500, texts: 4000, leadingZeros: 4000, meanLength: 5 });
      expect(found['word']).toMatchObject({ missing: 800, distinct: 7, texts: 3200, spaced: 3200 });
      expect(found['flag']).toMatchObject({ distinct: 2, missing: 0 });
      expect(found['when']).toMatchObject({ distinct: 28, times: 4000 });
      expect(found['id']).toMatchObject({ distinct: 4000 });
      expect(found['gone']).toMatchObject({ missing: 4000, distinct: 0 });
    }
    expect(Object.values(csv).map(({ type }) => type)).toEqual(Array(8).fill('text'));
    const types = ['integer', 'number', 'text', 'text', 'boolean', 'text', 'text'];
    expect(Object.values(json).map(({ type }) => type)).toEqual([...types, 'other']);
    expect(Object.values(parquet).map(({ type }) => type)).toEqual([...types, 'integer']);
    expect([csv, json, parquet].map(found => found['flag']!.booleans)).toEqual([0, 4000, 4000]);
  });

  test('counts different values to within 3 % where there are a million', async () => {
    const query = 'SELECT i AS n, i // 7 AS seventh, (i % 9999)::VARCHAR AS word FROM range(1000000) r(i)';
    const { n, seventh, word } = await profiles(await files.copy('million.parquet', query));
    expect(word!.distinct).toBe(9999);
    expect(Math.abs(n!.distinct / 1_000_000 - 1)).toBeLessThan(0.03);
    expect(Math.abs(seventh!.distinct / 142_858 - 1)).toBeLessThan(0.03);
  });

  test('takes NaN for missing, and lists by their lengths', async () => {
    const query = `SELECT unnest(['nan'::FLOAT, 1]) AS f, unnest([[1, 2], [1, 2, 3]]) AS v`;
    const { f, v } = await profiles(await files.copy('floats.parquet', query));
    expect(f).toMatchObject({ missing: 1, numbers: 1, min: 1, max: 1 });
    expect(v).toMatchObject({ lists: 2, listLengths: [2, 3] });
  });

  test('has no value in it but the ends of numbers', async () => {
    const secret = 'Ada Lovelace';
    const path = files.write('secret.csv', `who,n\n${secret},1\n${secret},2\nCharles Babbage,3\n`);
    expect(JSON.stringify(await profiles(path))).not.toContain('Lovelace');
  });

  test('of 10,000 columns is made in ten readings', async () => {
    const columns = Array.from({ length: 10_000 }, (_, i) => i);
    const line = (row: number) => columns.map(i => row * i).join(',');
    const path = files.write(
      'wide.csv',
      `${columns.map(i => `x_${i}`).join(',')}\n${[1, 2, 3, 4].map(line).join('\n')}\n`,
    );
    const told: number[] = [];
    const found = await withSource(path, source => profileColumns(source, done => told.push(done)));
    expect(told).toEqual(Array.from({ length: 10 }, (_, i) => (i + 1) * 1000));
    expect(found[9999]).toMatchObject({ name: 'x_9999', rows: 4, distinct: 4, min: 9999, max: 4 * 9999 });
  });

  test('of no row is refused, and stops at the signal', async () => {
    const empty = files.write('header.csv', 'a,b\n');
    expect(await refusal(profiles(empty))).toBe('header.csv: met no row, expected at least one row (ERR_DATA_EMPTY)');
    const path = files.write('stopped.csv', 'a,b\n1,2\n');
    const stopped = withSource(path, source => profileColumns(source, undefined, AbortSignal.abort()));
    expect(await refusal(stopped)).toContain('ERR_CANCELLED');
  });
});
