import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Histogram } from '../../src/window/histogram.js';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const bounds = fc
  .uniqueArray(finite, { maxLength: 20, comparator: (a, b) => a === b })
  .map(list => list.sort((a, b) => a - b));

/** The first bound that the value does not exceed. */
function naiveBucket(edges: readonly number[], value: number): number {
  const found = edges.findIndex(edge => value <= edge);
  return found < 0 ? edges.length : found;
}

describe('histogram', () => {
  it('counts every value where a linear search does', () => {
    fc.assert(
      fc.property(bounds, fc.array(finite, { maxLength: 60 }), (edges, values) => {
        const all = [...values, ...edges];
        const histogram = new Histogram(edges);
        const expected = new Array<number>(edges.length + 1).fill(0);
        for (const value of all) {
          histogram.record(value);
          expected[naiveBucket(edges, value)]!++;
        }
        expect([...histogram.counts]).toEqual(expected);
        expect(histogram.count).toBe(all.length);
        expect(histogram.sum).toBe(all.reduce((sum, value) => sum + value, 0));
      }),
      { numRuns: 500 },
    );
  });

  it('a value on a bound belongs to the bucket below it', () => {
    const histogram = new Histogram([0, 1, 10]);
    for (const value of [-1, 0, -0, 1, 1.5, 10, 10.1]) histogram.record(value);
    expect([...histogram.counts]).toEqual([3, 1, 2, 1]);
  });

  it('the largest double and the smallest are kept', () => {
    const histogram = new Histogram([-1, 1]);
    for (const value of [Number.MAX_VALUE, -Number.MAX_VALUE, Number.MIN_VALUE]) histogram.record(value);
    expect([...histogram.counts]).toEqual([1, 1, 1]);
  });

  it('without bounds there is one bucket', () => {
    const histogram = new Histogram([]);
    histogram.record(4);
    expect([...histogram.counts]).toEqual([1]);
  });
});
