import { describe, expect, it } from 'vitest';
import { dayText, lastingText, momentText } from '../../src/words/times.js';

describe('a time', () => {
  it('is told in UTC', () => {
    expect(dayText(Date.UTC(2013, 6, 1))).toBe('1 Jul 2013');
    expect(momentText(Date.UTC(2013, 6, 1, 14, 5))).toBe('1 Jul 2013 14:05 UTC');
  });

  it('that is none is nothing', () => {
    expect(dayText(Number.NaN)).toBe('');
    expect(momentText(1e20)).toBe('');
  });
});

describe('a length of time', () => {
  it.each([
    [1440_000, '24 minutes'],
    [3_600_000, '1 hour'],
    [86_400_000, '24 hours'],
    [7 * 86_400_000, '7 days'],
    [90_000, '1.5 minutes'],
    [4000, '4 seconds'],
  ])('of %s ms is %s', (ms, text) => {
    expect(lastingText(ms)).toBe(text);
  });
});
