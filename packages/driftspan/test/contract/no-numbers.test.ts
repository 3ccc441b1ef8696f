import { describe, expect, it } from 'vitest';
import { noNumber, noNumberWords } from '../../src/contract/no-numbers.js';

describe('what stands where a number is expected', () => {
  it.each([
    ['5', 'quoted'],
    [' -1.5e3 ', 'quoted'],
    ['.5', 'quoted'],
    ['1,5', 'comma'],
    ['-12345,25', 'comma'],
    ['1,234', 'grouped'],
    ['1,234,567.8', 'grouped'],
    ['5 %', 'unit'],
    ['$5.20', 'unit'],
    ['12 km/h', 'unit'],
    ['7.5°C', 'unit'],
    ['N/A', 'placeholder'],
    ['', 'placeholder'],
    ['--', 'placeholder'],
    ['NULL', 'placeholder'],
    ['seven', 'text'],
    ['12 Main Street', 'text'],
    ['9'.repeat(65), 'text'],
    [true, 'other'],
    [Number.NaN, 'other'],
  ] as const)('%j is %s', (value, kind) => {
    expect(noNumber(value)).toBe(kind);
  });

  it.each([5, 0, null, undefined])('%j is not told', value => {
    expect(noNumber(value)).toBeUndefined();
  });

  it('is put into words, the most frequent first', () => {
    expect(noNumberWords(new Map([['text', 2]]))).toBe('text');
    expect(
      noNumberWords(
        new Map([
          ['text', 2],
          ['comma', 9],
        ] as const),
      ),
    ).toBe('numbers with a decimal comma and text');
    expect(
      noNumberWords(
        new Map([
          ['text', 2],
          ['comma', 9],
          ['other', 1],
        ] as const),
      ),
    ).toBe('numbers with a decimal comma, text and others');
  });
});
