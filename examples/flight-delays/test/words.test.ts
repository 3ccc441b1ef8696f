import { expect, test } from 'vitest';
import { lasting, list, moment, share, wrap } from '../src/words.js';

const HOUR_MS = 3_600_000;

test.each([
  [0.4, '24 minutes'],
  [1, '1 hour'],
  [1.6, '1.6 hours'],
  [11.2, '11 hours'],
  [42, '42 hours'],
  [168, '7 days'],
  [206, '8.6 days'],
])('%d hours are told as %s', (hours, text) => {
  expect(lasting(hours * HOUR_MS)).toBe(text);
});

test('a moment is told without its year', () => {
  expect(moment('2013-05-25T13:36')).toBe('25 May 13:36');
  expect(moment('2013-12-05T00:00')).toBe(' 5 Dec 00:00');
});

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
])('the list of %j', (names, text) => {
  expect(list(names)).toBe(text);
});

test('a text is broken between words, and a number stays with its percent sign', () => {
  expect(wrap(`- of it ${share(0.31)} are`, 10, '  ')).toEqual(['- of it', '  31 % are']);
});
