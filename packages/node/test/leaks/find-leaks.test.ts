import { expect, test } from 'vitest';
import { integerCanary, numberCanary, textCanary, wholeCanary } from '../fixtures/leaks/canary.js';
import { LeakFinder, namesOf } from './find-leaks.js';

const text = textCanary('a text');
const number = numberCanary('a number', 12_345);
const integer = integerCanary('an integer');
const code = wholeCanary('a code', 'M7351902846');
const finder = new LeakFinder([text, number, integer, code]);

const double = (x: number, littleEndian: boolean) => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, x, littleEndian);
  return Buffer.from(view.buffer);
};
/** Amid bytes that mean nothing. */
const amid = (bytes: Buffer | string) =>
  Buffer.concat([Buffer.from([7, 200, 34]), Buffer.from(bytes), Buffer.from([9])]);

test.each<[string, string, Buffer | string]>([
  ['a text', 'as it is', text.text],
  ['a text', 'cut to 8 characters', text.text.slice(0, 8)],
  ['a text', 'its end', text.text.slice(-8)],
  ['a text', 'within JSON within JSON', JSON.stringify(JSON.stringify({ [text.text]: 1 }))],
  ['a text', 'UTF-16', Buffer.from(text.text, 'utf16le')],
  ['a text', 'hex', Buffer.from(text.text).toString('hex')],
  ['a text', 'base64', Buffer.from(text.text).toString('base64')],
  ['a text', 'base64 behind one byte', Buffer.from(`x${text.text}`).toString('base64')],
  ['a text', 'base64 behind two bytes', Buffer.from(`xy${text.text}`).toString('base64')],
  ['a text', 'base64 for addresses', Buffer.from(text.text).toString('base64url')],
  ['a text', 'in an address', encodeURIComponent(text.text)],
  ['a code', 'as it is', `code ${code.text}.`],
  ['a number', 'JSON', JSON.stringify({ x: number.number })],
  ['a number', 'rounded to 12 digits', number.number.toPrecision(12)],
  ['a number', 'float64, little endian', double(number.number, true)],
  ['a number', 'float64, big endian', double(number.number, false)],
  ['a number', 'with another rounding of its last digits', double(number.number * (1 + 4 * Number.EPSILON), true)],
  ['a number', 'from a float32', String(Math.fround(number.number))],
  ['a number', 'from a float32, as a float64', double(Math.fround(number.number), true)],
  ['a number', 'a pair of float32', Buffer.from(Float32Array.of(number.number, number.number).buffer)],
  ['an integer', 'text', String(integer.number)],
  ['an integer', 'int64', Buffer.from(BigInt64Array.of(BigInt(integer.number)).buffer)],
])('%s is found: %s', (name, _form, bytes) => {
  expect(namesOf(finder.find(amid(bytes), 'a body'))).toEqual([name]);
});

test('a whole number is found as protobuf writes it', () => {
  // 300 is 0xAC 0x02 in the protobuf encoding guide; the same seven bits at a time for 16 digits.
  const bytes: number[] = [];
  for (let left = BigInt(integer.number); left > 0n; left >>= 7n) {
    bytes.push(Number(left & 127n) | (left > 127n ? 128 : 0));
  }
  expect(namesOf(finder.find(amid(Buffer.from(bytes)), 'a body'))).toEqual(['an integer']);
});

test('a line says where, in what form and what stands around', () => {
  expect(finder.find(Buffer.from(`{"code":"${code.text}"}`), '/v1/logs')).toEqual([
    `a code as UTF-8 in /v1/logs: ${JSON.stringify(`{"code":"${code.text}"}`)}`,
  ]);
});

test('nothing is found in what holds none', () => {
  const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, i) => (i * 2_654_435_761) >>> 13));
  expect(finder.find(bytes, 'a body')).toEqual([]);
});
