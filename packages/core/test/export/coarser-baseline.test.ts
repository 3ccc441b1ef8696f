import { type CategoricalBaseline, categoricalId, type NumericBaseline, numericId } from '@driftspan/sketch';
import { describe, expect, it } from 'vitest';
import { coarserBaseline } from '../../src/export/coarser-baseline.js';

function ranges(counts: readonly number[], labels: readonly string[]): NumericBaseline {
  const cuts = counts.slice(1).map((_, i) => i + 0.5);
  return {
    kind: 'numeric',
    name: 'x',
    id: numericId(cuts, counts, 2, 1),
    cuts,
    labels,
    counts,
    missing: 2,
    invalid: 1,
    min: 0,
    max: 9,
    mean: 3,
    sd: 2,
    dependence: { lambda: [2], k: [1], missing: [1] },
  };
}

const LABELS = ['00 (-inf,0.5]', '01 (0.5,1.5]', '02 (1.5,2.5]', '03 (2.5,3.5]', '04 (3.5,4.50]', '05 (4.50,inf)'];

function towns(count: number): CategoricalBaseline {
  const categories = Array.from({ length: count }, (_, i) => `town ${i}`);
  const counts = categories.map((_, i) => 1000 - i);
  return {
    kind: 'categorical',
    name: 'town',
    id: categoricalId(categories, counts, 5, 2, 1),
    categories,
    counts,
    other: 5,
    missing: 2,
    invalid: 1,
  };
}

describe('ranges', () => {
  it('go smallest first into their smaller neighbour, and keep the cuts and the texts of the edges that are left', () => {
    const { feature, cellOf } = coarserBaseline(ranges([40, 900, 0, 7, 60, 55], LABELS), 4);
    expect(cellOf).toEqual([0, 1, 2, 2, 2, 3, 4, 5]);
    expect(feature).toEqual({
      kind: 'numeric',
      name: 'x',
      id: numericId([0.5, 1.5, 4.5], [40, 900, 67, 55], 2, 1),
      cuts: [0.5, 1.5, 4.5],
      labels: ['00 (-inf,0.5]', '01 (0.5,1.5]', '02 (1.5,4.50]', '03 (4.50,inf)'],
      counts: [40, 900, 67, 55],
      missing: 2,
      invalid: 1,
      min: 0,
      max: 9,
      mean: 3,
      sd: 2,
    });
  });

  it('of equal counts the leftmost goes first, into the left one of two equal neighbours', () => {
    expect(coarserBaseline(ranges([5, 5, 5, 5, 5, 5], LABELS), 4).cellOf).toEqual([0, 0, 1, 1, 2, 3, 4, 5]);
    expect(coarserBaseline(ranges([9, 5, 9, 9, 9, 9], LABELS), 5).cellOf).toEqual([0, 0, 1, 2, 3, 4, 5, 6]);
  });

  it('that are few enough stay as they are, with their id', () => {
    const fine = ranges([40, 900, 0, 7, 60, 55], LABELS);
    const { dependence: _, ...same } = fine;
    for (const most of [6, 8]) {
      expect(coarserBaseline(fine, most)).toEqual({ feature: same, cellOf: [0, 1, 2, 3, 4, 5, 6, 7] });
    }
  });

  it('a feature with one bin keeps it', () => {
    const { feature, cellOf } = coarserBaseline(ranges([10], ['00 (-inf,inf)']), 4);
    expect([feature.counts, cellOf]).toEqual([[10], [0, 1, 2]]);
  });

  it('more than a hundred of them are numbered anew with two digits', () => {
    const counts = Array.from({ length: 128 }, (_, i) => i + 1);
    const edges = counts.map((_, i) => (i === 127 ? 'inf)' : `${i}.5]`));
    const labels = edges.map((edge, i) => {
      const lower = i === 0 ? '-inf' : `${i - 1}.5`;
      return `${String(i).padStart(2, '0')} (${lower},${edge}`;
    });
    const { feature } = coarserBaseline(ranges(counts, labels), 8);
    expect(feature.kind === 'numeric' && feature.labels.map(label => label.slice(0, 4))).toEqual(
      Array.from({ length: 8 }, (_, i) => `0${i} (`),
    );
    expect(feature.counts.reduce((sum, count) => sum + count, 0)).toBe((128 * 129) / 2);
  });
});

describe('categories', () => {
  it('the most frequent keep their names, the rest are counted as other, in the baseline too', () => {
    const { feature, cellOf } = coarserBaseline(towns(6), 4);
    expect(cellOf).toEqual([0, 1, 2, 3, 3, 3, 3, 4, 5]);
    const categories = ['town 0', 'town 1', 'town 2'];
    const other = 997 + 996 + 995 + 5;
    expect(feature).toEqual({
      ...towns(6),
      id: categoricalId(categories, [1000, 999, 998], other, 2, 1),
      categories,
      counts: [1000, 999, 998],
      other,
    });
  });

  it('as many as there is room for beside other stay as they are, with their id', () => {
    expect(coarserBaseline(towns(7), 8)).toEqual({ feature: towns(7), cellOf: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] });
    expect(coarserBaseline(towns(8), 8).feature.counts).toHaveLength(7);
    expect(coarserBaseline(towns(0), 4)).toEqual({ feature: towns(0), cellOf: [0, 1, 2] });
  });
});
