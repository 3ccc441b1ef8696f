import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  type Baseline,
  baselineCells,
  learnBaseline,
  mergeBaselines,
  parseBaseline,
  RowCounter,
  stringifyBaseline,
} from '../../src/index.js';
import { GENERATED_MODEL as MODEL, word } from './generated-model.js';

const number = fc.oneof(
  { weight: 8, arbitrary: fc.oneof(fc.integer({ min: -20, max: 20 }), fc.double({ min: -30, max: 30, noNaN: true })) },
  { weight: 1, arbitrary: fc.constantFrom(null, 'seven', 1e300, -1e300, 0, 5e-324) },
);
const output = fc.option(fc.record({ label: word, value: number }), { nil: undefined });
const row = fc.record({ input: fc.record({ n: number, hidden: number, c: word, name: word }), output });
/** A few different rows, each some times: atoms, rare categories and values. */
const rowSets = fc
  .tuple(
    fc.array(fc.tuple(row, fc.integer({ min: 1, max: 40 })), { minLength: 1, maxLength: 80 }),
    fc.integer({ min: 0, max: 999 }),
  )
  .map(([some, more]) => {
    const rows = some.flatMap(([one, times]) => new Array<(typeof some)[0][0]>(times).fill(one));
    return Array.from({ length: 1000 + more }, (_, i) => rows[i % rows.length]! as never);
  });
/** Each whole number from 0 to 9 comes 30 times or more and has a bin of its own, so the cuts of all are equal. */
const digitSets = fc
  .array(fc.integer({ min: 0, max: 9 }), { minLength: 10, maxLength: 60 })
  .map(some => Array.from({ length: 1000 + some.length }, (_, i) => (i < 300 ? i % 10 : some[i % some.length]!)))
  .map(digits => digits.map(n => ({ input: { n, hidden: n, c: 'a', name: 'abc'.charAt(n % 3) } })));

const featuresOf = ({ features, outputs }: Baseline) => [...features, ...outputs];
const counts = (baseline: Baseline) => featuresOf(baseline).map(baselineCells);
const sum = (list: readonly number[]) => list.reduce((a, b) => a + b, 0);

it('rows add up, those of every feature too, and the result is a baseline file', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(rowSets, { minLength: 1, maxLength: 4 }), async sets => {
      const baselines = await Promise.all(sets.map(rows => learnBaseline(MODEL, rows)));
      const { baseline, features } = mergeBaselines(baselines);
      expect(baseline.rows).toBe(sum(sets.map(rows => rows.length)));
      for (const cells of counts(baseline)) expect(sum(cells)).toBe(baseline.rows);
      expect(parseBaseline(stringifyBaseline(baseline))).toEqual(baseline);
      expect(features.map(({ name }) => name)).toEqual(featuresOf(baseline).map(({ name }) => name));
    }),
  );
});

it('of the files of all rows the counts are those of the rows, but for what is said to be unsure', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(rowSets, { minLength: 1, maxLength: 3 }), async sets => {
      const baselines = await Promise.all(sets.map(rows => learnBaseline(MODEL, rows)));
      const { baseline, features } = mergeBaselines(baselines);
      const counter = new RowCounter(baseline, MODEL);
      for (const one of sets.flat()) counter.add(one);
      const truth = counter.finish().features;
      for (const [i, feature] of featuresOf(baseline).entries()) {
        const { exact, unsure } = features[i]!;
        const [told, of] = [baselineCells(feature), truth[i]!.counts];
        expect(told.slice(-2)).toEqual(of.slice(-2));
        if (exact) expect(told).toEqual(of);
        expect(exact).toBe(unsure === 0);
        // Of numbers what lies below each cut, of categories each of them.
        const runs = (cells: readonly number[]) =>
          feature.counts.map((count, bin) =>
            feature.kind === 'numeric' ? sum(cells.slice(0, bin + 1)) : (cells[bin] ?? count),
          );
        const [a, b] = [runs(told), runs(of)];
        for (const [bin, count] of a.entries()) {
          expect(Math.abs(count - b[bin]!), feature.name).toBeLessThanOrEqual(unsure * baseline.rows + 1e-6);
        }
      }
    }),
  );
});

it('smallest and largest values are those of all rows, and mean and deviation to the last digits', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(rowSets, { minLength: 2, maxLength: 3 }), async sets => {
      const baselines = await Promise.all(sets.map(rows => learnBaseline(MODEL, rows)));
      const [all, merged] = [await learnBaseline(MODEL, sets.flat()), mergeBaselines(baselines).baseline];
      for (const [i, feature] of featuresOf(all).entries()) {
        const own = featuresOf(merged)[i]!;
        if (feature.kind !== 'numeric' || own.kind !== 'numeric' || feature.sensitive === true) continue;
        expect([own.min, own.max]).toEqual([feature.min, feature.max]);
        // Of the smallest doubles there are no last digits.
        const scale = Math.max(Math.abs(feature.min), Math.abs(feature.max), 1e-300);
        expect(Math.abs(own.mean! - feature.mean) / scale).toBeLessThan(1e-13);
        expect(Math.abs(own.sd! - feature.sd) / scale).toBeLessThan(1e-7);
      }
    }),
  );
});

it('with equal cuts the order of the files makes no difference, nor does their grouping', async () => {
  await fc.assert(
    fc.asyncProperty(fc.tuple(digitSets, digitSets, digitSets), async sets => {
      const [a, b, c] = (await Promise.all(sets.map(rows => learnBaseline(MODEL, rows)))) as [
        Baseline,
        Baseline,
        Baseline,
      ];
      const whole = mergeBaselines([a, b, c]);
      expect(whole.features.every(({ exact }) => exact)).toBe(true);
      const all = await learnBaseline(MODEL, sets.flat());
      const numbers = (baseline: Baseline) => featuresOf(baseline).map(({ name, id }) => [name, id]);
      expect(numbers(whole.baseline)).toEqual(numbers(all));
      for (const grouped of [
        mergeBaselines([c, a, b]),
        mergeBaselines([mergeBaselines([a, b]).baseline, c]),
        mergeBaselines([a, mergeBaselines([b, c]).baseline]),
      ]) {
        expect(numbers(grouped.baseline)).toEqual(numbers(all));
      }
    }),
    { numRuns: 40 },
  );
});

it('of a single file is the file', async () => {
  await fc.assert(
    fc.asyncProperty(rowSets, async rows => {
      const baseline = await learnBaseline(MODEL, rows);
      expect(stringifyBaseline(mergeBaselines([baseline]).baseline)).toBe(stringifyBaseline(baseline));
    }),
  );
});
