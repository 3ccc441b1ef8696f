import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { binPositions } from '../../src/distance/bin-positions.js';
import { distances } from '../../src/distance/distances.js';
import { hellinger } from '../../src/distance/hellinger.js';
import { jensenShannon } from '../../src/distance/jensen-shannon.js';
import { kullbackLeibler } from '../../src/distance/kullback-leibler.js';
import { PSI_OFFSET, populationStabilityIndex } from '../../src/distance/psi.js';
import { wasserstein } from '../../src/distance/wasserstein.js';
import { binned, numericFeature } from '../distance/numeric-feature.js';

const MOST = 2 ** 53;
const count = fc.oneof(
  fc.nat(3),
  fc.nat(20_000),
  fc.maxSafeNat(),
  // Near 2^53 and near each other: shares that are one double.
  fc.nat(3).map(less => MOST - less),
);
const gap = fc.oneof(fc.constant(0), fc.double({ min: 1e-3, max: 1e3, noNaN: true }));
const sum = (counts: readonly number[]): number => counts.reduce((a, b) => a + b, 0);
const hasValues = (counts: readonly number[]): boolean => counts.some(value => value > 0);

/** Three runs of counts over the same bins, none of them empty, and where the bins lie. */
const triple = fc
  .array(fc.tuple(count, count, count, gap), { minLength: 1, maxLength: 24 })
  .map(bins => {
    let position = -100;
    return {
      a: bins.map(bin => bin[0]),
      b: bins.map(bin => bin[1]),
      c: bins.map(bin => bin[2]),
      positions: bins.map(bin => (position += bin[3])),
    };
  })
  .filter(({ a, b, c }) => hasValues(a) && hasValues(b) && hasValues(c));

const whole = (counts: readonly number[]): bigint => counts.reduce((total, value) => total + BigInt(value), 0n);
function sharesAreEqual(a: readonly number[], b: readonly number[]): boolean {
  const [n, m] = [whole(a), whole(b)];
  return a.every((value, i) => BigInt(value) * m === BigInt(b[i]!) * n);
}

/** Rounding, on either side of an inequality. */
const ROUNDING = 1 + 1e-12;

describe('shares', () => {
  test('that are equal have no distance, and others have one', () => {
    const pairs = fc.oneof(
      triple.map(({ a, b }) => [a, b] as const),
      fc
        .tuple(triple, fc.integer({ min: 1, max: 1000 }))
        .map(([{ a }, factor]) => [a.map(value => value % 1e12), a.map(value => (value % 1e12) * factor)] as const)
        .filter(([a]) => hasValues(a)),
    );
    fc.assert(
      fc.property(pairs, ([a, b]) => {
        const equal = sharesAreEqual(a, b);
        const along = a.map((_, i) => i);
        for (const distance of [
          kullbackLeibler(a, b),
          jensenShannon(a, b),
          hellinger(a, b),
          wasserstein(a, b, along),
        ]) {
          if (equal) expect(distance).toBe(0);
          else expect(distance).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500 },
    );
  });

  test('are all that counts: both samples scaled are as far apart', () => {
    const factor = fc.integer({ min: 1, max: 1000 });
    fc.assert(
      fc.property(triple, factor, factor, ({ a, b, positions }, f, g) => {
        const [small, other] = [a.map(value => value % 1e12), b.map(value => value % 1e12)];
        fc.pre(hasValues(small) && hasValues(other));
        const [scaled, otherScaled] = [small.map(value => value * f), other.map(value => value * g)];
        const pairs = [
          [kullbackLeibler(small, other), kullbackLeibler(scaled, otherScaled)],
          [jensenShannon(small, other), jensenShannon(scaled, otherScaled)],
          [hellinger(small, other), hellinger(scaled, otherScaled)],
          [wasserstein(small, other, positions), wasserstein(scaled, otherScaled, positions)],
        ] as const;
        for (const [before, after] of pairs) {
          expect(after).toBeLessThanOrEqual(before * ROUNDING);
          expect(before).toBeLessThanOrEqual(after * ROUNDING);
        }
      }),
    );
  });
});

describe('metrics', () => {
  test('are the same with their samples swapped, bit for bit', () => {
    fc.assert(
      fc.property(triple, ({ a, b, positions }) => {
        expect(jensenShannon(a, b)).toBe(jensenShannon(b, a));
        expect(hellinger(a, b)).toBe(hellinger(b, a));
        expect(wasserstein(a, b, positions)).toBe(wasserstein(b, a, positions));
      }),
    );
  });

  test('are no longer than the way over a third sample', () => {
    fc.assert(
      fc.property(triple, ({ a, b, c, positions }) => {
        const metrics = [jensenShannon, hellinger, (x: number[], y: number[]) => wasserstein(x, y, positions)];
        for (const metric of metrics)
          expect(metric(a, c)).toBeLessThanOrEqual((metric(a, b) + metric(b, c)) * ROUNDING);
      }),
      { numRuns: 500 },
    );
  });

  test('stay within their bounds', () => {
    fc.assert(
      fc.property(triple, ({ a, b, positions }) => {
        expect(jensenShannon(a, b)).toBeLessThanOrEqual(Math.sqrt(Math.LN2));
        expect(hellinger(a, b)).toBeLessThanOrEqual(1);
        const widest = positions.at(-1)! - positions[0]!;
        expect(wasserstein(a, b, positions)).toBeLessThanOrEqual(widest * ROUNDING);
      }),
    );
  });
});

describe('divergences', () => {
  /** The largest difference of probability that any set of bins has, to about 1e-16. */
  function totalVariation(a: readonly number[], b: readonly number[]): number {
    const [n, m] = [sum(a), sum(b)];
    return sum(a.map((value, i) => Math.abs(value / n - b[i]! / m))) / 2;
  }
  const UNIT = 1e-14;

  test('bound the total variation and each other (Pinsker, Le Cam, Lin)', () => {
    fc.assert(
      fc.property(triple, ({ a, b }) => {
        const variation = totalVariation(a, b);
        const [divergence, js, h] = [kullbackLeibler(a, b), jensenShannon(a, b), hellinger(a, b)];
        expect(variation).toBeLessThanOrEqual(Math.sqrt(divergence / 2) + UNIT);
        expect(h * h).toBeLessThanOrEqual(variation + UNIT);
        expect(variation).toBeLessThanOrEqual(h * Math.sqrt(2 - h * h) + UNIT);
        expect(js * js).toBeLessThanOrEqual(Math.LN2 * variation + UNIT);
        expect(2 * h * h).toBeLessThanOrEqual(divergence * ROUNDING);
        expect(Math.LN2 * h * h).toBeLessThanOrEqual(js * js * ROUNDING);
        expect(js * js).toBeLessThanOrEqual(h * h * ROUNDING);
      }),
      { numRuns: 500 },
    );
  });

  test('do not grow when two bins are merged', () => {
    fc.assert(
      fc.property(triple, fc.nat(), ({ a, b }, which) => {
        fc.pre(a.length > 1);
        const at = which % (a.length - 1);
        // Merged counts beyond 2^53 would be rounded.
        const [x, y] = [a.map(value => Math.floor(value / 2)), b.map(value => Math.floor(value / 2))];
        fc.pre(hasValues(x) && hasValues(y));
        const merged = (counts: readonly number[]): number[] => [
          ...counts.slice(0, at),
          counts[at]! + counts[at + 1]!,
          ...counts.slice(at + 2),
        ];
        for (const distance of [kullbackLeibler, jensenShannon, hellinger])
          expect(distance(merged(x), merged(y))).toBeLessThanOrEqual(distance(x, y) * ROUNDING);
      }),
      { numRuns: 500 },
    );
  });

  test('of Kullback and Leibler, both ways with half a value added, are the index', () => {
    fc.assert(
      fc.property(triple, ({ a, b }) => {
        const halves = { offset: PSI_OFFSET };
        const both = kullbackLeibler(a, b, halves) + kullbackLeibler(b, a, halves);
        expect(Math.abs(both - populationStabilityIndex(a, b))).toBeLessThanOrEqual(1e-12 * (1 + both));
      }),
    );
  });

  test('are finite once a value is added to every bin', () => {
    const offset = fc.double({ min: 1e-9, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(triple, offset, ({ a, b }, added) => {
        const divergence = kullbackLeibler(a, b, { offset: added });
        expect(Number.isFinite(divergence) && divergence >= 0).toBe(true);
      }),
    );
  });
});

describe('any finite values', () => {
  const value = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.double({ min: -10, max: 10, noNaN: true }),
    fc.integer({ min: 0, max: 4 }),
  );
  const values = fc.array(value, { minLength: 1, maxLength: 200 });

  test('have bins whose positions rise, each within its cuts and those of filled bins within the range', () => {
    fc.assert(
      fc.property(values, learned => {
        const feature = numericFeature(learned);
        const positions = binPositions(feature);
        expect(positions).toHaveLength(feature.counts.length);
        positions.forEach((position, bin) => {
          expect(position).toBeGreaterThanOrEqual(feature.cuts[bin - 1] ?? Math.min(feature.min, position));
          expect(position).toBeLessThanOrEqual(feature.cuts[bin] ?? Math.max(feature.max, position));
          if (feature.counts[bin]! === 0) return;
          expect(position).toBeGreaterThanOrEqual(feature.min);
          expect(position).toBeLessThanOrEqual(feature.max);
        });
      }),
      { numRuns: 500 },
    );
  });

  test('have finite distances from any others, and none from themselves', () => {
    fc.assert(
      fc.property(values, values, (learned, seen) => {
        const feature = numericFeature(learned);
        for (const distance of Object.values(distances([...binned(feature, seen), 1, 2], feature)))
          expect(Number.isFinite(distance) && distance >= 0).toBe(true);
        for (const distance of Object.values(distances([...feature.counts, 0, 0], feature))) expect(distance).toBe(0);
      }),
      { numRuns: 500 },
    );
  });
});
