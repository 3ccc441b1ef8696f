import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addHistograms, type HistogramValue, subtractHistograms } from '../../src/export/point.js';
import { Histogram } from '../../src/window/histogram.js';

const some = fc.uniqueArray(fc.integer({ min: -5, max: 5 }), { maxLength: 8 }).map(list => list.sort((a, b) => a - b));
const values = fc.array(fc.integer({ min: -7, max: 7 }), { maxLength: 30 });

function histogramOf(bounds: readonly number[], recorded: readonly number[]): HistogramValue {
  const histogram = new Histogram(bounds);
  for (const value of recorded) histogram.record(value);
  return { bounds, counts: [...histogram.counts], count: histogram.count, sum: histogram.sum };
}

describe('histograms of other bounds', () => {
  it('add up to the histogram of all values over the bounds that both have', () => {
    fc.assert(
      fc.property(some, values, some, values, (a, as, b, bs) => {
        const shared = a.filter(bound => b.includes(bound));
        expect(addHistograms(histogramOf(a, as), histogramOf(b, bs))).toEqual(histogramOf(shared, [...as, ...bs]));
      }),
    );
  });

  it('subtracting what was there leaves what came since, over the bounds that both have', () => {
    fc.assert(
      fc.property(some, values, some, values, (a, before, b, since) => {
        const shared = a.filter(bound => b.includes(bound));
        const now = addHistograms(histogramOf(a, before), histogramOf(b, since));
        expect(subtractHistograms(now, histogramOf(a, before))).toEqual(histogramOf(shared, since));
      }),
    );
  });

  it('adding changes neither of the two', () => {
    const [a, b] = [histogramOf([0, 1], [0.5]), histogramOf([1], [2])];
    const before = JSON.stringify([a, b]);
    addHistograms(a, b);
    expect(JSON.stringify([a, b])).toBe(before);
  });
});
