import { describe, expect, it } from 'vitest';
import { mix } from '../../src/feature/projection.js';
import { embedding } from '../../src/index.js';
import { range, repeated } from '../generated-rows.js';
import { refusal } from '../refusal.js';
import { difference, drawn, INVALID, MISSING, measured, measures, partsOf } from './measured.js';

interface Case {
  readonly seed: number;
  readonly type: string;
  readonly dims: readonly number[];
  readonly projections: number;
  readonly expected: number[][];
}

it.each(measures<Case>('embeddings'))(
  'a vector of sizes $dims, $type, $projections projections, measures as NumPy has it',
  ({ seed, type, dims, projections, expected }) => {
    const data = drawn(
      seed,
      type,
      dims.reduce((a, b) => a * b, 1),
    );
    const rows = measured(embedding({ projections }), { data, dims })!;
    expect(rows).toHaveLength(expected.length);
    for (const [i, row] of rows.entries()) {
      expect(row).toHaveLength(2 + projections);
      // A projection near 0 is a difference of sums: what counts is the error beside its standard deviation, 1.
      for (const [k, x] of row.entries()) expect(Math.abs(x - expected[i]![k]!)).toBeLessThan(1e-12 * (k < 2 ? x : 1));
    }
  },
);

it('has eight projections unless told otherwise', () => {
  expect(embedding().measures!.parts).toEqual(['dimensions', 'norm', ...range(8).map(k => `projection.${k}`)]);
  expect(embedding({ projections: 0 }).measures!.parts).toEqual(['dimensions', 'norm']);
});

it.each([-1, 1.5, 65, Number.NaN, '8' as never])('%s projections are refused', projections => {
  refusal('ERR_MODEL', () => embedding({ projections }));
});

describe('the signs', () => {
  const sign = (i: number, k: number) => ((mix(2 * i + (k >> 5) + 1) >>> (k & 31)) & 1) * 2 - 1;

  it('are those of the documented generator', () => {
    // Of MurmurHash3's finaliser, from its reference implementation.
    expect([1, 2, 0xffffffff].map(mix)).toEqual([0x514e28b7, 0x30f4c306, 0x81f16f39]);
    const one = (i: number) => Float64Array.from(range(300), j => Number(j === i));
    for (const i of [0, 1, 7, 299]) {
      const parts = measured(embedding({ projections: 64 }), one(i))![0]!.slice(2);
      expect(parts).toEqual(range(64).map(k => sign(i, k)));
    }
  });

  it('are as often plus as minus, and those of two projections agree half the time', () => {
    const dimensions = 1024;
    const bound = 4.5 * Math.sqrt(dimensions); // 4.5 standard deviations: one chance in 70 for all 2,080 together
    for (const k of range(64)) {
      expect(Math.abs(range(dimensions).reduce((sum, i) => sum + sign(i, k), 0))).toBeLessThan(bound);
      for (const other of range(k)) {
        const agreement = range(dimensions).reduce((sum, i) => sum + sign(i, k) * sign(i, other), 0);
        expect(Math.abs(agreement)).toBeLessThan(bound);
      }
    }
  });
});

it('a vector has the projections of its direction, however long it is', () => {
  const vector = [1, -2, 3, 0.5, 0, 7];
  const [[dimensions, norm, ...direction]] = measured(embedding(), vector) as [number[]];
  for (const scale of [1e-300, 1e-3, 1e3, 1e290]) {
    const scaled = vector.map(x => x * scale);
    const [row] = measured(embedding(), scaled)!;
    expect(difference(row!, [dimensions!, norm! * scale, ...direction])).toBeLessThan(1e-14);
  }
});

it('subnormal numbers have a norm', () => {
  const parts = partsOf(embedding(), Float64Array.of(5e-324, 0));
  expect(parts.norm).toBe(5e-324);
  expect(Math.abs(parts['projection.0']!)).toBe(1);
});

it('a vector, a tensor of one row and a plain array measure alike', () => {
  const data = drawn(9, 'float64', 50);
  const expected = measured(embedding(), data);
  expect(measured(embedding(), { data, dims: [50] })).toEqual(expected);
  expect(measured(embedding(), { data, dims: [1, 50] })).toEqual(expected);
  expect(measured(embedding(), [...(data as Float64Array)])).toEqual(expected);
});

it('each vector of a batch is a row', () => {
  expect(measured(embedding({ projections: 0 }), { data: Float32Array.of(3, 4, 0, 5), dims: [2, 2] })).toEqual([
    [2, 5],
    [2, 5],
  ]);
  expect(measured(embedding(), { data: new Float32Array(0), dims: [0, 8] })).toEqual([]);
});

it('a zero vector, or one of no dimensions, has no direction', () => {
  const parts = repeated(MISSING, 8);
  expect(measured(embedding(), new Float32Array(3))).toEqual([[3, 0, ...parts]]);
  expect(measured(embedding(), [-0, 0])).toEqual([[2, 0, ...parts]]);
  expect(measured(embedding(), [])).toEqual([[0, 0, ...parts]]);
});

it.each<[string, unknown]>([
  ['NaN', [1, Number.NaN]],
  ['Infinity', Float64Array.of(1, Number.POSITIVE_INFINITY)],
  ['-Infinity', Float32Array.of(Number.NEGATIVE_INFINITY, 1)],
  ['a text', [1, '2']],
  ['an object', [1, {}]],
  // biome-ignore lint/suspicious/noSparseArray: a hole is what is tested
  ['a hole', [1, , 2]],
])('%s among the elements makes norm and projections invalid', (_what, value) => {
  expect(measured(embedding({ projections: 2 }), value)).toEqual([[(value as []).length, INVALID, INVALID, INVALID]]);
});

it('a norm beyond the doubles is invalid and the direction is not', () => {
  const [row] = measured(embedding({ projections: 1 }), Float64Array.of(Number.MAX_VALUE, Number.MAX_VALUE))!;
  expect(row![1]).toBe(INVALID);
  expect(Number.isFinite(row![2])).toBe(true);
});

it.each<[string, unknown]>([
  ['a number', 5],
  ['a text', 'embedding'],
  ['an object with a length', { length: 3, 0: 1, 1: 2, 2: 3 }],
  ['a tensor of three sizes', { data: new Float32Array(8), dims: [2, 2, 2] }],
  ['a tensor of no sizes', { data: new Float32Array(1), dims: [] }],
  ['a vector of 16,385 dimensions', new Float32Array(16_385)],
])('%s is of a wrong type', (_what, value) => {
  expect(measured(embedding(), value)).toBeUndefined();
});

it.each([null, undefined, { location: 'gpu-buffer', dims: [2], data: null }])('missing case %#', value => {
  expect(measured(embedding({ projections: 1 }), value)).toEqual([[MISSING, MISSING, MISSING]]);
});
