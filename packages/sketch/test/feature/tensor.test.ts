import { describe, expect, it } from 'vitest';
import { type Numbers, tensor } from '../../src/index.js';
import { difference, drawn, INVALID, MISSING, measured, measures, partsOf } from './measured.js';

interface Case {
  readonly type: string;
  readonly seed?: number;
  readonly dims?: readonly number[];
  readonly values?: readonly string[];
  readonly expected: number[];
  readonly every?: number[];
}
const product = (dims: readonly number[]) => dims.reduce((a, b) => a * b, 1);

function inputOf({ type, seed = 0, dims, values }: Case) {
  if (values === undefined) return { data: drawn(seed, type, product(dims!)), dims: dims!, type };
  const data = type === 'int64' ? BigInt64Array.from(values, BigInt) : BigUint64Array.from(values, BigInt);
  return { data, dims: [values.length], type };
}

describe.each(measures<Case>('tensors'))('a tensor of $type, sizes $dims', spec => {
  it('is summarised as NumPy does, by a sample where it is large', () => {
    expect(difference(measured(tensor(), inputOf(spec))![0]!, spec.expected)).toBeLessThan(1e-12);
  });

  it('is summarised as a whole where every element is asked for', () => {
    const expected = spec.every ?? spec.expected;
    expect(difference(measured(tensor({ every: true }), inputOf(spec))![0]!, expected)).toBeLessThan(1e-12);
  });
});

it('16-bit floats are decoded as NumPy has them', () => {
  const halves = measures<[number, number]>('halves');
  for (const [bits, number] of halves) {
    const { mean } = partsOf(tensor(), { data: Uint16Array.of(bits), dims: [1], type: 'float16' });
    expect(mean).toBe(number);
  }
  const special = (bits: number) =>
    measured(tensor(), { data: Uint16Array.of(bits), dims: [1], type: 'float16' })![0]![0];
  expect([0x7c00, 0xfc00, 0x7e00].map(special)).toEqual([INVALID, INVALID, INVALID]);
});

it('16-bit integers are integers unless told that they are floats', () => {
  expect(partsOf(tensor(), { data: Uint16Array.of(0x3c00), dims: [1] }).mean).toBe(0x3c00);
});

it('a 64-bit view that begins within its buffer is read where it lies', () => {
  const all = BigInt64Array.of(1n, 2n, 3n, 4n);
  expect(partsOf(tensor(), { data: all.subarray(1, 3), dims: [2] })).toMatchObject({ mean: 2.5, min: 2, max: 3 });
});

describe('a value without sizes', () => {
  it.each<[string, Numbers]>([
    ['a typed array', Float32Array.of(1, 2, 3)],
    ['a plain array', [1, 2, 3]],
    ['a Buffer', Buffer.of(1, 2, 3)],
  ])('may be %s', (_what, value) => {
    expect(partsOf(tensor(), value)).toMatchObject({ mean: 2, min: 1, max: 3, zeros: 0 });
  });
});

it('equal numbers have no deviation, and their own mean', () => {
  for (const x of [0.1, 1e-300, 5e-324, -1e300, 1 / 3]) {
    for (const every of [true, false]) {
      const value = { data: new Float64Array(10_000).fill(x), dims: [10_000] };
      expect(partsOf(tensor({ every }), value)).toEqual({ mean: x, sd: 0, min: x, max: x, zeros: 0 });
    }
  }
});

it('-0 is a zero', () => {
  expect(partsOf(tensor(), Float32Array.of(-0, 0, 1, 2)).zeros).toBe(0.5);
});

it('a large mean does not hide a small deviation', () => {
  const data = Float64Array.from({ length: 50_000 }, (_, i) => 1e9 + (i % 2));
  expect(partsOf(tensor({ every: true }), data)).toMatchObject({ mean: 1e9 + 0.5, sd: 0.5 });
});

describe('missing in every part', () => {
  it.each([
    ['null', null],
    ['undefined', undefined],
    ['an empty tensor', { data: new Float32Array(0), dims: [3, 0] }],
    ['an empty array', []],
    ['a tensor on a graphics card', { location: 'gpu-buffer', dims: [1], data: Float32Array.of(1) }],
    ['a tensor that was disposed of', { location: 'none', dims: [1], data: Float32Array.of(1) }],
  ])('is %s', (_what, value) => {
    expect(measured(tensor(), value)).toEqual([[MISSING, MISSING, MISSING, MISSING, MISSING]]);
  });
});

it('nothing is asked of a tensor that is not in memory', () => {
  const value = {
    location: 'gpu-buffer',
    dims: [1],
    get data(): unknown {
      return expect.unreachable();
    },
  };
  expect(measured(tensor(), value)).toHaveLength(1);
});

it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
  '%s among the elements makes all but the zeros invalid',
  x => {
    expect(measured(tensor(), Float32Array.of(0, x, 1, 2))).toEqual([[INVALID, INVALID, INVALID, INVALID, 0.25]]);
    expect(measured(tensor(), [0, x, 1, 2])).toEqual([[INVALID, INVALID, INVALID, INVALID, 0.25]]);
  },
);

it('the largest doubles have a mean beyond them, which is invalid', () => {
  const [mean, sd] = measured(tensor(), Float64Array.of(Number.MAX_VALUE, Number.MAX_VALUE, 0))![0]!;
  expect([mean, sd]).toEqual([INVALID, INVALID]);
  expect(partsOf(tensor(), Float64Array.of(1e200, -1e200))).toMatchObject({ mean: 0, sd: INVALID });
});

const data = new Float32Array(6);
it.each<[string, unknown]>([
  ['a number', 5],
  ['a text', '1,2,3'],
  ['an object', {}],
  ['data without sizes', { data }],
  ['sizes without data', { dims: [6] }],
  ['sizes of another product', { data, dims: [2, 4] }],
  ['a negative size', { data, dims: [-2, -3] }],
  ['a size that is no integer', { data, dims: [1.5, 4] }],
  ['a size that is a text', { data, dims: ['6'] }],
  ['sizes that are no list', { data, dims: 6 }],
  ['seventeen sizes', { data: new Float32Array(1), dims: new Array(17).fill(1) }],
  ['texts', { data: new Set(['a']), dims: [1] }],
  ['a DataView', { data: new DataView(new ArrayBuffer(6)), dims: [6] }],
  ['a buffer', { data: new ArrayBuffer(6), dims: [6] }],
  ['an iterator', { data: data.values(), dims: [6] }],
  ['packed 4-bit integers', { data: new Uint8Array(3), dims: [6], type: 'uint4' }],
  ['a plain array that is too long', new Array(65_537).fill(0)],
])('%s is of a wrong type', (_what, value) => {
  expect(measured(tensor(), value)).toBeUndefined();
});

it('texts in a plain array are invalid elements', () => {
  expect(measured(tensor(), { data: ['a', 'b'], dims: [2] })).toEqual([[INVALID, INVALID, INVALID, INVALID, 0]]);
});
