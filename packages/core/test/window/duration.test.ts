import { describe, expect, it } from 'vitest';
import { parseWindow } from '../../src/window/duration.js';

describe('parseWindow', () => {
  it.each([
    ['60s', 60_000],
    ['1m', 60_000],
    ['30m', 1_800_000],
    ['1h', 3_600_000],
    ['1.5h', 5_400_000],
    ['0.5d', 43_200_000],
    ['1d', 86_400_000],
    ['2w', 1_209_600_000],
    ['90d', 7_776_000_000],
  ])('%s is %i ms', (text, ms) => {
    expect(parseWindow(text)).toBe(ms);
  });

  it.each([
    '59s',
    '0.9m',
    '91d',
    '13w',
    '0h',
    '-1h',
    '1',
    'h',
    '1 h',
    ' 1h',
    '1h ',
    '1h\n',
    '1H',
    '1e3s',
    '.5h',
    '1.h',
    '1y',
    '1ms',
    '',
    'NaN',
    'Infinityd',
  ])('%j is refused with the value met and the form expected', text => {
    expect(() => parseWindow(text)).toThrow(
      expect.objectContaining({ code: 'ERR_OPTION', met: text, expected: expect.stringContaining("'1h'") }),
    );
  });

  it.each([3600, null, undefined, {}, ['1h']])('%j is not a text and is refused', value => {
    expect(() => parseWindow(value as never)).toThrow(expect.objectContaining({ code: 'ERR_OPTION' }));
  });

  it('a length of 400 digits is refused, not taken for infinity', () => {
    expect(() => parseWindow(`${'9'.repeat(400)}h`)).toThrow(expect.objectContaining({ code: 'ERR_OPTION' }));
  });
});
