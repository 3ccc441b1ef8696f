import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Faults } from '../../src/faults.js';
import { MAX_ERROR } from '../../src/outcome/answers.js';
import { OUTCOME_CELLS, OUTCOME_SUMS, type OutcomePlaces, Outcomes } from '../../src/outcome/outcomes.js';
import { Ring } from '../../src/window/ring.js';

/** Outcomes that lie behind other cells and sums of the ring. */
function outcomesOf(cell = 2, sum = 1) {
  const places: OutcomePlaces = {
    ring: new Ring(cell + OUTCOME_CELLS, sum + OUTCOME_SUMS),
    outcomeCell: cell,
    outcomeSum: sum,
  };
  const faults = new Faults('test');
  const outcomes = new Outcomes(places, 100, faults, () => {});
  return { places, faults, outcomes, ring: places.ring };
}

const SPECIAL = [0, -0, 1, -1, 5e-324, -5e-324, MAX_ERROR, -MAX_ERROR, Number.MAX_VALUE, -Number.MAX_VALUE];
const NO_NUMBERS = [
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
  null,
  undefined,
  '1',
  {},
  Symbol('s'),
];
const value: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -1e6, max: 1e6, noNaN: true }) },
  { weight: 2, arbitrary: fc.constantFrom<unknown>(...SPECIAL, ...NO_NUMBERS) },
  { weight: 1, arbitrary: fc.bigInt() },
  { weight: 1, arbitrary: fc.boolean() },
);
const pairs = fc.array(fc.record({ predicted: value, actual: value }), { maxLength: 50 });
type Pair = { predicted: unknown; actual: unknown };

function count(outcomes: Outcomes, { predicted, actual }: Pair): boolean {
  return outcomes.compare(
    () => ({ value: predicted }),
    () => ({ value: actual }),
  );
}

/** The error of a pair by the rules of features; undefined where it is none. */
function errorOf({ predicted, actual }: Pair): number | undefined {
  const isNumber = (x: unknown) => typeof x === 'number' || typeof x === 'bigint' || typeof x === 'boolean';
  if (!isNumber(predicted) || !isNumber(actual)) return undefined;
  const error = Number(predicted) - Number(actual);
  return Math.abs(error) <= MAX_ERROR ? error : undefined;
}

test('every pair is an error or a fault, and no number makes a sum that is none', () => {
  fc.assert(
    fc.property(pairs, all => {
      const { outcomes, faults } = outcomesOf();
      const errors = all.flatMap(pair => errorOf(pair) ?? []);
      expect(all.map(pair => count(outcomes, pair))).toEqual(all.map(pair => errorOf(pair) !== undefined));
      expect(faults.counts.get('outcome_invalid') ?? 0).toBe(all.length - errors.length);
      const { errors: report } = outcomes.report();
      if (errors.length === 0) expect(report).toBeUndefined();
      else {
        const sum = errors.reduce((a, b) => a + b, 0);
        const sizes = errors.reduce((a, b) => a + Math.abs(b), 0);
        const squares = errors.reduce((a, b) => a + b * b, 0);
        const n = errors.length;
        const expected = { known: n, mean: sum / n, meanAbsolute: sizes / n, rootMeanSquare: Math.sqrt(squares / n) };
        expect(report).toEqual({
          ...expected,
          totalKnown: n,
          totalMean: sum / n,
          totalMeanAbsolute: sizes / n,
        });
        expect(Object.values(report!).every(Number.isFinite)).toBe(true);
        // Squares below 1e-324 are nothing.
        expect(report!.rootMeanSquare).toBeGreaterThanOrEqual(report!.meanAbsolute * (1 - 1e-9) - 1e-150);
      }
    }),
  );
});

test('two processes add up to one that saw both, count for count', () => {
  // Whole numbers whose squares stay far below 2^53: their sums are exact in any order.
  const number = fc.integer({ min: -1_000_000, max: 1_000_000 });
  const whole = fc.array(fc.record({ predicted: number, actual: number }), { maxLength: 30 });
  fc.assert(
    fc.property(whole, whole, (first, second) => {
      const [a, b, both] = [outcomesOf(), outcomesOf(), outcomesOf()];
      for (const pair of first) count(a.outcomes, pair);
      for (const pair of second) count(b.outcomes, pair);
      for (const pair of [...first, ...second]) count(both.outcomes, pair);
      const added = (of: (one: typeof a) => ArrayLike<number>) =>
        Array.from(of(a), (x, i) => x + (of(b)[i] ?? Number.NaN));
      expect(added(({ ring }) => ring.cells)).toEqual(Array.from(both.ring.cells));
      expect(added(({ ring }) => ring.sums)).toEqual(Array.from(both.ring.sums));
      const counts = ({ outcomes }: typeof a) => outcomes.errors.made?.counts ?? new Float64Array(14);
      expect(added(counts)).toEqual(Array.from(counts(both)));
    }),
  );
});

test('totals are the same whenever the window turns or the ring is changed', () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ predicted: fc.integer(), actual: fc.integer() }) },
    { weight: 2, arbitrary: fc.integer({ min: 1, max: 70 }) },
    { weight: 1, arbitrary: fc.constant('use' as const) },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), steps => {
      const { outcomes, places } = outcomesOf();
      let { ring } = places;
      const still = outcomesOf();
      for (const one of steps) {
        if (one === 'use') {
          ring = new Ring(9 + OUTCOME_CELLS, OUTCOME_SUMS);
          outcomes.use({ ring, outcomeCell: 9, outcomeSum: 0 });
        } else if (typeof one === 'number') ring.advance(one);
        else {
          count(outcomes, one);
          count(still.outcomes, one);
        }
      }
      const { errors } = outcomes.report();
      const { errors: expected } = still.outcomes.report();
      expect(errors?.totalKnown).toBe(expected?.totalKnown);
      expect(errors?.totalMean).toBe(expected?.totalMean);
      expect(errors?.totalMeanAbsolute).toBe(expected?.totalMeanAbsolute);
      expect(errors?.known ?? 0).toBeLessThanOrEqual(expected?.known ?? 0);
    }),
  );
});
