import fc from 'fast-check';
import { expect, it } from 'vitest';
import { bytes, count, duration, number, plural, printable, share } from '../../src/terminal/words.js';

it('counts are grouped', () => {
  expect([0, 999, 1000, 27_004, 10_000_000].map(count)).toEqual(['0', '999', '1,000', '27,004', '10,000,000']);
});

it('shares have three digits, and are never 0 % of something or 100 % of less than all', () => {
  expect([0, 0.231, 0.5, 1, 0.00042, 0.000001, 0.99996].map(share)).toEqual([
    '0 %',
    '23.1 %',
    '50 %',
    '100 %',
    '0.042 %',
    '<0.001 %',
    '>99.9 %',
  ]);
  expect(share(Number.NaN)).toBe('–');
});

it('numbers have at most four digits, and all of their thousands', () => {
  expect(
    [0, 12.345, -0.00123456, 123_456.7, 1.5e15, 2.5e-7, 1e21, Number.NaN, Number.POSITIVE_INFINITY].map(number),
  ).toEqual(['0', '12.35', '-0.001235', '123,457', '1.5e+15', '2.5e-7', '1e+21', '–', '∞']);
});

it('a number reads back within a part in a thousand', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }), value => {
      const read = Number(number(value).replaceAll(',', ''));
      expect(Math.abs(read - value)).toBeLessThanOrEqual(Math.abs(value) * 1e-3);
    }),
  );
});

it('bytes, durations and plurals are in a unit that suits them', () => {
  expect([0, 999, 1000, 1_234_567, 3e9].map(bytes)).toEqual(['0 B', '999 B', '1 kB', '1.23 MB', '3 GB']);
  expect([3, 1500, 90_000, 600_000, 7_200_000, 86_400_000 * 30].map(duration)).toEqual([
    '3 ms',
    '1.5 s',
    '90 s',
    '10 min',
    '2 h',
    '30 days',
  ]);
  expect([plural(1, 'row'), plural(2000, 'row'), plural(2, 'category', 'categories')]).toEqual([
    '1 row',
    '2,000 rows',
    '2 categories',
  ]);
});

it('what would steer a terminal is shown instead', () => {
  expect(printable('a\u001b[31mred\u0007\n')).toBe('a\\u001b[31mred\\u0007\\u000a');
  expect(printable('\u202egnp.exe')).toBe('\\u202egnp.exe');
  expect(printable('Zürich 東京 😀')).toBe('Zürich 東京 😀');
});
