import { expect, it } from 'vitest';
import { SketchError, shown } from '../src/errors.js';

it('an error says where, what was met and what was expected, and carries its code', () => {
  const cause = new Error('first');
  const error = new SketchError('ERR_BASELINE_ID', 'features[3].id', '"a"', '"b"', cause);
  expect(error.message).toBe('features[3].id: met "a", expected "b" (ERR_BASELINE_ID)');
  expect({ ...error }).toMatchObject({
    name: 'SketchError',
    code: 'ERR_BASELINE_ID',
    where: 'features[3].id',
    met: '"a"',
    expected: '"b"',
  });
  expect(error.cause).toBe(cause);
  expect(error).toBeInstanceOf(Error);
});

it('an error without a cause has none', () => {
  expect('cause' in new SketchError('ERR_MODEL', 'a', 'b', 'c')).toBe(false);
});

it.each([
  ['text', '"text"'],
  ['a "quote"\n', '"a \\"quote\\"\\n"'],
  [5, '5'],
  [-0, '-0'],
  [null, 'null'],
  [undefined, 'undefined'],
  [true, 'true'],
  [[1, 2], 'an array of 2'],
  [{ toString: () => 'secret' }, 'a value of type object'],
  [5n, 'a value of type bigint'],
  [Symbol('s'), 'a value of type symbol'],
])('shown case %#', (value, text) => {
  expect(shown(value)).toBe(text);
});

it('a long text is cut', () => {
  expect(shown('x'.repeat(60))).toBe(`"${'x'.repeat(60)}"`);
  expect(shown('x'.repeat(61))).toBe(`"${'x'.repeat(57)}"…`);
});
