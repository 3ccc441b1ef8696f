import { describe, expect, it } from 'vitest';
import { text } from '../../src/index.js';
import { difference, MISSING, measured, measures, partsOf } from './measured.js';

const LIMIT = 16_384;

it.each(measures<[string, number[]]>('texts'))('%j measures as Python has it', (value, expected) => {
  expect(difference(measured(text(), value)![0]!, expected)).toBeLessThanOrEqual(1e-15);
});

it('an empty text has no length, no words and no shares', () => {
  expect(measured(text(), '')).toEqual([[0, 0, MISSING, MISSING, MISSING, MISSING]]);
});

it.each([null, undefined])('%s is missing', value => {
  expect(measured(text(), value)).toEqual([[MISSING, MISSING, MISSING, MISSING, MISSING, MISSING]]);
});

it.each([5, true, 7n, Object('text'), ['text'], { length: 3 }, Symbol('s'), new Date(0), /x/])(
  'what is no string is of a wrong type, case %#',
  value => {
    expect(measured(text(), value)).toBeUndefined();
  },
);

describe('a text that is not Unicode', () => {
  it.each(['\ud800', '\udc00', '\ud800\ud800', '\udc00\ud800', 'a\ud800', '\udc00a'])(
    'has its halves counted, %j',
    value => {
      const { length, nonAscii, punctuation } = partsOf(text(), value);
      expect(length).toBe(value.length);
      expect(nonAscii).toBeGreaterThan(0);
      expect(punctuation).toBe(0);
    },
  );
});

describe('a long text', () => {
  it('has its whole length, and the words and shares of its beginning', () => {
    const value = `${'ab. '.repeat(LIMIT / 4)}${'?'.repeat(1_000_000)}`;
    expect(partsOf(text(), value)).toEqual({
      length: LIMIT + 1_000_000,
      words: LIMIT / 4,
      punctuation: 0.25,
      digits: 0,
      nonAscii: 0,
      repeated: 0,
    });
  });

  it('is not cut within a surrogate pair', () => {
    const pairs = '😀'.repeat(LIMIT);
    expect(partsOf(text(), `x${pairs}`)).toMatchObject({
      // Those that were looked at are one character each, the others two units.
      length: 1 + LIMIT / 2 + LIMIT,
      nonAscii: LIMIT / 2 / (LIMIT / 2 + 1),
    });
  });

  it('of exactly as many units as are looked at is looked at whole', () => {
    const value = `${'x'.repeat(LIMIT - 1)}!`;
    expect(partsOf(text(), value)).toMatchObject({ length: LIMIT, punctuation: 1 / LIMIT });
    expect(partsOf(text(), `x${value}`)).toMatchObject({ length: LIMIT + 1, punctuation: 0 });
  });
});

it('every code point has one class, whichever is met first', () => {
  const values = ['!', 'é', '–', '、', '٣', '𐄀', '𝟘', '😀', '\u2003'];
  const one = values.map(value => measured(text(), value));
  expect([...values].reverse().map(value => measured(text(), value))).toEqual(one.reverse());
});
