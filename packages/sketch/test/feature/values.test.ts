import { describe, expect, it } from 'vitest';
import { categorical, categoryOf, numeric, numericValue } from '../../src/index.js';
import { refusal } from '../refusal.js';

/** Fails whoever asks it for a number or a text. */
const touchy = {
  valueOf: () => expect.unreachable(),
  toString: () => expect.unreachable(),
  [Symbol.toPrimitive]: () => expect.unreachable(),
};

describe('the number a value counts as', () => {
  it.each([
    [1.5, 1.5],
    [-0, -0],
    [true, 1],
    [false, 0],
    [12n, 12],
    [2n ** 64n, 2 ** 64],
    [Number.MAX_VALUE, Number.MAX_VALUE],
  ])('%s is %s', (value, number) => {
    expect(numericValue(value)).toBe(number);
  });

  it.each([null, undefined, Number.NaN])('%s is missing', value => {
    expect(numericValue(value)).toBeNaN();
  });

  it.each([
    Number.POSITIVE_INFINITY,
    Number.NEGATIVE_INFINITY,
    '5',
    '',
    10n ** 400n,
    -(10n ** 400n),
    [5],
    new Date(0),
    Symbol('s'),
    () => 5,
    touchy,
  ])('invalid case %#', value => {
    expect(numericValue(value)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe('the category a value counts as', () => {
  it.each([
    ['a', 'a'],
    ['', ''],
    [1, '1'],
    [1e21, '1e+21'],
    [-0, '0'],
    [5n, '5'],
    [false, 'false'],
  ])('%s is "%s"', (value, category) => {
    expect(categoryOf(value)).toBe(category);
  });

  it.each([null, undefined, Number.NaN])('%s is missing', value => {
    expect(categoryOf(value)).toBeUndefined();
  });

  it.each([Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, {}, ['a'], Symbol('s'), () => 'a', touchy])(
    'invalid case %#',
    value => {
      expect(categoryOf(value)).toBeNull();
    },
  );
});

describe('declarations', () => {
  it('hold what they are given and nothing else', () => {
    const select = (row: { x: number }) => row.x;
    expect(numeric()).toEqual({ kind: 'numeric' });
    expect(numeric({ select })).toEqual({ kind: 'numeric', read: select });
    expect(categorical()).toEqual({ kind: 'categorical', limit: 64 });
    expect(categorical({ select, limit: 5 })).toEqual({ kind: 'categorical', read: select, limit: 5 });
  });

  it.each([0, -1, 1.5, 1025, Number.NaN, Number.POSITIVE_INFINITY])('refuse a limit of %s', limit => {
    refusal('ERR_MODEL', () => categorical({ limit }));
  });

  it('take limits from 1 to 1024', () => {
    expect([categorical({ limit: 1 }).limit, categorical({ limit: 1024 }).limit]).toEqual([1, 1024]);
  });
});
