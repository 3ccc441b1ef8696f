import picocolors from 'picocolors';
import { describe, expect, it } from 'vitest';
import { wrapped } from '../../src/terminal/wrapped.js';

describe('wrapped prose', () => {
  it('breaks between words, the indent counted', () => {
    expect(wrapped('one two three four', 9)).toEqual(['one two', 'three', 'four']);
    expect(wrapped('one two three four', 9, '  ')).toEqual(['  one two', '  three', '  four']);
    expect(wrapped('one two three', 9, '    ', '- ')).toEqual(['- one two', '    three']);
  });

  it('keeps a percentage in one piece and leaves a long word whole', () => {
    expect(wrapped('that is 31 % of it', 10)).toEqual(['that is', '31 % of it']);
    expect(wrapped('a incomprehensibilities b', 5)).toEqual(['a', 'incomprehensibilities', 'b']);
  });

  it('gives colours no room', () => {
    const { red } = picocolors.createColors(true);
    expect(wrapped(`${red('one')} two three`, 7)).toEqual([`${red('one')} two`, 'three']);
  });
});
