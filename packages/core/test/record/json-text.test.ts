import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutText } from '../../src/record/json-text.js';

const bytesOf = (text: string) => Buffer.byteLength(JSON.stringify(text));
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.integer({ min: 0, max: 0xffff })).map(units => String.fromCharCode(...units)),
);

test('a text that fits comes back whole, with the bytes that JSON.stringify makes of it', () => {
  fc.assert(
    fc.property(anyText, text => {
      expect(cutText(text, 1e9, 1e9)).toEqual({ text, bytes: bytesOf(text) });
    }),
  );
});

test('a cut text is the longest start that fits characters and bytes', () => {
  fc.assert(
    fc.property(anyText, fc.nat(20), fc.integer({ min: 2, max: 60 }), (text, characters, bytes) => {
      const { text: kept, bytes: spent } = cutText(text, characters, bytes)!;
      const points = [...text];
      const count = [...kept].length;
      expect(kept).toBe(points.slice(0, count).join(''));
      expect(spent).toBe(bytesOf(kept));
      expect(spent).toBeLessThanOrEqual(bytes);
      expect(count).toBeLessThanOrEqual(characters);
      if (count < Math.min(points.length, characters)) {
        expect(bytesOf(points.slice(0, count + 1).join(''))).toBeGreaterThan(bytes);
      }
    }),
  );
});

test('a pair is never cut in half', () => {
  expect(cutText('a💥b', 2, 100)?.text).toBe('a💥');
  expect(cutText('a💥b', 10, 6)?.text).toBe('a');
});

test('nothing is left of a text where not even its quotes fit', () => {
  expect(cutText('a', 10, 1)).toBeUndefined();
  expect(cutText('a', 10, 2)).toEqual({ text: '', bytes: 2 });
});
