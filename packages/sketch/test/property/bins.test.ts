import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findBin } from '../../src/bins/find-bin.js';
import { binLabels } from '../../src/bins/labels.js';
import { midway } from '../../src/bins/midway.js';
import { countSorted, numericCuts } from '../../src/bins/numeric-cuts.js';
import { ascending } from '../generated-rows.js';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
/** Doubles of every size, and few different ones, so that there are atoms and ties. */
const values = fc.oneof(
  fc.array(finite, { maxLength: 200 }),
  fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 400 }),
  fc.array(fc.constantFrom(0, -0, 0.1, Math.fround(0.1), 1, 1 + Number.EPSILON, Number.MIN_VALUE, -1e308, 1e308), {
    maxLength: 200,
  }),
  fc
    .tuple(fc.array(fc.constantFrom(0, 5, 9), { maxLength: 300 }), fc.array(finite, { maxLength: 100 }))
    .map(parts => parts.flat()),
);

it('cuts are finite, rise strictly and are at most 15', () => {
  fc.assert(
    fc.property(values, numbers => {
      const { cuts } = numericCuts(ascending(numbers));
      expect(cuts.length).toBeLessThanOrEqual(15);
      expect(cuts.every((cut, i) => Number.isFinite(cut) && (i === 0 || cut > cuts[i - 1]!))).toBe(true);
    }),
  );
});

it('every cut lies between the learned values beside it, which are neighbours', () => {
  fc.assert(
    fc.property(values, numbers => {
      const sorted = ascending(numbers);
      const { cuts, below, above } = numericCuts(sorted);
      cuts.forEach((cut, i) => {
        expect(below[i]! <= cut && cut < above[i]!).toBe(true);
        expect(sorted.filter(value => value > below[i]! && value < above[i]!)).toHaveLength(0);
      });
    }),
  );
});

it('counts are those of findBin and add up to the values', () => {
  fc.assert(
    fc.property(values, numbers => {
      const sorted = ascending(numbers);
      const { cuts } = numericCuts(sorted);
      const counts = new Array(cuts.length + 1).fill(0);
      for (const number of numbers) counts[findBin(cuts, number)]++;
      expect(countSorted(cuts, sorted)).toEqual(counts);
      expect(counts.reduce((a, b) => a + b, 0)).toBe(numbers.length);
    }),
  );
});

it('no bin is empty unless the feature is constant or without values', () => {
  fc.assert(
    fc.property(values, numbers => {
      const sorted = ascending(numbers);
      fc.pre(new Set(sorted).size > 1);
      expect(countSorted(numericCuts(sorted).cuts, sorted).includes(0)).toBe(false);
    }),
  );
});

it('a value with 1/16 of the rows shares its bin with none, if all pieces fit', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 300 }), numbers => {
      const sorted = ascending(numbers);
      const { cuts } = numericCuts(sorted);
      for (const value of new Set(numbers)) {
        const rows = numbers.filter(number => number === value).length;
        if (rows * 16 < numbers.length) continue;
        expect(countSorted(cuts, sorted)[findBin(cuts, value)]).toBe(rows);
      }
    }),
  );
});

it('every learned value falls in exactly the bin whose label holds it', () => {
  fc.assert(
    fc.property(values, numbers => {
      const bounds = numericCuts(ascending(numbers));
      const edges = binLabels(bounds).map(label => /^\d\d \((.+),(.+)[\])]$/.exec(label)!.slice(1).map(edgeValue));
      for (const number of numbers) {
        const holding = edges.flatMap(([lower, upper], i) => (number > lower! && number <= upper! ? [i] : []));
        expect(holding).toEqual([findBin(bounds.cuts, number)]);
      }
    }),
  );
});

function edgeValue(text: string): number {
  return Number(text.replace('inf', 'Infinity'));
}

it('labels are ASCII, different, and in order as text', () => {
  fc.assert(
    fc.property(values, numbers => {
      const labels = binLabels(numericCuts(ascending(numbers)));
      expect(labels.every(label => /^[\x20-\x7e]{1,64}$/.test(label))).toBe(true);
      expect([...new Set(labels)].sort()).toEqual(labels);
    }),
  );
});

it('midway lies between two numbers, never on the upper one', () => {
  fc.assert(
    fc.property(finite, finite, (x, y) => {
      fc.pre(x !== y);
      const [a, b] = [Math.min(x, y), Math.max(x, y)];
      const cut = midway(a, b);
      expect(a <= cut && cut < b).toBe(true);
    }),
    { numRuns: 2000 },
  );
});
