import { describe, expect, it } from 'vitest';
import { columnMatcher } from '../../src/contract/column-matcher.js';

describe('columns named on the command line', () => {
  it('are whole names, of which * is any characters', () => {
    const matches = columnMatcher(['temp', 'wind_*', '*.length']);
    expect(['temp', 'wind_gust', 'wind_', 'note.length'].every(matches)).toBe(true);
    expect(['temperature', 'wind', 'a.temp', 'note-length'].some(matches)).toBe(false);
  });

  it('hold characters that mean something elsewhere', () => {
    const matches = columnMatcher(['a.b', 'x+(y)?', 'line\nfeed']);
    expect(['a.b', 'x+(y)?', 'line\nfeed'].every(matches)).toBe(true);
    expect(['aXb', 'x', 'xxy'].some(matches)).toBe(false);
  });

  it('are none where none is named', () => {
    expect(columnMatcher()('anything')).toBe(false);
  });
});
