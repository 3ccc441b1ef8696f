import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { addSourceOptions, columnList } from '../../src/request/source-options.js';

describe('names of columns with commas', () => {
  it('add up over several options', () => {
    expect(columnList('c, d*', columnList('a,b'))).toEqual(['a', 'b', 'c', 'd*']);
  });

  it('may hold a comma after a backslash', () => {
    expect(columnList('a\\,b,c')).toEqual(['a,b', 'c']);
  });

  it('are refused where there is none', () => {
    expect(() => columnList(' , ')).toThrow('Names of columns are expected');
  });
});

describe('options of what is read', () => {
  const parse = (...argv: string[]) =>
    addSourceOptions(new Command('x').exitOverride().configureOutput({ writeErr() {} }))
      .parse(argv, { from: 'user' })
      .opts();

  it('are taken as they are', () => {
    expect(parse('--format', 'csv', '--encoding', 'latin-1', '--delimiter', ';', '--threads', '2')).toEqual({
      format: 'csv',
      encoding: 'latin-1',
      delimiter: ';',
      threads: 2,
    });
  });

  it.each([
    ['--format', 'xlsx'],
    ['--encoding', 'ebcdic'],
    ['--threads', '0'],
    ['--threads', '1.5'],
  ])('refuse %s %s', (option, value) => {
    expect(() => parse(option, value)).toThrow();
  });
});
