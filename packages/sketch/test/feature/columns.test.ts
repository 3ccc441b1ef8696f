import { expect, it } from 'vitest';
import { columns, type Numbers } from '../../src/index.js';
import { range } from '../generated-rows.js';
import { INVALID, MISSING, measured } from './measured.js';

const feature = columns((input: Numbers) => input, ['a', 'b', 'c']);

it.each<[string, unknown]>([
  ['a tensor of one row', { data: Float32Array.of(1, 2, 3), dims: [1, 3] }],
  ['a tensor of one size', { data: Int32Array.of(1, 2, 3), dims: [3] }],
  ['64-bit integers', { data: BigInt64Array.of(1n, 2n, 3n), dims: [1, 3] }],
  ['16-bit floats', { data: Uint16Array.of(0x3c00, 0x4000, 0x4200), dims: [1, 3], type: 'float16' }],
  ['a typed array', Float64Array.of(1, 2, 3)],
  ['a plain array', [1, 2n, 3]],
  ['a plain array in a tensor', { data: [true, 2, 3], dims: [1, 3] }],
])('%s is one row', (_what, value) => {
  expect(measured(feature, value)).toEqual([[1, 2, 3]]);
});

it('each row of a batch is one', () => {
  expect(measured(feature, { data: Float64Array.from(range(12)), dims: [4, 3] })).toEqual([
    [0, 1, 2],
    [3, 4, 5],
    [6, 7, 8],
    [9, 10, 11],
  ]);
  expect(measured(feature, { data: new Float64Array(0), dims: [0, 3] })).toEqual([]);
});

it('an element counts as a number does', () => {
  const { NaN: missing, POSITIVE_INFINITY, NEGATIVE_INFINITY } = Number;
  expect(measured(feature, Float32Array.of(missing, POSITIVE_INFINITY, NEGATIVE_INFINITY))).toEqual([
    [MISSING, INVALID, INVALID],
  ]);
  expect(measured(feature, [null, 'text', -0])).toEqual([[MISSING, INVALID, -0]]);
});

it.each([null, undefined, { location: 'gpu-buffer', dims: [5, 3] }])(
  'a tensor that is not there is one missing row, case %#',
  value => {
    expect(measured(feature, value)).toEqual([[MISSING, MISSING, MISSING]]);
  },
);

it.each<[string, unknown]>([
  ['two columns', { data: new Float32Array(4), dims: [2, 2] }],
  ['four columns', new Float32Array(4)],
  ['three rows of one column', { data: new Float32Array(3), dims: [3, 1] }],
  ['three sizes', { data: new Float32Array(3), dims: [1, 1, 3] }],
  ['no sizes', { data: new Float32Array(1), dims: [] }],
  ['sizes that do not fit the data', { data: new Float32Array(3), dims: [2, 3] }],
  ['an object', { a: 1, b: 2, c: 3 }],
  ['a text', '1,2,3'],
])('%s are of a wrong type', (_what, value) => {
  expect(measured(feature, value)).toBeUndefined();
});

it('no more than a million rows of a tensor are taken', () => {
  let rows = 0;
  const one = columns((input: Numbers) => input, ['x']).measures!;
  const value = { data: new Uint8Array(1_000_001), dims: [1_000_001, 1] };
  one.measure(value, value, new Float64Array(1), () => rows++);
  expect(rows).toBe(1_000_000);
});

it('names that change after the declaration change nothing', () => {
  const names = ['a', 'b'];
  const declared = columns((input: Numbers) => input, names);
  names.push('c');
  expect(declared.measures!.parts).toEqual(['a', 'b']);
});
