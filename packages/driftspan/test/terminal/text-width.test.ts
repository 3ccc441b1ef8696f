import fc from 'fast-check';
import { expect, it } from 'vitest';
import { cutText, textWidth } from '../../src/terminal/text-width.js';

it.each([
  ['', 0],
  ['plain', 5],
  ['Zürich', 6],
  ['e\u0301', 1],
  ['東京', 4],
  ['서울', 4],
  ['ｗｉｄｅ', 8],
  ['😀', 2],
  ['…', 1],
  ['█▏', 2],
  ['\u001b[1m\u001b[31mred\u001b[39m\u001b[22m', 3],
])('%j takes %i columns', (text, columns) => {
  expect(textWidth(text)).toBe(columns);
});

it('a cut text fits, begins as the whole, and a whole one that fits is not cut', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), fc.integer({ min: 1, max: 50 }), (text, columns) => {
      const cut = cutText(text, columns);
      expect(textWidth(cut)).toBeLessThanOrEqual(Math.max(columns, textWidth('…')));
      if (textWidth(text) <= columns) expect(cut).toBe(text);
      else expect(text.startsWith(cut.slice(0, -1)) && cut.endsWith('…')).toBe(true);
    }),
  );
});
