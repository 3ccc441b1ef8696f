import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countSorted, numericCuts } from '../../src/bins/numeric-cuts.js';
import { SketchError } from '../../src/errors.js';
import { weightedCounts, weightedCuts } from '../../src/quantile/cuts-of-sketch.js';
import { MIN_KLL_K } from '../../src/quantile/kll-capacity.js';
import { KllSketch } from '../../src/quantile/kll-sketch.js';
import { rankIn } from '../../src/quantile/weighted-values.js';
import { ascending } from '../generated-rows.js';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true });
const odd = fc.constantFrom(0, -0, 1, -1, Number.MIN_VALUE, -Number.MIN_VALUE, Number.MAX_VALUE, -Number.MAX_VALUE);
const skipped = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY);
/** A few values, repeated in turns up to several times what a sketch of the smallest k keeps. */
const streams = fc
  .tuple(fc.array(fc.oneof(finite, odd, skipped, fc.integer({ min: -9, max: 9 })), { maxLength: 200 }), fc.nat(20))
  .map(([some, times]) => Array.from({ length: some.length * times }, (_, i) => some[(i * 7) % some.length]!));

function sketchOf(values: readonly number[]): KllSketch {
  const sketch = new KllSketch({ k: MIN_KLL_K });
  sketch.addMany(values);
  return sketch;
}

function expectCounts(sketch: KllSketch, values: readonly number[]): void {
  const numbers = ascending(values.filter(Number.isFinite));
  const { values: kept, cumulative } = sketch.weightedValues();
  expect(sketch.count).toBe(numbers.length);
  expect(cumulative.at(-1) ?? 0).toBe(numbers.length);
  expect([sketch.min, sketch.max]).toEqual([
    numbers[0] ?? Number.POSITIVE_INFINITY,
    numbers.at(-1) ?? Number.NEGATIVE_INFINITY,
  ]);
  expect([kept[0], kept.at(-1)]).toEqual([numbers[0], numbers.at(-1)]);
  expect(kept.every((value, i) => i === 0 || value > kept[i - 1]!)).toBe(true);
  expect(cumulative.every((count, i) => Number.isInteger(count) && count > (cumulative[i - 1] ?? 0))).toBe(true);
  const seen = new Set(numbers);
  expect(kept.every(value => seen.has(value))).toBe(true);
}

it('count, min, max and total weight are exact', () => {
  fc.assert(fc.property(streams, values => expectCounts(sketchOf(values), values)));
});

it('merging keeps count, min, max and total weight exact, however often', () => {
  fc.assert(
    fc.property(fc.array(streams, { maxLength: 4 }), all => {
      const sketch = new KllSketch({ k: MIN_KLL_K });
      for (const values of all) sketch.merge(sketchOf(values));
      expectCounts(sketch, all.flat());
    }),
  );
});

it('while exact, ranks, quantiles, cuts and counts are those of the sorted values', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(finite, odd), { minLength: 1, maxLength: 900 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (values, p) => {
        const sketch = sketchOf(values);
        const sorted = ascending(values);
        expect(sketch.isExact).toBe(true);
        expect(sketch.quantile(p)).toBe(sorted[Math.max(Math.ceil(p * sorted.length) - 1, 0)]);
        expect(sketch.rank(values[0]!)).toBe(sorted.filter(value => value <= values[0]!).length / sorted.length);
        const weighted = sketch.weightedValues();
        const bounds = numericCuts(sorted);
        expect(weightedCuts(weighted)).toEqual(bounds);
        expect(weightedCounts(bounds.cuts, weighted)).toEqual(countSorted(bounds.cuts, sorted));
      },
    ),
  );
});

it('a quantile is the smallest value of its rank', () => {
  fc.assert(
    fc.property(streams, fc.double({ min: 0, max: 1, noNaN: true }), (values, p) => {
      const sketch = sketchOf([0, ...values]);
      const weighted = sketch.weightedValues();
      const quantile = sketch.quantile(p);
      const at = weighted.values.indexOf(quantile);
      expect(weighted.cumulative[at]!).toBeGreaterThanOrEqual(p * sketch.count);
      if (at > 0) expect(weighted.cumulative[at - 1]!).toBeLessThan(p * sketch.count);
      expect(rankIn(weighted, quantile)).toBe(weighted.cumulative[at]! / sketch.count);
    }),
  );
});

it('what is read back is what was written, and goes on alike', () => {
  fc.assert(
    fc.property(streams, streams, (first, second) => {
      const sketch = sketchOf(first);
      const back = KllSketch.fromBytes(sketch.toBytes());
      expect(back.toBytes()).toEqual(sketch.toBytes());
      sketch.addMany(second);
      back.addMany(second);
      expect(back.toBytes()).toEqual(sketch.toBytes());
    }),
  );
});

/** The sketch, or undefined if the bytes are refused as they should be; any other error comes through. */
function readOrRefused(bytes: Uint8Array): KllSketch | undefined {
  try {
    return KllSketch.fromBytes(bytes);
  } catch (error) {
    if (error instanceof SketchError && error.code === 'ERR_SKETCH_BYTES') return undefined;
    throw error;
  }
}

/** What was accepted is a sketch like any other: it is written again as it was, and can be asked, added to and merged. */
function expectUsable(bytes: Uint8Array, sketch: KllSketch): void {
  expect(sketch.toBytes()).toEqual(Uint8Array.from(bytes));
  expect(sketch.weightedValues().cumulative.at(-1) ?? 0).toBe(sketch.count);
  const whole = new KllSketch({ k: sketch.k });
  whole.merge(sketch);
  for (let i = 0; i < 1200; i++) whole.add(i);
  expect(whole.weightedValues().cumulative.at(-1)).toBe(sketch.count + 1200);
}

const SAMPLES = [[], [1], [3, 1, 2], Array.from({ length: 3000 }, (_, i) => (i * 7919) % 3001)].map(values =>
  sketchOf(values).toBytes(),
);
const someBytes = fc.constantFrom(...SAMPLES);

it('bytes changed anywhere are refused, or read as what they say', () => {
  const change = fc.record({ at: fc.nat(), bits: fc.integer({ min: 1, max: 255 }) });
  fc.assert(
    fc.property(
      someBytes,
      fc.array(change, { minLength: 1, maxLength: 3 }),
      fc.boolean(),
      (sample, changes, inHead) => {
        const bytes = sample.slice();
        for (const { at, bits } of changes) bytes[at % (inHead ? Math.min(120, bytes.length) : bytes.length)]! ^= bits;
        const sketch = readOrRefused(bytes);
        if (sketch !== undefined) expectUsable(bytes, sketch);
      },
    ),
    { numRuns: 1000 },
  );
});

it('bytes cut off or gone on are refused', () => {
  fc.assert(
    fc.property(someBytes, fc.nat(), fc.uint8Array({ minLength: 1 }), (sample, at, more) => {
      expect(readOrRefused(sample.subarray(0, at % sample.length))).toBeUndefined();
      expect(readOrRefused(Uint8Array.of(...sample, ...more))).toBeUndefined();
    }),
  );
});

it('a header that claims anything is refused, or true', () => {
  const word = fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: 2 ** 32 - 1 }));
  const number = fc.oneof(fc.double(), odd, fc.nat(9), fc.constantFrom(2 ** 52, 2 ** 53));
  fc.assert(
    fc.property(
      fc.nat(60),
      fc.array(word, { maxLength: 20 }),
      fc.array(number, { maxLength: 8 }),
      (levels, words, numbers) => {
        const bytes = new Uint8Array(48 + 4 * words.length + 8 * numbers.length);
        const view = new DataView(bytes.buffer);
        bytes.set(SAMPLES[0]!);
        view.setUint8(6, levels);
        numbers.slice(0, 3).forEach((value, i) => {
          view.setFloat64(16 + 8 * i, value, true);
        });
        words.forEach((value, i) => {
          view.setUint32(40 + 4 * i, value, true);
        });
        const sketch = readOrRefused(bytes);
        if (sketch !== undefined) expectUsable(bytes, sketch);
      },
    ),
    { numRuns: 1000 },
  );
});
