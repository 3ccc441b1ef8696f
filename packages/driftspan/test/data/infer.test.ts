import { describe, expect, test } from 'vitest';
import type { ColumnChoices, ColumnKind } from '../../src/data/index.js';
import { inferred, inferredWords, refusal, TempFiles } from './temp-files.js';

const files = new TempFiles();

/** A CSV file of 1,000 rows with one column more. */
function column(cell: (i: number) => string | number, name = 'x'): string {
  const lines = Array.from({ length: 1000 }, (_, i) => `${cell(i)},${i / 8}`);
  return files.write('column.csv', `"${name}",other\n${lines.join('\n')}\n`);
}

async function words(cell: (i: number) => string | number, name?: string): Promise<string> {
  const [first] = await inferredWords(column(cell, name));
  return first!;
}

async function jsonWords(value: (i: number) => unknown): Promise<string> {
  const lines = Array.from({ length: 1000 }, (_, i) => JSON.stringify({ x: value(i), other: i / 8 }));
  const [first] = await inferredWords(files.write('column.jsonl', lines.join('\n')));
  return first!;
}

const features = (given: Record<string, { kind: ColumnKind; limit?: number }>) => new Map(Object.entries(given));

describe('a column that nobody named', () => {
  test('of numbers is numeric', async () => {
    expect(await words(i => i / 3)).toBe('x: numeric, numbers');
    expect(await words(i => i * i)).toBe('x: numeric, numbers');
    expect(await words(() => 7)).toBe('x: numeric, numbers, always the same one');
    expect(await words(i => i % 2)).toBe('x: numeric, numbers');
  });

  test('of few whole numbers is numeric, and the user is told how it becomes categorical', async () => {
    expect(await words(i => i % 12, 'my month')).toBe(
      "my month: numeric, numbers; 12 different whole ones: --feature 'my month':categorical if they are names of something",
    );
  });

  test('of numbers and up to 1 % of other cells is numeric, and the rest invalid', async () => {
    expect(await words(i => (i < 5 ? 'n/a' : i / 3))).toBe(
      'x: numeric, numbers; 0.5 % of the values are none and count as invalid',
    );
  });

  test('of 50 to 99 % numbers is refused until its kind is named', async () => {
    const cell = (i: number) => (i % 4 === 0 ? 'n/a' : i / 3);
    expect(await refusal(words(cell, 'a b'))).toBe(
      "columns: met a b: 75 % of the values read as numbers, expected a kind for each (ERR_DATA_KIND) say what they are, as --feature 'a b':numeric or --feature 'a b':categorical, or leave them out with --exclude 'a b'",
    );
    const path = column(cell);
    const [x] = await inferred(path, { features: features({ x: { kind: 'categorical', limit: 5 } }) });
    expect(x).toMatchObject({ use: 'feature', kind: 'categorical', limit: 5, reason: 'named on the command line' });
    const [left] = await inferred(path, { exclude: ['x'] });
    expect(left).toMatchObject({ use: 'excluded', reason: 'named on the command line' });
  });

  test('of texts is categorical', async () => {
    expect(await words(i => `word ${i % 14}`)).toBe('x: categorical, text, 14 categories');
    expect(await words(() => 'same')).toBe('x: categorical, text, always the same one');
    expect(await words(i => (i % 5 === 0 ? i : `word ${i % 14}`))).toContain('x: categorical, text');
    expect(await words(i => (i % 2 === 0 ? 'true' : 'false'))).toBe('x: categorical, text, 2 categories');
  });

  test('of numbers with leading zeros is categorical', async () => {
    expect(await words(i => String(i % 300).padStart(5, '0'), 'zip')).toBe(
      'zip: categorical, numbers with leading zeros: codes',
    );
    expect(await words(i => i / 1000)).toBe('x: numeric, numbers');
  });

  test('of texts that somebody wrote is text', async () => {
    const path = (i: number) => `this is what customer ${i} wrote to us about it`;
    expect(await words(path)).toMatch(/^x: text, texts of \d+ characters on average$/);
    expect(await words(i => 'long'.repeat(30) + (i % 3))).toMatch(/^x: text, /);
  });

  test('of which nearly every value differs is an identifier', async () => {
    expect(await words(i => `order-${i}`)).toBe('x: excluded, nearly every value differs: an identifier');
    expect(await words(i => 10_000 + i, 'order_id')).toBe('order_id: excluded, every value differs: an identifier');
    expect(await words(i => 10_000 + i, 'rowId')).toBe('rowId: excluded, every value differs: an identifier');
    expect(await words(i => i, 'Unnamed: 0')).toBe('Unnamed: 0: excluded, every value differs: an identifier');
    expect(await words(i => i, 'paid')).toBe('paid: numeric, numbers');
    expect(await words(i => i % 400, 'store_id')).toBe('store_id: numeric, numbers');
  });

  test('of times is a date-time', async () => {
    expect(await words(i => `2013-01-${10 + (i % 20)}`)).toBe('x: datetime, times in ISO 8601');
    expect(await words(i => `2013-01-31 17:${10 + (i % 50)}:00+01:00`)).toBe('x: datetime, times in ISO 8601');
    expect(await words(i => 1_357_016_400_000 + i * 60_000)).toBe(
      'x: numeric, numbers; they look like times: --time-column, or --feature x:datetime',
    );
    const path = await files.copy(
      'time.parquet',
      "SELECT TIMESTAMP '2013-01-01' + INTERVAL (i) HOUR AS t, DATE '2013-01-01' + i::INTEGER AS d FROM range(1000) r(i)",
    );
    expect(await inferredWords(path)).toEqual(['t: datetime, times', 'd: datetime, times']);
    const [t] = await inferred(path, { time: 't' });
    expect(t).toMatchObject({ use: 'time', reason: 'named on the command line' });
  });

  test('without a value, or with a name that no feature can have, is left out', async () => {
    expect(await words(() => '')).toBe('x: excluded, no value in any row');
    for (const name of ['', '__proto__', 'n'.repeat(300), 'prediction.label']) {
      expect(await words(i => i / 3, name)).toBe(`${name}: excluded, a name that no feature can have`);
    }
  });

  test('of lists of one length is an embedding', async () => {
    expect(await jsonWords(i => [i, 0.5, 1])).toBe('x: embedding, lists of 3 numbers');
    expect(await jsonWords(i => (i % 2 ? [1] : [1, 2]))).toBe('x: refused, lists of 1 to 2 numbers, no vectors');
    expect(await jsonWords(() => ['a'])).toBe('x: refused, nested values, which nothing counts');
    expect(await jsonWords(() => ({ a: 1 }))).toBe('x: refused, nested values, which nothing counts');
    expect(await words(i => `"[${i}, 0.5, 1]"`)).toBe('x: embedding, lists of 3 numbers');
  });

  test('of JSON values of several types is what most of them are, and refused between 10 and 90 %', async () => {
    expect(await jsonWords(i => (i % 20 === 0 ? 'n/a' : i / 3))).toBe(
      'x: numeric, numbers; 5.0 % of the values are none and count as invalid',
    );
    expect(await jsonWords(i => (i % 20 === 0 ? i : `word ${i % 3}`))).toContain('x: categorical, text');
    expect(await jsonWords(i => (i % 20 === 0 ? true : `word ${i % 3}`))).toContain('x: categorical, ');
    expect(await refusal(jsonWords(i => (i % 2 === 0 ? 'n/a' : i)))).toContain(
      'x: 50 % numbers among other values, expected a kind for each (ERR_DATA_KIND)',
    );
    expect(await jsonWords(i => i % 2 === 0)).toBe('x: categorical, true or false');
    expect(await jsonWords(i => String(i % 9))).toBe('x: categorical, text, 9 categories');
  });
});

describe('what the user says', () => {
  const rows = Array.from({ length: 100 }, (_, i) => `${i / 8},${i},w${i % 3},late,0.5,${i}`).join('\n');
  const path = () => files.write('said.csv', `x_1,x_2,word,answer,p,t\n${rows}\n`);

  test('goes before what the file holds', async () => {
    const choices: Partial<ColumnChoices> = {
      exclude: ['x_*'],
      features: features({ x_2: { kind: 'numeric' } }),
      sensitive: ['word'],
      label: 'answer',
      confidence: 'p',
      time: 't',
    };
    const uses = (await inferred(path(), choices)).map(({ name, use, kind, sensitive }) => [
      name,
      use,
      kind,
      sensitive,
    ]);
    expect(uses).toEqual([
      ['x_1', 'excluded', undefined, false],
      ['x_2', 'excluded', undefined, false],
      ['word', 'feature', 'categorical', true],
      ['answer', 'label', undefined, false],
      ['p', 'confidence', undefined, false],
      ['t', 'time', undefined, false],
    ]);
    const only = await inferred(path(), { only: ['word', 'x_1'] });
    expect(only.filter(({ use }) => use === 'feature').map(({ name }) => name)).toEqual(['x_1', 'word']);
    expect(only[1]!.reason).toBe('not among those named');
  });

  test('of a column that is not there is refused with the nearest name', async () => {
    const refused = (choices: Partial<ColumnChoices>) => refusal(inferred(path(), choices));
    expect(await refused({ label: 'anwser' })).toBe(
      'anwser: met no such column, expected a column of the data (ERR_DATA_COLUMN) did you mean answer?',
    );
    for (const choices of [{ exclude: ['wrod'] }, { sensitive: ['wrod'] }, { only: ['wrod'] }]) {
      expect(await refused(choices)).toContain('did you mean word?');
    }
    expect(await refused({ features: features({ qqqqqq: { kind: 'text' } }) })).toContain('there are x_1, x_2, word');
    expect(await refused({ exclude: ['y_*'] })).toContain('ERR_DATA_COLUMN');
  });

  test('of a kind that no value can be is refused', async () => {
    const kinds = (kind: ColumnKind) => refusal(inferred(path(), { features: features({ word: { kind } }) }));
    expect(await kinds('numeric')).toContain(
      'word: no value that can be numeric, expected a kind for each (ERR_DATA_KIND)',
    );
    expect(await kinds('embedding')).toContain('word: no value that can be embedding');
    expect(await kinds('datetime')).toContain('word: no value that can be datetime');
  });

  test('may leave nothing over, which is refused with the reasons', async () => {
    expect(await refusal(inferred(path(), { exclude: ['*'] }))).toContain(
      'met none that can be a feature, expected at least one (ERR_DATA_COLUMNS) x_1: named on the command line; x_2:',
    );
  });

  test('must leave at most 1,000 features, parts counted', async () => {
    const names = Array.from({ length: 1001 }, (_, i) => `x_${i}`);
    const line = (row: number) => names.map((_, i) => row * i + 0.5).join(',');
    const wide = files.write('wide.csv', `${names.join(',')}\n${line(1)}\n${line(2)}\n`);
    expect(await refusal(inferred(wide))).toContain(
      'met 1001 features, parts counted, expected at most 1000 (ERR_DATA_COLUMNS)',
    );
    expect(await inferred(wide, { exclude: ['x_1000'] })).toHaveLength(1001);
  });
});

describe('columns that look personal', () => {
  const rows = Array.from({ length: 50 }, (_, i) => `a${i % 9}@example.org,${i % 7},${i % 5}-x,${i / 8}`).join('\n');
  const path = () => files.write('personal.csv', `contact,phone_number,birth date,x\n${rows}\n`);

  test('are refused all at once, without a value, with the flags to paste', async () => {
    const refused = await refusal(inferred(path()));
    expect(refused).toBe(
      "columns: met contact (by its values e-mail addresses), phone_number (by its name a telephone number), birth date (by its name a date of birth), expected columns that tell of no person, or to be told what to do with them (ERR_DATA_PERSONAL) leave them out with --exclude contact --exclude phone_number --exclude 'birth date', or count them without their values in the file, as with --sensitive contact",
    );
    expect(refused).not.toContain('@');
  });

  test('are taken as the user says', async () => {
    const choices: Partial<ColumnChoices> = {
      exclude: ['birth date'],
      sensitive: ['contact'],
      features: features({ phone_number: { kind: 'categorical' } }),
    };
    const uses = (await inferred(path(), choices)).map(({ use }) => use);
    expect(uses).toEqual(['feature', 'feature', 'excluded', 'feature']);
  });
});
