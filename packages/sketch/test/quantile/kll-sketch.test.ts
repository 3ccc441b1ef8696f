import { describe, expect, it } from 'vitest';
import { DEFAULT_KLL_K, kllCapacity, MAX_KLL_K, MIN_KLL_K } from '../../src/quantile/kll-capacity.js';
import { kllRankError } from '../../src/quantile/kll-error.js';
import { KllSketch } from '../../src/quantile/kll-sketch.js';
import { range, shuffled } from '../generated-rows.js';
import { refusal } from '../refusal.js';

function sketchOf(values: Iterable<number>, k = MIN_KLL_K): KllSketch {
  const sketch = new KllSketch({ k });
  for (const value of values) sketch.add(value);
  return sketch;
}

describe('a sketch of nothing', () => {
  it('has no count and no quantiles', () => {
    const sketch = new KllSketch();
    expect([sketch.count, sketch.min, sketch.max, sketch.retained]).toEqual([
      0,
      Number.POSITIVE_INFINITY,
      Number.NEGATIVE_INFINITY,
      0,
    ]);
    expect(sketch.isExact).toBe(true);
    expect([sketch.rank(0), sketch.quantile(0.5)]).toEqual([Number.NaN, Number.NaN]);
    expect(sketch.weightedValues()).toEqual({ values: new Float64Array(0), cumulative: new Float64Array(0) });
  });
});

describe('what is added', () => {
  it('skips NaN and the infinities', () => {
    const sketch = sketchOf([1, Number.NaN, Number.POSITIVE_INFINITY, 2, Number.NEGATIVE_INFINITY]);
    expect([sketch.count, sketch.min, sketch.max]).toEqual([2, 1, 2]);
    expect(sketch.weightedValues().values).toEqual(Float64Array.of(1, 2));
  });

  it('takes -0 for 0', () => {
    const sketch = sketchOf([-0, 0, -0]);
    expect([sketch.min, sketch.max, sketch.quantile(0.5)].map(value => Object.is(value, 0))).toEqual([
      true,
      true,
      true,
    ]);
    expect(sketch.toBytes()).toEqual(sketchOf([0, 0, 0]).toBytes());
  });

  it('is the same with a stride as one by one', () => {
    const rows = Float32Array.from([1, 10, 100, 2, 20, 200, 3, 30, 300]);
    const sketch = new KllSketch();
    sketch.addMany(rows, 1, 3, 3);
    expect(sketch.toBytes()).toEqual(sketchOf([10, 20, 30], DEFAULT_KLL_K).toBytes());
    sketch.addMany([40, 50]);
    expect(sketch.weightedValues().values).toEqual(Float64Array.of(10, 20, 30, 40, 50));
  });

  it('skips what lies outside of the values', () => {
    const sketch = new KllSketch();
    sketch.addMany([1, 2, 3], 1, 2, 5);
    expect([sketch.count, sketch.max]).toEqual([1, 2]);
  });
});

describe('while all values are kept', () => {
  const capacity = kllCapacity(MIN_KLL_K);

  it('ranks and quantiles are those of the sorted values', () => {
    const sketch = sketchOf(shuffled(range(100, 1), 3));
    expect(sketch.isExact).toBe(true);
    expect([sketch.rank(0), sketch.rank(1), sketch.rank(37.5), sketch.rank(100)]).toEqual([0, 0.01, 0.37, 1]);
    expect([sketch.quantile(0), sketch.quantile(0.5), sketch.quantile(0.505), sketch.quantile(1)]).toEqual([
      1, 50, 51, 100,
    ]);
    const out = new Float64Array(3);
    sketch.quantilesInto([0.25, 0.9, 2], out);
    expect(out).toEqual(Float64Array.of(25, 90, Number.NaN));
  });

  it('their order leaves no trace in the bytes', () => {
    const values = range(capacity).map(value => value % 300);
    expect(sketchOf(shuffled(values, 5)).toBytes()).toEqual(sketchOf(values).toBytes());
  });

  it('is up to the capacity', () => {
    const sketch = sketchOf(range(capacity));
    expect([sketch.isExact, sketch.retained]).toEqual([true, capacity]);
    sketch.add(0.5);
    expect(sketch.isExact).toBe(false);
    expect(sketch.retained).toBe(capacity / 2 + 1);
  });

  it('holds for 24,000 values by default', () => {
    expect(kllCapacity(DEFAULT_KLL_K)).toBeGreaterThan(24_000);
  });
});

describe('after that', () => {
  it('never keeps more than the capacity', () => {
    const sketch = new KllSketch({ k: 100 });
    let most = 0;
    for (let i = 0; i < 100_000; i++) {
      sketch.add((i * 7919) % 100_003);
      most = Math.max(most, sketch.retained);
    }
    expect(most).toBe(kllCapacity(100));
  });

  it('count, min, max and the weight of all values stay exact', () => {
    const sketch = sketchOf(shuffled(range(50_000), 9));
    const { values, cumulative } = sketch.weightedValues();
    expect([sketch.count, sketch.min, sketch.max]).toEqual([50_000, 0, 49_999]);
    expect([cumulative.at(-1), values[0], values.at(-1)]).toEqual([50_000, 0, 49_999]);
    expect([sketch.quantile(0), sketch.quantile(1), sketch.rank(-1), sketch.rank(49_999)]).toEqual([0, 49_999, 0, 1]);
  });

  it('the same stream gives the same bytes', () => {
    const values = shuffled(range(20_000), 11);
    expect(sketchOf(values).toBytes()).toEqual(sketchOf(values).toBytes());
  });

  it('asking changes nothing', () => {
    const values = shuffled(range(20_000), 13);
    const asked = new KllSketch({ k: MIN_KLL_K });
    values.forEach((value, i) => {
      asked.add(value);
      if (i % 1000 === 0) asked.quantile(0.5);
      if (i % 1500 === 0) asked.toBytes();
    });
    expect(asked.toBytes()).toEqual(sketchOf(values).toBytes());
  });
});

describe('k', () => {
  it.each([MIN_KLL_K - 1, MAX_KLL_K + 1, 100.5, Number.NaN, Number.POSITIVE_INFINITY])('is refused as %s', k => {
    expect(refusal('ERR_SKETCH_K', () => new KllSketch({ k })).where).toBe('k');
  });

  it('is 8,192 unless told', () => {
    expect(new KllSketch().k).toBe(DEFAULT_KLL_K);
    expect(new KllSketch({ k: MAX_KLL_K }).k).toBe(MAX_KLL_K);
  });

  it('bounds the error in proportion', () => {
    expect(kllRankError(DEFAULT_KLL_K)).toBeCloseTo(0.000134, 6);
    expect(kllRankError(1000)).toBeCloseTo(2 * kllRankError(2000), 12);
  });
});
