import { expect, test } from 'vitest';
import { className, loadErrorType, runErrorType } from '../src/error-type.js';

const named = (name: unknown) => Object.assign(new Error('a secret'), { name });
const hostile = Object.defineProperty({}, 'name', {
  get() {
    throw new Error('a secret');
  },
});

test.each<[string, unknown, string]>([
  ['a class', new TypeError('a secret'), 'TypeError'],
  ['a class with a digit', named('Http2Error'), 'Http2Error'],
  ['a sentence', named('a secret of row 7'), '_OTHER'],
  ['a number', named('secret_7351902846'), '_OTHER'],
  ['what is no text', named(7), '_OTHER'],
  ['a text that was thrown', 'a secret', '_OTHER'],
  ['a getter that throws', hostile, '_OTHER'],
])('the name of an error: %s', (_, error, type) => {
  expect(className(error)).toBe(type);
});

test('a load that fails for a reason nobody knows is told by its class, a run by none', () => {
  expect(loadErrorType(new RangeError('a secret'))).toBe('RangeError');
  expect(runErrorType(new RangeError('a secret'))).toBeUndefined();
});
