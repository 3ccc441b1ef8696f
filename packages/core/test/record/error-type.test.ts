import { expect, test } from 'vitest';
import { errorType } from '../../src/record/error-type.js';

const coded = (code: unknown) => Object.assign(new Error('a secret'), { code });

test.each<[unknown, string]>([
  [coded('ECONNREFUSED'), 'ECONNREFUSED'],
  [coded('ERR_INVALID_ARG_TYPE'), 'ERR_INVALID_ARG_TYPE'],
  [coded('E2BIG'), 'E2BIG'],
  [coded('the secret of row 7'), 'Error'],
  [coded('4111111111111111'), 'Error'],
  [coded('P2002'), 'P2002'],
  [coded('M7351902846'), 'Error'],
  [coded('SECRET_1_2_3_4_5'), 'Error'],
  [coded('secret'), 'Error'],
  [coded('Ab-12'), 'Error'],
  [coded('E'), 'Error'],
  [coded(`E${'X'.repeat(64)}`), 'Error'],
  [coded(4711), 'Error'],
  [Object.assign(new TypeError('a secret'), { code: 'ERR_X' }), 'TypeError'],
])('%o is told as %s', (error, type) => {
  expect(errorType(error)).toBe(type);
});

test.each<[string, unknown]>([
  ['a message', new Error('a secret')],
  ['a stack', Object.assign(new Error('x'), { stack: 'a secret' })],
  ['a cause', new Error('x', { cause: 'a secret' })],
  ['a name with spaces', Object.assign(new Error('x'), { name: 'a secret of row 7' })],
  ['a name with a number', Object.assign(new Error('x'), { name: 'secret_7351902846' })],
  ['a text that was thrown', 'a secret'],
  ['an object that was thrown', { message: 'a secret', code: 'a secret' }],
  ['own properties', Object.assign(new RangeError('x'), { input: 'a secret' })],
])('%s never comes through', (_what, error) => {
  expect(errorType(error)).not.toContain('secret');
});

test('an error whose getters throw is told all the same', () => {
  const hostile = Object.defineProperty({}, 'name', {
    get() {
      throw new Error('a secret');
    },
  });
  expect(errorType(hostile)).toBe('_OTHER');
});
