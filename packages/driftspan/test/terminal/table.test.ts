import { stripVTControlCharacters } from 'node:util';
import { expect, it } from 'vitest';
import { tableText } from '../../src/terminal/table.js';

it('texts stand to the left and numbers to the right, without borders', () => {
  const rows = [
    ['carrier', '27,004', '0 %'],
    ['temp', '9', '12.5 %'],
  ];
  expect(tableText(['name', 'rows', 'missing'], rows)).toBe(
    ['  name       rows  missing', '  carrier  27,004      0 %', '  temp          9   12.5 %', ''].join('\n'),
  );
});

it('a column with one word among numbers is of texts', () => {
  expect(tableText(['n'], [['1'], ['many']])).toBe('  n\n  1\n  many\n');
});

it('what is too wide is cut in one column, with …', () => {
  const rows = [
    ['a'.repeat(60), '1', 'b'],
    ['short', '2', 'c'],
  ];
  const lines = tableText(['name', 'rows', 'more'], rows, { width: 40, cut: 0 }).trimEnd().split('\n');
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(40);
  expect(lines[1]).toMatch(/^ {2}a+… +1 {2}b$/);
  expect(lines[2]).toMatch(/^ {2}short +2 {2}c$/);
});

it('wide characters and colours take the room that they take', () => {
  const red = (text: string) => `\u001b[31m${text}\u001b[39m`;
  const text = tableText(
    ['name', 'verdict', 'id'],
    [
      ['東京', { text: 'critical', colour: red }, 'x'],
      ['b', 'ok', 'y'],
    ],
  );
  const [, first, second] = stripVTControlCharacters(text).split('\n');
  // 東京 is two characters and four columns.
  expect(first!.indexOf('critical') + 2).toBe(second!.indexOf('ok'));
  expect(first!.indexOf('x') + 2).toBe(second!.indexOf('y'));
});

it('a name can not steer the terminal, nor begin a line', () => {
  const text = tableText(['name'], [['a\u001b[2Jb\nc']]);
  expect(text).toBe('  name\n  a\\u001b[2Jb\\u000ac\n');
});

it('a table without rows has its head', () => {
  expect(tableText(['name', 'rows'], [])).toBe('  name  rows\n');
});

it('cells beyond the head are left out, and those that lack are empty', () => {
  expect(tableText(['a', 'b'], [['x', 'y', 'z'], ['w']])).toBe('  a  b\n  x  y\n  w\n');
});
