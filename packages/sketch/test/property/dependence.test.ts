import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BlockCovariance } from '../../src/dependence/block-covariance.js';
import {
  type DependenceLadder,
  dependenceOfWindow,
  type FeatureDependence,
  type WindowDependence,
} from '../../src/dependence/dependence.js';
import { dependenceOfFits, FeatureBlocks } from '../../src/dependence/feature-blocks.js';
import { fitDependence, ladderOf } from '../../src/dependence/fit.js';
import { MAX_LENGTHS, orderOfRows, orderOfTimes } from '../../src/dependence/ladder.js';
import { judgeFeature } from '../../src/verdict/judge.js';
import { VERDICT_LEVEL } from '../../src/verdict/levels.js';
import { prepareFeature } from '../../src/verdict/prepare.js';
import { categorical, numeric } from '../verdict/baselines.js';

const factor = fc.oneof(
  fc.constant(1),
  fc.double({ min: 1, max: 3, noNaN: true }),
  fc.double({ min: 1, max: 1e6, noNaN: true }),
);
const count = fc.oneof(fc.nat(3), fc.nat(60), fc.nat(20_000));
const df = 15;

/** What a file may say, and a window. */
const asked = fc
  .uniqueArray(fc.double({ min: 1, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 12 })
  .map(lengths => lengths.sort((a, b) => a - b))
  .chain(lengths => {
    const factors = fc.array(factor, { minLength: lengths.length, maxLength: lengths.length });
    return fc.record({
      lengths: fc.constant(lengths),
      rows: fc.array(fc.double({ min: 1, max: 1e6, noNaN: true }), {
        minLength: lengths.length,
        maxLength: lengths.length,
      }),
      timed: fc.boolean(),
      feature: fc.record({
        lambda: factors,
        k: fc.array(fc.double({ min: 1, max: df, noNaN: true }), {
          minLength: lengths.length,
          maxLength: lengths.length,
        }),
        missing: factors,
        other: factors,
      }),
      window: fc.record({
        rows: fc.nat(1e9),
        lengthMs: fc.oneof(fc.constant(0), fc.double({ min: 1, max: 1e10, noNaN: true })),
      }),
      more: fc.nat(1e9),
    });
  });

function ask(
  { lengths, rows, timed }: { lengths: number[]; rows: number[]; timed: boolean },
  feature: FeatureDependence,
  window: { rows: number; lengthMs: number },
): WindowDependence {
  const ladder: DependenceLadder = timed
    ? { blockRows: rows, blockMs: lengths, spanMs: lengths.at(-1)! * 5 }
    : { blockRows: lengths };
  return dependenceOfWindow(ladder, feature, { rows: 1e6, df }, window);
}

describe('the dependence of a window', () => {
  test('is a number, at least 1 in every part', () => {
    fc.assert(
      fc.property(asked, parts => {
        const { lambda, k, missing, other } = ask(parts, parts.feature, parts.window);
        for (const part of [lambda, k, missing, other]) {
          expect(part).toBeGreaterThanOrEqual(1);
          expect(part).toBeLessThan(Number.POSITIVE_INFINITY);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('never falls when the same time holds more rows', () => {
    fc.assert(
      fc.property(asked, parts => {
        fc.pre(parts.timed);
        const { rows, lengthMs } = parts.window;
        const few = ask(parts, parts.feature, { rows, lengthMs });
        const many = ask(parts, parts.feature, { rows: rows + parts.more, lengthMs });
        for (const part of ['lambda', 'missing', 'other'] as const)
          expect(many[part]).toBeGreaterThanOrEqual(few[part] * (1 - 1e-12));
      }),
      { numRuns: 1000 },
    );
  });

  test('is never less than that of the block of its length, or of the next shorter and longer', () => {
    fc.assert(
      fc.property(asked, fc.nat(11), (parts, step) => {
        const { lengths, feature, timed } = parts;
        const at = step % lengths.length;
        const window = timed ? { rows: 0, lengthMs: lengths[at]! } : { rows: lengths[at]!, lengthMs: 0 };
        // Lengths that are nearly the same may stand for each other.
        fc.pre(lengths.every((length, i) => i === at || Math.abs(length - lengths[at]!) > 0.03 * lengths[at]!));
        expect(ask(parts, feature, window).lambda).toBeCloseTo(feature.lambda[at]!, 6);
      }),
      { numRuns: 500 },
    );
  });
});

describe('blocks', () => {
  const blocks = fc
    .integer({ min: 1, max: 16 })
    .chain(size =>
      fc.array(fc.array(fc.array(count, { minLength: size, maxLength: size }), { maxLength: 12 }), { maxLength: 5 }),
    );

  test('give λ and k from 1 on, k at most the degrees of freedom, and no NaN, whatever they hold', () => {
    fc.assert(
      fc.property(blocks, fc.constantFrom('each' as const, 'rows' as const), (groups, weight) => {
        const size = groups.flat()[0]?.length ?? 1;
        const covariance = new BlockCovariance(size, weight);
        for (const group of groups) {
          for (const block of group) covariance.add(block);
          covariance.endGroup();
        }
        const fit = covariance.fit();
        if (fit === undefined) return;
        const rows = groups.flat(2).reduce((a, b) => a + b, 0);
        expect(fit.freedom).toBeGreaterThanOrEqual(1);
        expect(fit.lambda).toBeGreaterThanOrEqual(1);
        // What a baseline file is refused for: see `checkedDependence`.
        expect(fit.lambda).toBeLessThanOrEqual(5 * rows);
        expect(fit.k).toBeGreaterThanOrEqual(1);
        expect(fit.k).toBeLessThanOrEqual(Math.max(1, size - 1) + 1e-9);
      }),
      { numRuns: 500 },
    );
  });

  test('give a dependence that any window can be judged by', () => {
    const cells = fc.integer({ min: 4, max: 24 }).chain(size => {
      const run = fc.array(count, { minLength: size, maxLength: size });
      return fc.tuple(run, run, fc.array(run, { maxLength: 30 }), fc.constantFrom(numeric, categorical));
    });
    fc.assert(
      fc.property(cells, fc.double({ min: -30, max: -1, noNaN: true }), ([base, window, parts, kind], logAlpha) => {
        const prepared = prepareFeature(kind(base));
        const all = new FeatureBlocks(prepared);
        for (const part of parts) all.add(part);
        const dependence = dependenceOfFits([all.fit()]);
        const judged = judgeFeature(window, prepared, { logAlpha, dependence });
        const independent = judgeFeature(window, prepared, { logAlpha });
        expect(judged.shape.lambda).toBe(dependence.lambda);
        for (const logP of [judged.missing.logP, judged.unseen?.logP ?? 0]) expect(logP).toBeLessThanOrEqual(0);
        // Values that hang together never tell more than independent ones.
        if (dependence.lambda > 1 && dependence.k >= independent.shape.k)
          expect(VERDICT_LEVEL[judged.shape.verdict]).toBeLessThanOrEqual(VERDICT_LEVEL[independent.shape.verdict]);
        expect(VERDICT_LEVEL[judged.missing.verdict]).toBeLessThanOrEqual(VERDICT_LEVEL[independent.missing.verdict]);
      }),
      { numRuns: 500 },
    );
  });
});

describe('a ladder', () => {
  const times = fc
    .tuple(
      fc.array(fc.oneof(fc.constant(0), fc.nat(1000), fc.nat(1e6), fc.nat(1e9)), { minLength: 1, maxLength: 300 }),
      fc.double({ min: -8.64e15, max: 8.64e15, noNaN: true }),
    )
    .map(([gaps, first]) => {
      let at = Math.round(first);
      return Float64Array.from(gaps, gap => (at += gap));
    });

  test('is bounded, rises, and holds every row in at most one block of each length', () => {
    fc.assert(
      fc.property(times, at => {
        const order = orderOfTimes(at);
        expect(order.lengths.length).toBeLessThanOrEqual(MAX_LENGTHS);
        for (const [i, length] of order.lengths.entries()) expect(length).toBeGreaterThan(order.lengths[i - 1] ?? 0);
        const ladder = ladderOf(order, at.length);
        expect(ladder === undefined).toBe(order.lengths.length === 0);
        for (const [i, rows] of (ladder?.blockRows ?? []).entries()) {
          expect(rows).toBeGreaterThanOrEqual(1);
          expect(rows).toBeLessThanOrEqual(at.length);
          if (!order.timed) expect(rows).toBe(order.lengths[i]);
        }
      }),
      { numRuns: 300 },
    );
  });

  test('measures finite numbers from 1 on, whatever the rows are', () => {
    const feature = { valued: 3, plan: prepareFeature(numeric([30, 20, 10, 0, 0])).plan, other: -1 };
    fc.assert(
      fc.property(times, fc.array(fc.nat(4), { minLength: 300, maxLength: 300 }), fc.boolean(), (at, cells, timed) => {
        const order = timed ? orderOfTimes(at) : orderOfRows(at.length);
        const fit = fitDependence(cells.slice(0, at.length), feature, order);
        for (const list of Object.values(fit ?? {})) {
          expect(list).toHaveLength(order.lengths.length);
          for (const value of list) {
            expect(value).toBeGreaterThanOrEqual(1);
            expect(value).toBeLessThanOrEqual(5 * at.length);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
