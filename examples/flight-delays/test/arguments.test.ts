import { expect, test } from 'vitest';
import { readArguments, UsageError } from '../src/arguments.js';
import { nodeProblem } from '../src/node-version.js';

test.each([
  ['7', [7]],
  ['1-3', [1, 2, 3]],
  ['12,1,1-2', [1, 2, 12]],
  ['1-12', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]],
])('--months %s', (text, months) => {
  expect(readArguments(['--months', text]).months).toEqual(months);
});

test.each(['0', '13', '3-1', 'May', '', '1-', '1.5', '-2'])('--months %s is refused', text => {
  expect(() => readArguments([`--months=${text}`])).toThrow(UsageError);
});

test('the whole year and a day are the default, and an option that is none is refused', () => {
  expect(readArguments([])).toEqual({
    help: false,
    json: false,
    counts: false,
    months: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
    window: '1d',
  });
  expect(readArguments(['--window', '7d']).window).toBe('7d');
  expect(() => readArguments(['--jsno'])).toThrow(UsageError);
  expect(() => readArguments(['--counts'])).toThrow('--json');
});

test.each([
  ['20.19.0', true],
  ['20.20.2', true],
  ['22.0.0', true],
  ['20.18.3', false],
  ['18.20.1', false],
])('Node %s', (version, runs) => {
  expect(nodeProblem(version) === undefined).toBe(runs);
});
