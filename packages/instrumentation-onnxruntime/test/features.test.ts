import { expect, test } from 'vitest';
import { undeclaredFeatures } from '../src/features.js';
import type { ValueMetadata } from '../src/runtime.js';

const input = (name: string, shape: readonly (number | string)[], type = 'float32'): ValueMetadata => ({
  name,
  isTensor: true,
  type,
  shape,
});
const kinds = (inputs: readonly ValueMetadata[], config = {}): Record<string, string> =>
  Object.fromEntries(Object.entries(undeclaredFeatures(inputs, config)).map(([name, { kind }]) => [name, kind]));

test('1 to 64 fixed columns are a table, anything else a tensor', () => {
  expect(
    kinds([
      input('one', ['batch', 1]),
      input('wide', ['batch', 64]),
      input('wider', ['batch', 65]),
      input('flat', [4]),
      input('scalar', []),
      input('any', ['batch', 'n']),
      input('picture', ['batch', 3, 8, 8]),
      input('mask', ['batch', 4], 'bool'),
    ]),
  ).toEqual({
    one: 'columns',
    wide: 'columns',
    wider: 'tensor',
    flat: 'columns',
    scalar: 'tensor',
    any: 'tensor',
    picture: 'tensor',
    mask: 'tensor',
  });
});

test('what is not numbers, or a decoder remembers, is not counted', () => {
  expect(
    kinds([
      input('words', ['batch'], 'string'),
      input('packed', ['batch', 4], 'uint4'),
      input('past_key_values.0.key', ['batch', 8, 'n', 64]),
      input('cache_position', ['n'], 'int64'),
      { name: 'map', isTensor: false },
      { name: 'untold', isTensor: true, shape: [] },
    ]),
  ).toEqual({});
  expect(kinds([input('pasta', ['batch', 2])])).toEqual({ pasta: 'columns' });
});

test('names that a monitor would refuse are left out, and the others stay', () => {
  const names = ['__proto__', '', 'a\nb', '\ud800', 'x'.repeat(257), 'good'];
  expect(kinds(names.map(name => input(name, ['batch', 2])))).toEqual({ good: 'columns' });
  expect(kinds([input('prediction.value', ['batch', 1]), input('prediction.label', ['batch', 1])])).toEqual({});
  // The second one's only column has the name of the first one's second.
  expect(kinds([input('a', ['batch', 2]), input('a.1', ['batch', 1])])).toEqual({ a: 'columns' });
});

test('256 features at most, of the first inputs that fit', () => {
  const many = Array.from({ length: 300 }, (_, i) => input(`c${i}`, ['batch', 1]));
  expect(Object.keys(kinds(many))).toHaveLength(256);
  const wide = Array.from({ length: 5 }, (_, i) => input(`w${i}`, ['batch', 60]));
  expect(Object.keys(kinds([...wide, input('last', ['batch', 16])]))).toEqual(['w0', 'w1', 'w2', 'w3', 'last']);
});

test('none of them is recorded', () => {
  const features = undeclaredFeatures([input('a', ['batch', 2]), input('b', ['batch', 3, 3])], {});
  expect(Object.values(features).map(({ recorded }) => recorded)).toEqual([false, false]);
});
