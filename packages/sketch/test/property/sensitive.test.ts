import fc from 'fast-check';
import { expect, it } from 'vitest';
import { baselineCells, categorical, defineModel, numeric, parseBaseline, stringifyBaseline } from '../../src/index.js';
import { BaselineLearner } from '../../src/learning/learner.js';

const MODEL = defineModel({
  name: 'm',
  version: '1',
  sensitiveKey: 'the key of the properties',
  features: { n: numeric({ sensitive: true }), c: categorical({ sensitive: true, limit: 5 }) },
});
const number = fc.oneof(
  fc.double({ noDefaultInfinity: true, noNaN: true }),
  fc.integer({ min: -5, max: 5 }),
  fc.constantFrom(0, 0.1, 1e300, -1e-300),
);
const n = fc.oneof({ weight: 8, arbitrary: number }, { weight: 1, arbitrary: fc.constantFrom(null, '7', Number.NaN) });
/** Texts that nothing else in the file could look like. */
const c = fc.oneof(
  fc.string().map(text => `§${text}§`),
  fc.constantFrom('§a§', '§b§', null),
);
/** A few different rows, repeated: ties, atoms, and values of a single row. */
const rowSets = fc
  .tuple(
    fc.array(fc.record({ n, c }), { minLength: 1, maxLength: 120 }),
    fc.array(fc.record({ n, c }), { maxLength: 30 }),
    fc.integer({ min: 0, max: 2000 }),
  )
  .map(([some, single, more]) => [...single, ...Array.from({ length: 1000 + more }, (_, i) => some[i % some.length]!)]);
const streams = fc.constantFrom(2 ** 30, 700);

function learned(rows: readonly unknown[], exactRows: number) {
  const learner = new BaselineLearner(MODEL, {}, { exactRows, k: 8192 });
  for (const input of rows) learner.add({ input });
  return learner.finish();
}

it('no number in the file lies beyond the 1 % and 99 % quantiles of the values', () => {
  fc.assert(
    fc.property(rowSets, streams, (rows, exactRows) => {
      const [feature] = parseBaseline(stringifyBaseline(learned(rows, exactRows))).features;
      const values = rows.map(row => row.n).filter(Number.isFinite) as number[];
      const sorted = Float64Array.from(values).sort();
      if (feature?.kind !== 'numeric') throw new Error('a numeric feature');
      // The lowest and the highest that any way to interpolate gives: `sorted` at floor or ceil of p (n ± 1).
      const low = sorted[Math.ceil((sorted.length + 1) / 100)] ?? Number.NaN;
      const high = sorted[Math.floor((99 * (sorted.length - 1)) / 100) - 1] ?? Number.NaN;
      const edges = feature.labels
        .flatMap(label => label.slice(4, -1).split(','))
        .map(Number)
        .filter(Number.isFinite);
      expect(edges).toHaveLength(2 * feature.cuts.length);
      for (const told of [...feature.cuts, ...edges]) {
        expect(told).toBeGreaterThanOrEqual(low);
        expect(told).toBeLessThanOrEqual(high);
      }
      for (const count of feature.cuts.length === 0 ? [] : feature.counts) expect(count).toBeGreaterThanOrEqual(10);
    }),
  );
});

it('no category is in the file as it is', () => {
  fc.assert(
    fc.property(rowSets, streams, (rows, exactRows) => {
      const text = stringifyBaseline(learned(rows, exactRows));
      expect(text).not.toContain('§');
    }),
  );
});

it('cells of a sensitive feature add up to the rows', () => {
  fc.assert(
    fc.property(rowSets, streams, (rows, exactRows) => {
      for (const feature of learned(rows, exactRows).features) {
        expect(baselineCells(feature).reduce((a, b) => a + b)).toBe(rows.length);
      }
    }),
  );
});

it('a value that a single row has may be any other one beyond the quantiles: the file is the same', () => {
  const common = fc.array(fc.double({ min: -1000, max: 1000, noNaN: true }), { minLength: 100, maxLength: 200 });
  const far = fc.double({ min: 1001, noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(common, far, far, (some, one, another) => {
      const rows = (single: number) => [
        { n: single, c: null },
        ...Array.from({ length: 1999 }, (_, i) => ({ n: some[i % some.length]!, c: null })),
      ];
      expect(stringifyBaseline(learned(rows(one), 2 ** 30))).toBe(stringifyBaseline(learned(rows(another), 2 ** 30)));
    }),
  );
});
