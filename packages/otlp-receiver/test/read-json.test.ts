import { expect, test } from 'vitest';
import { toAttributes } from '../src/attributes.js';
import { decode } from '../src/decode.js';

function attributesOf(pairs: string): Record<string, unknown> {
  const message = decode('traces', 'json', Buffer.from(`{"resourceSpans":[{"resource":{"attributes":${pairs}}}]}`));
  return toAttributes(message.resourceSpans?.[0]?.resource?.attributes);
}

test('every kind of value comes out as JavaScript has it', () => {
  const pairs = [
    { key: 'string', value: { stringValue: '' } },
    { key: 'false', value: { boolValue: false } },
    { key: 'zero', value: { intValue: '0' } },
    { key: 'int', value: { intValue: -12 } },
    { key: 'safe', value: { intValue: '9007199254740991' } },
    { key: 'big', value: { intValue: '-9223372036854775808' } },
    { key: 'double', value: { doubleValue: 5e-324 } },
    { key: 'infinite', value: { doubleValue: '-Infinity' } },
    { key: 'not a number', value: { doubleValue: 'NaN' } },
    { key: 'bytes', value: { bytesValue: 'AAEC/w==' } },
    { key: 'array', value: { arrayValue: { values: [{ intValue: 1 }, { stringValue: 'a' }, {}] } } },
    { key: 'no values', value: { arrayValue: {} } },
    { key: 'map', value: { kvlistValue: { values: [{ key: 'inner', value: { boolValue: true } }] } } },
    { key: 'empty', value: {} },
    { key: 'absent' },
  ];
  expect(attributesOf(JSON.stringify(pairs))).toEqual({
    string: '',
    false: false,
    zero: 0,
    int: -12,
    safe: 9007199254740991,
    big: -9223372036854775808n,
    double: 5e-324,
    infinite: Number.NEGATIVE_INFINITY,
    'not a number': Number.NaN,
    bytes: Buffer.from([0, 1, 2, 255]),
    array: [1, 'a', null],
    'no values': [],
    map: { inner: true },
    empty: null,
    absent: null,
  });
});

test('__proto__ is a key like any other', () => {
  const attributes = attributesOf('[{"key":"__proto__","value":{"stringValue":"x"}}]');
  expect(Object.keys(attributes)).toEqual(['__proto__']);
  expect(Object.getPrototypeOf(attributes)).toBe(Object.prototype);
});

test('null is an absent field, and fields it does not know are ignored', () => {
  const body = '{"resourceSpans":null,"more":[{"deep":1}],"__proto__":{"resourceSpans":5}}';
  expect(decode('traces', 'json', Buffer.from(body))).toEqual({});
});
