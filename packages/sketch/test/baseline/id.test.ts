import { expect, it } from 'vitest';
import { categoricalId, numericId } from '../../src/baseline/id.js';

// The expected ids were computed by Python's hashlib, struct.pack('>d') and json.dumps, as the source describes.

it('numeric ids are what another language computes', () => {
  expect(numericId([0.3, 0.45], [120, 80, 100], 4, 1)).toBe('c503988d37d04c5a');
  expect(numericId([], [0], 1000, 0)).toBe('6c11a08f64a2dba1');
  const extremes = [-1e308, -Number.MIN_VALUE, 0, 1e-7];
  expect(numericId(extremes, [1, 2, 3, 4, 5], 0, Number.MAX_SAFE_INTEGER)).toBe('d0882734199fda1a');
});

it('categorical ids are what another language computes, whatever needs escaping', () => {
  expect(categoricalId(['AA', 'B "6"'], [600, 390], 5, 4, 1)).toBe('5593847671ab7d98');
  expect(categoricalId([], [], 1000, 0, 0)).toBe('3e29741f22fe4ef1');
  const awkward = ['', 'a\\b/c', '\b\f\n\r\t\0\x1f\x7f\u2028', 'żółć', '✈️😀'];
  expect(categoricalId(awkward, [10, 11, 12, 13, 14], 1, 2, 3)).toBe('6278ce571fb060f8');
});

it('-0 counts as 0', () => {
  expect(numericId([-0], [1, 2], 0, 0)).toBe(numericId([0], [1, 2], 0, 0));
});

it('every part changes the id', () => {
  const ids = [
    numericId([1], [5, 5], 0, 0),
    numericId([1 + Number.EPSILON], [5, 5], 0, 0),
    numericId([1], [4, 6], 0, 0),
    numericId([1], [5, 5], 1, 0),
    numericId([1], [5, 5], 0, 1),
    categoricalId(['a'], [10], 0, 0, 0),
    categoricalId(['b'], [10], 0, 0, 0),
    categoricalId(['a'], [11], 0, 0, 0),
    categoricalId(['a'], [10], 1, 0, 0),
    categoricalId(['a'], [10], 0, 1, 0),
    categoricalId(['a'], [10], 0, 0, 1),
  ];
  expect(new Set(ids).size).toBe(ids.length);
});
