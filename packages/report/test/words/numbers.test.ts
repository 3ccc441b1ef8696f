import { describe, expect, it } from 'vitest';
import { countText, numberText, numberTexts, psiText, sharesText, shareText } from '../../src/words/numbers.js';

describe('a number in a sentence', () => {
  it.each([
    [80.09999, '80.1'],
    [1006.84, '1,007'],
    [27004, '27,004'],
    [0.012345, '0.0123'],
    [-3.5, '−3.5'],
    [0, '0'],
    [-0, '0'],
    [1.2e-7, '1.2e-7'],
    [1.234e12, '1.23e+12'],
    [Number.NaN, 'unknown'],
    [Number.POSITIVE_INFINITY, 'infinity'],
    [Number.NEGATIVE_INFINITY, '−infinity'],
  ])('%s is %s', (value, text) => {
    expect(numberText(value)).toBe(text);
  });

  it('has as many digits as tell it from the one beside it', () => {
    expect(numberTexts([1017.26, 1015.1])).toEqual(['1,017', '1,015']);
    expect(numberTexts([13.654, 13.577])).toEqual(['13.65', '13.58']);
    expect(numberTexts([2013.25, 2013.75])).toEqual(['2,013.3', '2,013.8']);
    expect(numberTexts([5, 5])).toEqual(['5', '5']);
    expect(numberTexts([Number.NaN, 5])).toEqual(['unknown', '5']);
    expect(numberTexts([0, 0])).toEqual(['0', '0']);
  });

  it('as a count has commas and no fraction', () => {
    expect(countText(336_776)).toBe('336,776');
    expect(countText(Number.NaN)).toBe('unknown');
  });
});

describe('a share', () => {
  it.each([
    [0.2312, '23.1 %'],
    [0.0042, '0.42 %'],
    [0.3, '30 %'],
    [0, '0 %'],
    [1, '100 %'],
    [1e-9, 'under 0.01 %'],
    [1 - 1e-9, 'over 99.99 %'],
    [0.99945, '99.94 %'],
    [Number.NaN, 'unknown'],
  ])('of %s is %s', (share, text) => {
    expect(shareText(share)).toBe(text);
  });

  it('beside another has a digit after the point only where they need it', () => {
    expect(sharesText(0.93, 0.744)).toEqual(['93 %', '74 %']);
    expect(sharesText(0.144, 0.137)).toEqual(['14.4 %', '13.7 %']);
    expect(sharesText(0.0054, 0.231)).toEqual(['0.54 %', '23.1 %']);
    expect(sharesText(Number.NaN, 0.2)).toEqual(['unknown', '20 %']);
  });
});

describe('an index', () => {
  it.each([
    [10.31, '10.3'],
    [0.9149, '0.91'],
    [0.0621, '0.062'],
    [0.0002, 'under 0.001'],
    [0, '0'],
    [Number.NaN, 'unknown'],
  ])('of %s is %s', (psi, text) => {
    expect(psiText(psi)).toBe(text);
  });
});
