import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { populationStabilityIndex } from '../../src/distance/psi.js';
import { logChiSquareTail } from '../../src/significance/chi-square.js';
import { logFisherTail } from '../../src/significance/fisher.js';
import { gTest } from '../../src/significance/g-test.js';
import { type FeatureJudgement, judgeFeature } from '../../src/verdict/judge.js';
import { VERDICT_LEVEL } from '../../src/verdict/levels.js';
import { mergeBaselineInto, mergeCellsInto, mergesFor, planMerges } from '../../src/verdict/merge.js';
import { categorical, numeric } from '../verdict/baselines.js';

const count = fc.oneof(fc.nat(3), fc.nat(60), fc.nat(20_000));
const order = fc.constantFrom('ranges' as const, 'categories' as const);
const sum = (counts: ArrayLike<number>): number => Array.from(counts).reduce((a, b) => a + b, 0);

/** Two runs of counts over the same bins, neither of them empty. */
const pair = fc
  .array(fc.tuple(count, count), { minLength: 1, maxLength: 40 })
  .map(bins => ({ observed: bins.map(bin => bin[0]), baseline: bins.map(bin => bin[1]) }))
  .filter(({ observed, baseline }) => sum(observed) > 0 && sum(baseline) > 0);

/** The same with a window of the same counts in another order. */
const permuted = pair.chain(({ observed, baseline }) =>
  fc
    .shuffledSubarray(observed, { minLength: observed.length, maxLength: observed.length })
    .map(other => ({ observed, other, baseline })),
);

/** A feature and a window of it. */
const judged = fc
  .record({
    kind: fc.constantFrom(numeric, categorical),
    cells: fc.array(fc.tuple(count, count), { minLength: 4, maxLength: 24 }),
  })
  .map(({ kind, cells }) => ({ feature: kind(cells.map(cell => cell[1])), observed: cells.map(cell => cell[0]) }));

describe('merging', () => {
  test('keeps the count of every bin that the baseline filled', () => {
    fc.assert(
      fc.property(pair, order, ({ observed, baseline }, kind) => {
        const plan = planMerges(baseline, kind);
        const merges = mergesFor(plan, sum(observed), sum(baseline));
        const out = new Float64Array(16);
        const own = new Float64Array(16);
        const length = mergeCellsInto(plan, merges, observed, out);
        expect(mergeBaselineInto(plan, merges, own)).toBe(length);
        expect(sum(own.subarray(0, length))).toBe(sum(baseline));
        expect(sum(out.subarray(0, length))).toBe(sum(observed.filter((_, i) => baseline[i]! > 0)));
      }),
    );
  });

  test('leaves 20 expected in every bin, or two bins, and no step further than needed', () => {
    fc.assert(
      fc.property(pair, order, ({ observed, baseline }, kind) => {
        const n = sum(observed);
        const m = sum(baseline);
        const plan = planMerges(baseline, kind);
        const merges = mergesFor(plan, n, m);
        const own = new Float64Array(16);
        const length = mergeBaselineInto(plan, merges, own);
        expect(length).toBeLessThanOrEqual(16);
        expect(Math.min(...own.subarray(0, length))).toBe(plan.smallest[merges]);
        if (length > 2) expect((n * plan.smallest[merges]!) / m).toBeGreaterThanOrEqual(20);
        if (merges > 0) expect((n * plan.smallest[merges - 1]!) / m).toBeLessThan(20);
      }),
    );
  });

  test('is laid out alike whatever the window shows', () => {
    fc.assert(
      fc.property(permuted, order, ({ observed, other, baseline }, kind) => {
        const make = kind === 'ranges' ? numeric : categorical;
        // The last of a category's valued cells is `_OTHER`.
        const feature = make([...baseline, 0, 0, 0].slice(0, baseline.length + (kind === 'ranges' ? 2 : 3)));
        const extra = kind === 'ranges' ? [0, 0] : [0, 0, 0];
        const first = judgeFeature([...observed, ...extra], feature, { logAlpha: -10 });
        const second = judgeFeature([...other, ...extra], feature, { logAlpha: -10 });
        expect(second.shape.bins).toBe(first.shape.bins);
      }),
    );
  });
});

describe('distances', () => {
  test('G is the same with its samples swapped', () => {
    fc.assert(
      fc.property(pair, ({ observed, baseline }) => {
        const there = gTest(observed, baseline);
        const back = gTest(baseline, observed);
        expect(back.df).toBe(there.df);
        expect(Math.abs(back.g - there.g)).toBeLessThanOrEqual(1e-12 * (1 + there.g));
        expect(there.g).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  test('the index is the same with its samples swapped, and never negative', () => {
    fc.assert(
      fc.property(pair, ({ observed, baseline }) => {
        const psi = populationStabilityIndex(observed, baseline);
        expect(psi).toBeGreaterThanOrEqual(0);
        expect(Math.abs(populationStabilityIndex(baseline, observed) - psi)).toBeLessThanOrEqual(1e-13 * (1 + psi));
      }),
    );
  });

  test('the index of proportional counts vanishes as they grow', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 30 }),
        fc.integer({ min: 2, max: 9 }),
        (counts, factor) => {
          const at = (scale: number): number =>
            populationStabilityIndex(
              counts.map(c => c * scale),
              counts.map(c => c * scale * factor),
            );
          expect(at(1e6)).toBeLessThan(1e-9);
          expect(at(1e6)).toBeLessThanOrEqual(at(1) + 1e-15);
        },
      ),
    );
  });
});

describe('tails', () => {
  test('Fisher’s falls as the window shows more', () => {
    const table = fc
      .tuple(fc.integer({ min: 1, max: 3000 }), fc.integer({ min: 1, max: 30_000 }))
      .chain(([n, m]) => fc.tuple(fc.constant(n), fc.constant(m), fc.nat(n - 1), fc.nat(m)));
    fc.assert(
      fc.property(table, ([n, m, k, k0]) => {
        const before = logFisherTail(k, n, k0, m);
        expect(before).toBeLessThanOrEqual(0);
        expect(logFisherTail(k + 1, n, k0, m)).toBeLessThanOrEqual(before + 1e-12 * (1 - before));
      }),
      { numRuns: 500 },
    );
  });

  test('chi square’s falls as x grows', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.1, max: 60, noNaN: true }),
        fc.double({ min: 0, max: 2000, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (df, x, step) => {
          const before = logChiSquareTail(x, df);
          expect(before).toBeLessThanOrEqual(0);
          expect(logChiSquareTail(x + step, df)).toBeLessThanOrEqual(before + 1e-12 * (1 - before));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('judgements', () => {
  test('a larger budget never makes a verdict milder', () => {
    fc.assert(
      fc.property(
        judged,
        fc.double({ min: -60, max: 0, noNaN: true }),
        fc.double({ min: 0, max: 30, noNaN: true }),
        ({ feature, observed }, level, step) => {
          const strict = judgeFeature(observed, feature, { logAlpha: level - step });
          const lax = judgeFeature(observed, feature, { logAlpha: level });
          expect(VERDICT_LEVEL[lax.verdict]).toBeGreaterThanOrEqual(VERDICT_LEVEL[strict.verdict]);
          expect(VERDICT_LEVEL[lax.shape.verdict]).toBeGreaterThanOrEqual(VERDICT_LEVEL[strict.shape.verdict]);
          if (lax.quiet) expect(strict.quiet).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('the more values hang together, the milder the verdict', () => {
    const factor = fc.oneof(fc.constant(1), fc.double({ min: 1, max: 50, noNaN: true }));
    const pair = fc.tuple(factor, factor).map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
    fc.assert(
      fc.property(
        judged,
        // Of rates λ is compared with none: of two near each other the larger may round a count the better way.
        fc.record({
          shape: pair,
          k: fc.double({ min: 1, max: 15, noNaN: true }),
          missing: fc.tuple(fc.constant(1), factor),
          other: fc.tuple(fc.constant(1), factor),
        }),
        fc.double({ min: -30, max: -1, noNaN: true }),
        ({ feature, observed }, { shape, k, missing, other }, logAlpha) => {
          const [little, much] = [0, 1].map(i =>
            judgeFeature(observed, feature, {
              logAlpha,
              dependence: { lambda: shape[i]!, k, missing: missing[i]!, other: other[i]! },
            }),
          ) as [FeatureJudgement, FeatureJudgement];
          // λ = 1 leaves k to the bins.
          if (shape[0] > 1 || k >= little.shape.k)
            expect(VERDICT_LEVEL[much.shape.verdict]).toBeLessThanOrEqual(VERDICT_LEVEL[little.shape.verdict]);
          expect(VERDICT_LEVEL[much.missing.verdict]).toBeLessThanOrEqual(VERDICT_LEVEL[little.missing.verdict]);
          if (little.unseen !== undefined)
            expect(VERDICT_LEVEL[much.unseen!.verdict]).toBeLessThanOrEqual(VERDICT_LEVEL[little.unseen.verdict]);
          expect(much.psi).toBe(little.psi);
          expect(much.missing.rise).toBe(little.missing.rise);
        },
      ),
      { numRuns: 500 },
    );
  });

  test('a warning is a lower bound that reaches its threshold', () => {
    fc.assert(
      fc.property(judged, ({ feature, observed }) => {
        const { shape } = judgeFeature(observed, feature, { logAlpha: -5 });
        if (shape.verdict === 'insufficient') return;
        const reached = shape.lowerBound >= 0.25 - 1e-12 ? 3 : shape.lowerBound >= 0.1 - 1e-12 ? 2 : 1;
        expect(VERDICT_LEVEL[shape.verdict]).toBe(shape.logP <= -5 ? reached : 0);
        expect(shape.lowerBound).toBeLessThanOrEqual(shape.effect + 1e-12);
      }),
      { numRuns: 500 },
    );
  });

  test('a baseline is no drift from itself', () => {
    fc.assert(
      fc.property(judged, fc.double({ min: -40, max: -0.7, noNaN: true }), ({ feature }, logAlpha) => {
        const cells = feature.kind === 'numeric' ? [...feature.counts] : [...feature.counts, feature.other];
        const judgement = judgeFeature([...cells, feature.missing, feature.invalid], feature, { logAlpha });
        expect(['insufficient', 'ok']).toContain(judgement.verdict);
        expect(judgement.quiet).toBe(true);
      }),
    );
  });
});
