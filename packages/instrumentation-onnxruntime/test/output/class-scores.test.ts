import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ClassScores } from '../../src/output/class-scores.js';
import { halfFloat } from '../../src/output/tensor-numbers.js';
import type { Results } from '../../src/runtime.js';
import { floats, ort } from '../models.js';

const read = (results: object, index = 0, labels: readonly string[] = []) => {
  const scores = new ClassScores('out', labels);
  return [scores.label(results as Results, index), scores.confidence(results as Results, index)];
};
const softmax = (logits: readonly number[]): number[] => {
  const powers = logits.map(logit => Math.exp(logit - Math.max(...logits)));
  return powers.map(power => power / powers.reduce((sum, x) => sum + x));
};

test('probabilities are taken as they are', () => {
  expect(read({ out: floats([0.25, 0.5, 0.25]) })).toEqual(['1', 0.5]);
  expect(read({ out: floats([0, 0, 1]) })).toEqual(['2', 1]);
});

test('logits go through a softmax, however large they are', () => {
  const [label, confidence] = read({ out: floats([1, 3, 2]) });
  expect(label).toBe('1');
  expect(confidence).toBeCloseTo(softmax([1, 3, 2])[1]!, 12);
  expect(read({ out: floats([1000, -1000]) })).toEqual(['0', 1]);
  // In 0 … 1, but their sum is not 1.
  expect(read({ out: floats([0.5, 0.6]) })[1]).toBeCloseTo(softmax([Math.fround(0.5), Math.fround(0.6)])[1]!, 12);
});

test('a batch is read by row', () => {
  const results = { out: floats([1, 0, 0, 1, 0.25, 0.75], [3, 2]) };
  expect([0, 1, 2].map(index => read(results, index, ['no', 'yes']))).toEqual([
    ['no', 1],
    ['yes', 1],
    ['yes', 0.75],
  ]);
  expect(new ClassScores('out').rows(results as never)).toBe(3);
});

test('a confidence is of its own row and result, whatever was read before', () => {
  const scores = new ClassScores('out');
  const first = { out: floats([1, 0, 0.25, 0.75], [2, 2]) } as never;
  const second = { out: floats([0.5, 0.5]) } as never;
  expect(scores.label(first, 0)).toBe('0');
  expect(scores.confidence(first, 1)).toBe(0.75);
  expect(scores.label(first, 0)).toBe('0');
  expect(scores.confidence(second, 0)).toBe(0.5);
  expect(scores.confidence(first, 0)).toBe(1);
});

test('of equal scores the first is the label', () => {
  expect(read({ out: floats([0.5, 0.5]) })).toEqual(['0', 0.5]);
});

test.each([
  ['NaN', floats([Number.NaN, 1, 0])],
  ['an infinity', floats([Number.POSITIVE_INFINITY, 1, 0])],
  ['one class', floats([1])],
  ['no rows', floats([], [0, 3])],
  ['1,001 classes', floats(new Array(1001).fill(0))],
  ['three sizes', floats([0, 1, 1, 0], [1, 2, 2])],
])('%s gives no label and no confidence', (_, out) => {
  expect(read({ out })).toEqual([undefined, undefined]);
});

test('an output that was not fetched gives nothing, of one row', () => {
  expect(read({})).toEqual([undefined, undefined]);
  expect(new ClassScores('out').rows({})).toBe(1);
});

test('doubles and 16-bit floats are read', () => {
  expect(read({ out: new ort.Tensor('float64', Float64Array.of(0.25, 0.75), [1, 2]) })).toEqual(['1', 0.75]);
  // 0.25 and 0.75.
  expect(read({ out: new ort.Tensor('float16', Uint16Array.of(0x3400, 0x3a00), [1, 2]) })).toEqual(['1', 0.75]);
});

test('16-bit floats are decoded exactly', () => {
  const cases: [number, number][] = [
    [0x0000, 0],
    [0x0001, 2 ** -24],
    [0x03ff, 1023 * 2 ** -24],
    [0x0400, 2 ** -14],
    [0x3c00, 1],
    [0xc000, -2],
    [0x7bff, 65504],
    [0x7c00, Number.POSITIVE_INFINITY],
    [0xfc00, Number.NEGATIVE_INFINITY],
    [0x7e00, Number.NaN],
  ];
  expect(cases.map(([bits]) => halfFloat(bits))).toEqual(cases.map(([, value]) => value));
});

test('the label is the largest logit and the confidence its softmax', () => {
  const logits = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), { minLength: 2, maxLength: 20 });
  fc.assert(
    fc.property(logits, values => {
      const out = new ort.Tensor('float64', Float64Array.from(values), [1, values.length]);
      const [label, confidence] = read({ out });
      const isProbabilities =
        values.every(x => x >= 0 && x <= 1) && Math.abs(values.reduce((sum, x) => sum + x) - 1) <= 1e-3;
      const best = values.indexOf(Math.max(...values));
      expect(label).toBe(String(best));
      expect(confidence).toBeCloseTo(isProbabilities ? values[best]! : softmax(values)[best]!, 9);
    }),
  );
});
