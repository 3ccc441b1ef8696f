import {
  type CategoricalBaseline,
  type FeatureBaseline,
  PSI_OFFSET,
  populationStabilityIndex,
} from '@driftspan/sketch';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DriftTest } from '../../src/drift/cause.js';
import { LEAST_PART, MAX_DRIFTED_BINS, risenBins } from '../../src/drift/drifted-bins.js';

/** Bins are called b0, b1, …; the last two counts are missing and invalid. */
function numericOf(...cells: number[]): FeatureBaseline {
  const counts = cells.slice(0, -2);
  const [missing, invalid] = cells.slice(-2) as [number, number];
  return {
    kind: 'numeric',
    name: 'x',
    id: '0123456789abcdef',
    cuts: counts.slice(1).map((_, i) => i),
    labels: counts.map((_, i) => `b${i}`),
    counts,
    missing,
    invalid,
    min: 0,
    max: 1,
    mean: 0.5,
    sd: 0.1,
  };
}

function categoricalOf(categories: readonly string[], counts: readonly number[], other: number): CategoricalBaseline {
  const ends = { other, missing: 0, invalid: 0 };
  return { kind: 'categorical', name: 'c', id: '0123456789abcdef', categories, counts, ...ends };
}

const namesOf = (live: number[], feature: FeatureBaseline, ...tests: DriftTest[]) =>
  risenBins(live, feature, tests).map(({ bin }) => bin);

describe('the bins that make a drift', () => {
  const EVEN = numericOf(100, 100, 100, 100, 0, 0);

  it('are those that rose, most first, with both shares', () => {
    // (q − p) ln (q / p) with 402 in all: 120/402 ln(220.5/100.5) = 0.2345 and 40/402 ln(140.5/100.5) = 0.0333.
    expect(risenBins([140, 220, 30, 10, 0, 0], EVEN, ['shape'])).toEqual([
      { bin: 'b1', kind: 'range', cell: 1, share: 0.55, baselineShare: 0.25 },
      { bin: 'b0', kind: 'range', cell: 0, share: 0.35, baselineShare: 0.25 },
    ]);
  });

  it('each bring a tenth or more of the rise', () => {
    // 25/402 ln(125.5/100.5) = 0.0138 beside 0.2345: 5.6 %.
    expect(namesOf([125, 220, 45, 10, 0, 0], EVEN, 'shape')).toEqual(['b1']);
  });

  it('are five at most', () => {
    const feature = numericOf(...new Array<number>(12).fill(100), 0, 0);
    const live = [150, 151, 152, 153, 154, 155, 10, 10, 10, 10, 10, 10, 0, 0];
    expect(namesOf(live, feature, 'shape')).toEqual(['b5', 'b4', 'b3', 'b2', 'b1']);
  });

  it('are none where all shares are as they were, or nothing came', () => {
    expect(namesOf([7, 7, 7, 7, 0, 0], EVEN, 'shape', 'missing', 'unseen')).toEqual([]);
    expect(namesOf([0, 0, 0, 0, 0, 0], EVEN, 'shape', 'missing', 'unseen')).toEqual([]);
  });

  it('are none that half a count in every bin outweighs', () => {
    // 9 of 11 are more than 80 %, (9 + ½) / (11 + 1) is less.
    expect(namesOf([9, 2, 0, 0], numericOf(8000, 2000, 0, 0), 'shape')).toEqual([]);
  });

  it('are missing and invalid where that rang, of all values, however the others lie', () => {
    const live = [300, 100, 50, 50, 100, 0];
    expect(risenBins(live, numericOf(100, 100, 100, 100, 4, 0), ['missing'])).toEqual([
      { bin: 'missing', kind: 'missing', cell: 4, share: 1 / 6, baselineShare: 4 / 404 },
    ]);
    expect(namesOf([100, 100, 100, 100, 2, 60], EVEN, 'missing')).toEqual(['invalid']);
    expect(namesOf(live, EVEN, 'shape')).toEqual(['b0']);
    expect(namesOf(live, EVEN, 'shape', 'missing')).toEqual(['missing', 'b0']);
  });

  it('are of what has a value where the shape rang: missing values lower no share', () => {
    expect(risenBins([60, 20, 20, 0, 9900, 0], EVEN, ['shape'])[0]).toMatchObject({ bin: 'b0', share: 0.6 });
  });

  it('are other, and what training never had, where unseen values rang', () => {
    const colours = categoricalOf(['red', 'blue'], [600, 400], 0);
    expect(risenBins([700, 290, 10, 0, 0], colours, ['unseen'])).toEqual([
      { bin: 'other', kind: 'other', cell: 2, share: 0.01, baselineShare: 0 },
    ]);
    expect(namesOf([50, 20, 30, 0, 0], numericOf(100, 100, 0, 0, 0), 'unseen')).toEqual(['b2']);
    expect(namesOf([900, 99, 1, 0, 0], colours, 'shape')).toEqual(['red']);
  });

  it('are never called what a sensitive category is', () => {
    const hashes = ['0f'.repeat(16), '1e'.repeat(16)];
    const feature: FeatureBaseline = { ...categoricalOf(hashes, [600, 400], 0), sensitive: true };
    expect(namesOf([100, 900, 0, 0, 0], feature, 'shape')).toEqual(['c1']);
  });
});

describe('over any counts', () => {
  const count = fc.oneof(fc.constant(0), fc.nat(20), fc.nat(100_000));
  const counts = fc
    .integer({ min: 1, max: 30 })
    .chain(bins => fc.tuple(fc.array(count, { minLength: bins + 2, maxLength: bins + 2 }), fc.constant(bins)))
    .chain(([baseline, bins]) =>
      fc.record({
        baseline: fc.constant(baseline),
        live: fc.array(count, { minLength: bins + 2, maxLength: bins + 2 }),
        bins: fc.constant(bins),
      }),
    );

  /** With half a count in every bin. */
  function shareOf(counts: number[], cell: number): number {
    return (counts[cell]! + PSI_OFFSET) / (counts.reduce((a, b) => a + b, 0) + PSI_OFFSET * counts.length);
  }

  /** What one bin brings to the index of the values. */
  function brings(live: number[], baseline: number[], cell: number): number {
    const [q, p] = [shareOf(live, cell), shareOf(baseline, cell)];
    return (q - p) * Math.log(q / p);
  }

  it('what is given rose, in order, and brings no less than a tenth of what all that rose bring', () => {
    fc.assert(
      fc.property(counts, ({ baseline, live, bins }) => {
        const found = risenBins(live, numericOf(...baseline), ['shape']);
        expect(found.length).toBeLessThanOrEqual(MAX_DRIFTED_BINS);
        const [liveValues, baselineValues] = [live.slice(0, bins), baseline.slice(0, bins)];
        const parts = found.map(({ cell }) => brings(liveValues, baselineValues, cell));
        for (const [i, { share, baselineShare }] of found.entries()) {
          expect(share).toBeGreaterThan(baselineShare);
          expect(parts[i]!).toBeGreaterThan(0);
          if (i > 0) expect(parts[i - 1]!).toBeGreaterThanOrEqual(parts[i]!);
        }
        const psi = populationStabilityIndex(liveValues, baselineValues);
        if (found.length === 0) return;
        // No bin brings more than the whole index; those that are left out bring less than the least that is given, or a tenth.
        expect(parts.reduce((a, b) => a + b, 0)).toBeLessThanOrEqual(psi * (1 + 1e-9));
        const given = new Set(found.map(({ cell }) => cell));
        const [n, m] = [liveValues, baselineValues].map(all => all.reduce((a, b) => a + b, 0)) as [number, number];
        const rose = liveValues
          .map((_, cell) => cell)
          .filter(cell => liveValues[cell]! / n > baselineValues[cell]! / m)
          .filter(cell => shareOf(liveValues, cell) > shareOf(baselineValues, cell))
          .map(cell => ({ cell, part: brings(liveValues, baselineValues, cell) }));
        const all = rose.reduce((sum, { part }) => sum + part, 0);
        const least = Math.min(...parts);
        for (const { cell, part } of rose) {
          if (given.has(cell)) expect(part).toBeGreaterThanOrEqual(LEAST_PART * all * (1 - 1e-6) - 1e-12);
          else expect(part).toBeLessThanOrEqual(Math.max(least, LEAST_PART * all) * (1 + 1e-6) + 1e-12);
        }
      }),
    );
  });

  it('each cell is given at most once, and only what the tests look at', () => {
    const tests = fc.subarray<DriftTest>(['shape', 'missing', 'unseen']);
    fc.assert(
      fc.property(counts, tests, ({ baseline, live, bins }, rang) => {
        const cells = risenBins(live, numericOf(...baseline), rang).map(({ cell }) => cell);
        expect(new Set(cells).size).toBe(cells.length);
        for (const cell of cells) {
          const test = cell >= bins ? 'missing' : baseline[cell] === 0 && rang.includes('unseen') ? 'unseen' : 'shape';
          expect(rang).toContain(test);
        }
      }),
    );
  });
});
