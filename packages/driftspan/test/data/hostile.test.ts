import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { CliError } from '../../src/errors.js';
import { inferredWords, learnedText, refusal, TempFiles, valuesRead } from './temp-files.js';

const files = new TempFiles();
/** What no message may hold. */
const SECRET = 'Ada-Lovelace';

const lines = (count: number, line: (i: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

/** The refusal; neither it nor its hint holds a value of a row. */
async function told(work: Promise<unknown>): Promise<string> {
  const text = await refusal(work);
  expect(text).not.toContain(SECRET);
  return text;
}

describe('a file that is damaged', () => {
  test('as Parquet cut off anywhere is refused', async () => {
    const query = `SELECT i, '${SECRET}' || i AS who FROM range(50000) r(i)`;
    const whole = readFileSync(await files.copy('whole.parquet', query));
    for (const share of [0.001, 0.5, 0.99, 0.9999]) {
      const path = files.write('cut.parquet', whole.subarray(0, Math.floor(whole.length * share)));
      expect(await told(inferredWords(path))).toBe(
        'cut.parquet: met no Parquet file, or one that is truncated, expected a whole Parquet file (ERR_DATA_FORMAT)',
      );
    }
  });

  test('as Parquet with other bytes in the middle is refused', async () => {
    const whole = readFileSync(
      await files.copy('middle.parquet', 'SELECT md5(i::VARCHAR) AS who FROM range(50000) r(i)'),
    );
    const spoilt = Buffer.from(whole);
    spoilt.fill(0xff, Math.floor(whole.length / 3), Math.floor(whole.length / 3) + 5000);
    const path = files.write('spoilt.parquet', spoilt);
    expect(await told(valuesRead(path, { who: 'categorical' }))).toContain('spoilt.parquet: met ');
  });

  test('as gzip that ends too early is refused, and not taken for a shorter file', async () => {
    const whole = gzipSync(`a,b\n${lines(20_000, i => `${i},${SECRET}`)}\n`);
    const path = files.write('cut.csv.gz', whole.subarray(0, whole.length - 100));
    expect(await told(inferredWords(path))).toBe(
      'cut.csv.gz: met compressed data that is damaged, or ends too early, expected a whole file (ERR_DATA_FORMAT)',
    );
  });

  test('as zstd with other bytes in the middle is refused', async () => {
    const path = await files.copy(
      'spoilt.csv.zst',
      'SELECT md5(i::VARCHAR) AS a, i AS b FROM range(50000) r(i)',
      'FORMAT csv, COMPRESSION zstd',
    );
    const bytes = readFileSync(path);
    bytes.fill(0xff, 5000, 9000);
    files.write('spoilt.csv.zst', bytes);
    expect(await told(valuesRead(path, { a: 'categorical' }))).toContain('spoilt.csv.zst: met ');
  });

  test('as a text that calls itself Parquet is refused', async () => {
    const path = files.write('text.parquet', `who\n${SECRET}\n`);
    expect(await told(inferredWords(path))).toContain('text.parquet: met no Parquet file');
  });
});

describe('a CSV file', () => {
  test('whose delimiter changes midway is refused with the line', async () => {
    const path = files.write(
      'changed.csv',
      `a,b\n${lines(3000, i => `${i},x`)}\n${lines(3000, () => `1;${SECRET}`)}\n`,
    );
    expect(await told(inferredWords(path))).toBe(
      'changed.csv: met line 3002: 1 cell, expected 2, as in the header (ERR_DATA_FORMAT) if cells are separated by another character, name it: --delimiter. It must be the same in all lines',
    );
  });

  test('with a row of more cells is refused with the line, and which of several files it is', async () => {
    const good = files.write('good.csv', 'a,b\n1,x\n');
    const path = files.write('more.csv', `a,b\n1,x\n2,${SECRET},3\n`);
    expect(await told(inferredWords({ files: [good, path] }))).toContain(
      'more.csv: met line 3: 3 cells, expected 2, as in the header',
    );
  });

  test('with a quote that is not closed is refused with the line', async () => {
    const path = files.write('open.csv', `a,b\n1,x\n2,"${SECRET}\n3,y\n`);
    expect(await told(inferredWords(path))).toContain('open.csv: met line 3: a quote that is not closed');
    const behind = files.write('behind.csv', `a,b\n1,"x"${SECRET}\n`);
    expect(await told(inferredWords(behind))).toContain(
      'behind.csv: met line 2: a quote that is not closed, or text behind',
    );
  });

  test('with a line of over 2 MB is refused', async () => {
    const path = files.write('long.csv', `a,b\n1,${SECRET.repeat(300_000)}\n`);
    expect(await told(inferredWords(path))).toContain('long.csv: met line 2: a line of over 2 MB');
  });

  test('without a header, without rows, or with nothing but line feeds is refused', async () => {
    expect(await told(inferredWords(files.write('numbers.csv', '1,2\n3,4\n')))).toContain(
      'a first line of numbers alone',
    );
    expect(await told(inferredWords(files.write('header.csv', 'a,b\n')))).toContain('header.csv: met no row');
    expect(await told(inferredWords(files.write('feeds.csv', '\n\n')))).toContain('feeds.csv: met no header');
  });

  test('with two columns of one name is refused, unless they differ in case', async () => {
    expect(await told(inferredWords(files.write('twice.csv', 'a,b,a\n1,2,3\n')))).toBe(
      'twice.csv: met two columns named "a", expected a name for each (ERR_DATA_COLUMN)',
    );
    const path = files.write('case.csv', 'a,A\n1,2\n');
    expect(await valuesRead(path, { A: 'numeric', a: 'numeric' })).toEqual([[2, 1]]);
  });

  test('of one row, or of one column, is read', async () => {
    expect(await inferredWords(files.write('row.csv', 'a,b\n1,x\n'))).toEqual([
      'a: numeric, numbers, always the same one',
      'b: categorical, text, always the same one',
    ]);
    // An empty line is a cell without a value here; Python's csv leaves it out.
    expect(await valuesRead(files.write('column.csv', 'a\n1\n\n2\n'), { a: 'numeric' })).toEqual([
      [1],
      [Number.NaN],
      [2],
    ]);
  });

  test('with the NUL character, all of Unicode, and names that SQL or JavaScript would trip over is read', async () => {
    const names = ['__proto__', 'constructor', `it's "quoted"`, 'SELECT', 'c0', 'rowid', '💥', 'n'.repeat(300), ' x '];
    const header = names.map(name => `"${name.replaceAll('"', '""')}"`).join(',');
    const cells = names.map((_, i) => `\u0000${i}💥é`);
    const path = files.write('names.csv', `${header}\n${cells.join(',')}\n`);
    const fit = names.filter(name => name !== '__proto__' && name.length < 256);
    const [read] = await valuesRead(path, Object.fromEntries(fit.map(name => [name, 'categorical' as const])));
    expect(read).toEqual(cells.filter((_, i) => fit.includes(names[i]!)));
    const [first, , , , , , , long] = await inferredWords(path);
    expect(first).toBe('__proto__: excluded, a name that no feature can have');
    expect(long).toContain('excluded, a name that no feature can have');
  });
});

describe('a JSON file', () => {
  test.each([
    ['a cut line', `{"a":1}\n{"a":"${SECRET}\n`, 'met object 2: what is no JSON'],
    ['no quotes', `{"a":1}\n{"a":${SECRET}}\n{"a":2}\n`, 'met object 2: what is no JSON'],
    ['half a surrogate pair', `{"a":"${SECRET}\\ud800"}\n`, 'what is no JSON'],
    ['an object over lines', `{\n"a":1}\n`, 'what is no JSON'],
    ['something else than objects', `{"a":1}\n["${SECRET}"]\n`, 'met a row that is no object'],
    ['an array of numbers', '[1,2]', 'met a row that is no object'],
    ['an empty array', '[]', 'met no object with a key'],
    ['empty objects', '{}\n{}\n', 'met no object with a key'],
    ['white space', ' \n ', 'met white space alone'],
  ])('of %s is refused', async (name, text, met) => {
    const refused = await told(inferredWords(files.write('bad.jsonl', text)));
    expect(refused, name).toContain(met);
    expect(refused, name).toMatch(/ERR_DATA_(FORMAT|EMPTY)/);
  });

  test('with a key that comes late, or twice, or only in case another, is read', async () => {
    const rows = [...Array.from({ length: 3000 }, () => '{"a":1}'), '{"A":2,"late":3,"twice":4,"twice":5}'];
    const path = files.write('keys.jsonl', rows.join('\n'));
    const read = await valuesRead(path, { a: 'numeric', A: 'numeric', late: 'numeric', twice: 'numeric' });
    expect([read[0], read[3000]]).toEqual([
      [1, Number.NaN, Number.NaN, Number.NaN],
      [Number.NaN, 2, 3, 4],
    ]);
  });
});

describe('a condition', () => {
  const path = () => files.write('rows.csv', `who,n\n${SECRET},1\nx,2\n`);
  const where = (condition: string) => told(inferredWords({ files: [path()], where: condition }));

  test('that is none is refused with what DuckDB says of it', async () => {
    expect(await where('nope > 1')).toContain('--where: met Referenced column "nope" not found in FROM clause!');
    expect(await where('n >')).toContain('--where: met syntax error at or near ")"');
    expect(await where('n > 1')).toContain('--where "CAST(amount AS DOUBLE) > 5"');
    expect(await where('true) UNION SELECT 1 AS a, 2 AS b FROM (SELECT 1')).toContain('--where: met syntax error');
  });

  test('that no row fits, or that stumbles over one, is refused without its value', async () => {
    expect(await where("n = '7'")).toContain('rows.csv: met no row');
    expect(await where('who::INTEGER = 1')).toContain("a value that can't be converted");
  });
});

test('all-null and constant columns, and 10,000 columns, are stated decisions', async () => {
  const query = 'SELECT NULL::DOUBLE AS nothing, 7 AS seven, true AS yes, i / 3 AS x FROM range(100) r(i)';
  expect(await inferredWords(await files.copy('constant.parquet', query))).toEqual([
    'nothing: excluded, no value in any row',
    'seven: numeric, numbers, always the same one',
    'yes: categorical, true or false',
    'x: numeric, numbers',
  ]);
  const names = Array.from({ length: 10_000 }, (_, i) => `x_${i}`);
  const wide = files.write(
    'wide.csv',
    `${names.join(',')}\n${lines(3, row => names.map((_, i) => row * i).join(','))}\n`,
  );
  expect(await told(inferredWords(wide))).toContain(
    "met 10000 features, parts counted, expected at most 1000 (ERR_DATA_COLUMNS) choose some with --only 'a,b,c', or leave some out with --exclude 'x_*'",
  );
});

test('too little memory is told as such', async () => {
  const query = 'SELECT md5(i::VARCHAR) || repeat(md5((i + 1)::VARCHAR), 100) AS who FROM range(60000) r(i)';
  const path = await files.copy('memory.parquet', query);
  expect(await told(inferredWords({ files: [path], memory: '12MB' }))).toContain(
    'more than the memory that DuckDB may take',
  );
});

test('an error keeps what DuckDB said as its cause', async () => {
  const path = files.write('cause.parquet', 'no Parquet at all');
  const error = await inferredWords(path).catch((caught: CliError) => caught);
  expect((error as CliError).cause).toBeInstanceOf(Error);
});

test('under 1,000 rows no baseline is learned', async () => {
  const path = files.write('little.csv', `a,b\n${lines(999, i => `${i / 2},x${i % 2}`)}\n`);
  await expect(learnedText(path)).rejects.toThrow('ERR_BASELINE_TOO_SMALL');
});
