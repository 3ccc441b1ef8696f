import { describe, expect, test } from 'vitest';
import { openSource } from '../../src/data/index.js';
import { inferredWords, refusal, TempFiles, valuesRead, withSource } from './temp-files.js';

const files = new TempFiles();
const columnsOf = (path: string, delimiter?: string) =>
  withSource({ files: [path], ...(delimiter === undefined ? {} : { delimiter }) }, async ({ columns }) =>
    columns.map(({ name }) => name),
  );

describe('a CSV file', () => {
  test.each([
    ['commas', 'a,b\n1,x;y\n2,z\n'],
    ['semicolons', 'a;b\n1;x,y\n2;z\n'],
    ['tabs', 'a\tb\n1\tx,y\n2\tz\n'],
    ['bars', 'a|b\n1|x,y\n2|z\n'],
  ])('with %s between its cells has its columns found', async (name, text) => {
    const path = files.write(`${name}.csv`, text);
    expect(await columnsOf(path)).toEqual(['a', 'b']);
    expect(await valuesRead(path, { a: 'numeric' })).toEqual([[1], [2]]);
  });

  test('named .tsv has tabs, and --delimiter says what nobody would guess', async () => {
    expect(await columnsOf(files.write('few.tsv', 'a,b\tc\n1,2\t3\n'))).toEqual(['a,b', 'c']);
    expect(await columnsOf(files.write('odd.csv', 'a::b\n1::2\n'), '::')).toEqual(['a', 'b']);
  });

  test('with decimal commas between semicolons is read at its semicolons', async () => {
    expect(await columnsOf(files.write('european.csv', 'a;b\n1,5;2,5\n3,5;4,5\n'))).toEqual(['a', 'b']);
  });

  test('has quotes, line feeds, delimiters and quotes in quotes as cells have them', async () => {
    const path = files.write('quoted.csv', '"a ""name""",b\n"x,y","two\nlines"\n"say ""hi""",plain "quote"\n');
    expect(await valuesRead(path, { 'a "name"': 'categorical', b: 'categorical' })).toEqual([
      ['x,y', 'two\nlines'],
      ['say "hi"', 'plain "quote"'],
    ]);
  });

  test('with a name over two lines is read', async () => {
    expect(await columnsOf(files.write('names.csv', 'a,"two\nlines"\n1,2\n'))).toEqual(['a', 'two\nlines']);
  });

  test.each([
    ['CRLF', 'a,b\r\n1,x\r\n,y\r\n'],
    ['CR', 'a,b\r1,x\r,y\r'],
    ['no end of the last line', 'a,b\n1,x\n,y'],
    ['a byte order mark', '\ufeffa,b\n1,x\n,y\n'],
    ['empty lines', 'a,b\n\n1,x\n\n,y\n\n'],
  ])('with %s is the same file', async (name, text) => {
    const path = files.write(`${name}.csv`, text);
    expect(await valuesRead(path, { a: 'numeric', b: 'categorical' })).toEqual([
      [1, 'x'],
      [Number.NaN, 'y'],
    ]);
  });

  test('in Latin-1 is refused with the option that reads it', async () => {
    const path = files.write('latin.csv', Buffer.from('name,café\nx,é\ny,ü\n', 'latin1'));
    const refused = await refusal(openSource({ files: [path] }, process.stdin));
    expect(refused).toBe(
      'latin.csv: met line 1: bytes that are not UTF-8, expected UTF-8, or the encoding to be named (ERR_DATA_ENCODING) files of older programs are often --encoding latin-1',
    );
    const options = { files: [path], encoding: 'latin-1' as const };
    expect(await valuesRead(options, { café: 'categorical' })).toEqual([['é'], ['ü']]);
  });

  test('in UTF-16 says so by its byte order mark', async () => {
    const text = '\ufeffa,b\n1,é\n';
    const little = files.write('little.csv', Buffer.from(text, 'utf16le'));
    expect(await valuesRead(little, { a: 'numeric', b: 'categorical' })).toEqual([[1, 'é']]);
    const big = files.write('big.csv', Buffer.from(text, 'utf16le').swap16());
    expect(await refusal(inferredWords(big))).toContain('UTF-16, big end first');
  });

  test('that is not UTF-8 far down is refused with the line', async () => {
    const good = Array.from({ length: 30_000 }, (_, i) => `${i},x`).join('\n');
    const path = files.write('late.csv', Buffer.from(`a,b\n${good}\n1,é\n`, 'latin1'));
    expect(await refusal(inferredWords(path))).toContain('met line 30002: bytes that are not UTF-8');
  });
});

describe('a cell of a numeric column', () => {
  const NAN = Number.NaN;
  const INVALID = Number.POSITIVE_INFINITY;
  /** As Python's `float` has them, but for the last three. */
  const CELLS: readonly (readonly [cell: string, number: number])[] = [
    ['', NAN],
    ['nan', NAN],
    ['-NaN', NAN],
    ['5', 5],
    [' 5 ', 5],
    ['\t5', 5],
    ['5\u00a0', 5],
    ['\u20035', 5],
    ['+5', 5],
    ['-5', -5],
    ['00501', 501],
    ['5.', 5],
    ['.5', 0.5],
    ['1_000', 1000],
    ['1__000', INVALID],
    ['1e5', 100_000],
    ['1E+5', 100_000],
    ['1e-400', 0],
    ['5e-324', 5e-324],
    ['0.1', 0.1],
    ['9007199254740993', 9_007_199_254_740_992],
    ['1.7976931348623157e308', Number.MAX_VALUE],
    ['1e400', INVALID],
    ['inf', INVALID],
    ['-Infinity', INVALID],
    ['0x10', INVALID],
    ['1e', INVALID],
    ['.', INVALID],
    ['1 2', INVALID],
    ['1d5', INVALID],
    ['"1,000"', INVALID],
    ['true', INVALID],
    ['NA', INVALID],
    ['null', INVALID],
    ['5 €', INVALID],
    ['+-5', -5],
    ['nan(1)', NAN],
    ['١٢', INVALID],
  ];

  test('counts as the number that Python would read, or as invalid', async () => {
    const path = files.write('cells.csv', `n,x\n${CELLS.map(([cell]) => `${cell},1`).join('\n')}\n`);
    const read = await valuesRead(path, { n: 'numeric' });
    // -Infinity is invalid too.
    const counted = read.map(([number]) => (Math.abs(number as number) === INVALID ? INVALID : number));
    expect(counted.map((number, i) => [CELLS[i]![0], number])).toEqual(CELLS);
  });
});

test('a cell of a categorical column is itself, and missing if it is empty', async () => {
  const path = files.write('categories.csv', 'c,x\n1.0,1\n"",1\n NA ,1\nnan,1\né✈️,1\n');
  expect(await valuesRead(path, { c: 'categorical' })).toEqual([['1.0'], [undefined], [' NA '], ['nan'], ['é✈️']]);
});

test('a cell of numbers in brackets is a vector', async () => {
  const path = files.write('vectors.csv', 'v;x\n[0.5, 2];1\n"[1, null]";1\nnone;1\n;1\n');
  expect(await valuesRead(path, { v: 'embedding' })).toEqual([
    [[0.5, 2]],
    [[1, Number.NaN]],
    [Number.POSITIVE_INFINITY],
    [undefined],
  ]);
});
