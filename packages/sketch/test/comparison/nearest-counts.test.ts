import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nearestCounts } from '../../src/comparison/nearest-counts.js';
import { hellinger, jensenShannon, kolmogorovSmirnov, populationStabilityIndex } from '../../src/index.js';
import { sum } from './rows.js';

interface Case {
  readonly reference: readonly number[];
  readonly gates: readonly { readonly low: number; readonly high: number; readonly guess: number }[];
  readonly all: number;
}

/** Two paths that rise from 0 to `all`: what lies between them, gate by gate, is possible. */
function casesOf(bins: number, most: number): fc.Arbitrary<Case> {
  const heights = fc.array(fc.integer({ min: 0, max: most }), { minLength: bins - 1, maxLength: bins - 1 });
  const reference = fc.array(fc.integer({ min: 0, max: most }), { minLength: bins, maxLength: bins });
  return fc.tuple(reference, heights, heights).map(([counts, a, b]) => {
    const [one, other] = [a, b].map(path => path.toSorted((x, y) => x - y));
    const gates = one!.map((height, i) => ({
      low: Math.min(height, other![i]!),
      high: Math.max(height, other![i]!),
      guess: height,
    }));
    // A reference without a value has no shares.
    return { reference: [counts[0]! + 1, ...counts.slice(1)], gates, all: most };
  });
}

/** Every run of counts that is possible. */
function* everyRun({ gates, all }: Case, from = 0, height = 0): Generator<number[]> {
  const gate = gates[from];
  if (gate === undefined) {
    yield [all - height];
    return;
  }
  for (let next = Math.max(height, gate.low); next <= gate.high; next++) {
    for (const rest of everyRun({ gates, all, reference: [] }, from + 1, next)) yield [next - height, ...rest];
  }
}

const isPossible = ({ gates, all }: Case, counts: readonly number[]): boolean =>
  sum(counts) === all &&
  counts.every(count => Number.isInteger(count) && count >= 0) &&
  gates.every(({ low, high }, i) => sum(counts.slice(0, i + 1)) >= low && sum(counts.slice(0, i + 1)) <= high);

const MEASURES = { hellinger, jensenShannon, populationStabilityIndex };

describe('the nearest counts', () => {
  it('are possible', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }).chain(bins => casesOf(bins, 50)),
        one => {
          expect(isPossible(one, nearestCounts(one.reference, one.gates, one.all))).toBe(true);
        },
      ),
    );
  });

  it('are those of the reference itself where these are possible', () => {
    fc.assert(
      fc.property(casesOf(5, 40), ({ reference }) => {
        const all = sum(reference);
        const open = reference.slice(1).map(() => ({ low: 0, high: all, guess: 0 }));
        expect(nearestCounts(reference, open, all)).toEqual(reference);
      }),
    );
  });

  it('are the only ones that there are where every gate is closed', () => {
    const gates = [3, 3, 7].map(height => ({ low: height, high: height, guess: height }));
    expect(nearestCounts([10, 20, 0, 5], gates, 9)).toEqual([3, 0, 4, 2]);
  });

  it('leave a bin empty that the reference left empty, if they may', () => {
    const gates = [
      { low: 0, high: 6, guess: 0 },
      { low: 4, high: 10, guess: 0 },
    ];
    expect(nearestCounts([5, 0, 5], gates, 10)).toEqual([5, 0, 5]);
    expect(nearestCounts([0, 5, 5], gates, 10)).toEqual([0, 5, 5]);
    expect(nearestCounts([5, 5, 0], [gates[1]!, { low: 4, high: 8, guess: 0 }], 10)).toEqual([4, 4, 2]);
  });

  it('have the smallest Kolmogorov–Smirnov distance of all that are possible, up to half a value', () => {
    fc.assert(
      fc.property(casesOf(4, 12), one => {
        const told = kolmogorovSmirnov(nearestCounts(one.reference, one.gates, one.all), one.reference);
        const least = Math.min(...Array.from(everyRun(one), counts => kolmogorovSmirnov(counts, one.reference)));
        expect(told).toBeLessThanOrEqual(least + 0.5 / one.all + 1e-12);
      }),
      { numRuns: 300 },
    );
  });

  it.each(Object.keys(MEASURES) as (keyof typeof MEASURES)[])(
    'have the smallest %s of all that are possible, up to rounding',
    name => {
      const measure = MEASURES[name];
      const bins = fc.integer({ min: 2, max: 17 });
      const many = 10_000_000;
      fc.assert(
        fc.property(
          bins.chain(count => casesOf(count, many)),
          fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
          (one, shares) => {
            const told = measure(nearestCounts(one.reference, one.gates, one.all), one.reference);
            for (let trial = 0; trial < 20; trial++) {
              let before = 0;
              const counts = one.gates.map(({ low, high }) => {
                const least = Math.max(low, before);
                const height = Math.round(least + shares.next().value! * (high - least));
                const count = height - before;
                before = height;
                return count;
              });
              expect(told).toBeLessThanOrEqual(measure([...counts, one.all - before], one.reference) + 1e-5);
            }
          },
        ),
      );
    },
  );

  it('are no better than each change of one gate by a little', () => {
    const bins = fc.integer({ min: 2, max: 17 });
    fc.assert(
      fc.property(
        bins.chain(count => casesOf(count, 10_000_000)),
        one => {
          // Convex functions of boxes: where no gate can be moved for the better the whole is the least.
          const counts = nearestCounts(one.reference, one.gates, one.all);
          const told = hellinger(counts, one.reference);
          for (let gate = 0; gate < one.gates.length; gate++) {
            for (const step of [-20_000, -1000, 1000, 20_000]) {
              const moved = counts.with(gate, counts[gate]! + step).with(gate + 1, counts[gate + 1]! - step);
              if (isPossible(one, moved)) expect(hellinger(moved, one.reference)).toBeGreaterThan(told - 1e-7);
            }
          }
        },
      ),
    );
  });
});
