import { describe, expect, it } from 'vitest';
import { printable } from '../../src/words/names.js';

describe('a name that nobody checked', () => {
  it('keeps what can be printed, in any script', () => {
    expect(printable('température ‎نوع 🛫 <b>')).toBe('température ‎نوع 🛫 <b>');
  });

  it('has its control characters written out, so that no terminal obeys them', () => {
    expect(printable('a\u001b[31mred\u0007\r\n\u009b')).toBe('a\\u001b[31mred\\u0007\\u000d\\u000a\\u009b');
  });

  it('turns no text around: overrides and isolates are written out', () => {
    expect(printable('abc\u202edcb\u2069')).toBe('abc\\u202edcb\\u2069');
  });

  it('is well-formed whatever it was', () => {
    expect(printable('\ud800x')).toBe('\\ud800x');
  });

  it('is cut to a length, never through a character', () => {
    expect(printable('x'.repeat(300), 60)).toHaveLength(60);
    expect(printable('🛫🛫🛫', 4)).toBe('🛫…');
    expect(printable('abc', 3)).toBe('abc');
  });
});
