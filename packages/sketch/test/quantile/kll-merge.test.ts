import { describe, expect, it } from 'vitest';
import { kllCapacity, MAX_KLL_COUNT, MAX_KLL_LEVELS } from '../../src/quantile/kll-capacity.js';
import { kllRankError } from '../../src/quantile/kll-error.js';
import { KllSketch } from '../../src/quantile/kll-sketch.js';
import { rankIn } from '../../src/quantile/weighted-values.js';
import { generator, range, shuffled } from '../generated-rows.js';
import { refusal } from '../refusal.js';
import { heaviest } from './heaviest.js';

const K = 1024;
/** 0 … n - 1 in another order, so that the rank of x is (x + 1) / n. */
const N = 1_000_000;

function sketchOf(values: ArrayLike<number>, k = K): KllSketch {
  const sketch = new KllSketch({ k });
  sketch.addMany(values);
  return sketch;
}

function merged(...sketches: KllSketch[]): KllSketch {
  const all = new KllSketch({ k: sketches[0]!.k });
  for (const sketch of sketches) all.merge(sketch);
  return all;
}

function parts(values: readonly number[], count: number): KllSketch[] {
  const size = values.length / count;
  return range(count).map(i => sketchOf(values.slice(i * size, (i + 1) * size)));
}

/** The largest error of 99 ranks of a sketch of 0 … n - 1. */
function worstError(sketch: KllSketch): number {
  const weighted = sketch.weightedValues();
  const n = sketch.count;
  return Math.max(
    ...range(99, 1).map(percent => {
      const x = Math.floor((percent / 100) * n);
      return Math.abs(rankIn(weighted, x) - (x + 1) / n);
    }),
  );
}

function expectWhole(sketch: KllSketch, n: number): void {
  expect([sketch.count, sketch.min, sketch.max]).toEqual([n, 0, n - 1]);
  expect(sketch.weightedValues().cumulative.at(-1)).toBe(n);
  expect(sketch.retained).toBeLessThanOrEqual(kllCapacity(sketch.k));
  // The bound is that of one rank; of 99 the worst may be over it.
  expect(worstError(sketch)).toBeLessThan(1.5 * kllRankError(sketch.k));
}

describe('merging', () => {
  const values = shuffled(range(N), 1);

  it('two halves are as good as the whole', () => {
    expectWhole(sketchOf(values), N);
    expectWhole(merged(...parts(values, 2)), N);
  });

  it('a thousand of a thousand values, one after another and pair by pair', () => {
    expectWhole(merged(...parts(values, 1000)), N);
    let level = parts(values, 1000);
    while (level.length > 1)
      level = range(Math.ceil(level.length / 2)).map(i => merged(...level.slice(2 * i, 2 * i + 2)));
    expectWhole(level[0]!, N);
  });

  it('parts that are sorted stretches of the stream', () => {
    expectWhole(merged(...parts(range(N), 50)), N);
  });

  it('a part of nearly everything and many of hardly anything', () => {
    const small = parts(values.slice(900_000), 200);
    expectWhole(merged(sketchOf(values.slice(0, 900_000)), ...small), N);
    expectWhole(merged(...small, sketchOf(values.slice(0, 900_000))), N);
  });

  it('either way round, and in either grouping, keeps to the bound', () => {
    const [a, b, c] = parts(values.slice(0, 999_999), 3) as [KllSketch, KllSketch, KllSketch];
    const orders = [merged(a, b, c), merged(c, a, b), merged(merged(a, b), c), merged(a, merged(b, c))];
    for (const order of orders) {
      expect([order.count, order.min, order.max]).toEqual([orders[0]!.count, orders[0]!.min, orders[0]!.max]);
      expect(order.weightedValues().cumulative.at(-1)).toBe(999_999);
      expect(worstError(order)).toBeLessThan(1.5 * kllRankError(K) + 2e-6);
    }
  });

  it('does not add up errors of one direction, though all processes start alike', () => {
    const next = generator(7);
    const errors = range(400).map(() => {
      const flags = Float64Array.from({ length: 2000 }, () => (next() < 0.3 ? 0 : 1));
      return sketchOf(flags, 64).rank(0) - flags.filter(flag => flag === 0).length / 2000;
    });
    const sum = errors.reduce((a, b) => a + b, 0);
    const squares = errors.reduce((a, b) => a + b * b, 0);
    // Of independent errors that is 1 on average. Coins that know nothing of the values make it 14.
    expect(Math.abs(sum) / Math.sqrt(squares)).toBeLessThan(3);
  });

  it('is the same every time', () => {
    const once = () => merged(...parts(values.slice(0, 100_000), 10)).toBytes();
    expect(once()).toEqual(once());
  });

  it('leaves the other as it is', () => {
    const [a, b] = parts(values.slice(0, 100_000), 2) as [KllSketch, KllSketch];
    const before = b.toBytes();
    a.merge(b);
    expect(b.toBytes()).toEqual(before);
  });

  it('goes on as a sketch that values can be added to', () => {
    const sketch = merged(...parts(values.slice(0, 500_000), 5));
    sketch.addMany(values.slice(500_000));
    expectWhole(sketch, N);
  });
});

describe('merging what is exact', () => {
  it('is exact and has the bytes of one sketch, while all fits', () => {
    const values = shuffled(range(kllCapacity(K)), 3);
    const whole = merged(
      sketchOf(values.slice(0, 100)),
      sketchOf(values.slice(100, 2000)),
      sketchOf(values.slice(2000)),
    );
    expect(whole.isExact).toBe(true);
    expect(whole.toBytes()).toEqual(sketchOf(values).toBytes());
  });

  it('with nothing changes nothing', () => {
    const values = shuffled(range(2000), 5);
    expect(merged(sketchOf([]), sketchOf(values), sketchOf([])).toBytes()).toEqual(sketchOf(values).toBytes());
    expect(merged(sketchOf([]), sketchOf([])).toBytes()).toEqual(sketchOf([]).toBytes());
  });
});

describe('merging with itself', () => {
  it('counts every value twice', () => {
    const sketch = sketchOf([3, 1, 2]);
    sketch.merge(sketch);
    expect(sketch.weightedValues()).toEqual({ values: Float64Array.of(1, 2, 3), cumulative: Float64Array.of(2, 4, 6) });
  });

  it('keeps ranks within the bound', () => {
    const sketch = sketchOf(shuffled(range(100_000), 7));
    sketch.merge(sketch);
    expect(sketch.count).toBe(200_000);
    const { values, cumulative } = sketch.weightedValues();
    const errors = Array.from(values, (value, i) => Math.abs(cumulative[i]! / 200_000 - (value + 1) / 100_000));
    expect(Math.max(...errors)).toBeLessThan(2 * kllRankError(K));
  });
});

describe('merging is refused', () => {
  it('with another k', () => {
    const error = refusal('ERR_SKETCH_K', () => sketchOf([1], 64).merge(sketchOf([1], 65)));
    expect([error.where, error.met, error.expected]).toEqual(['other.k', '65', '64']);
  });

  it('beyond 2^52 values, and changes nothing', () => {
    const sketch = heaviest();
    expect([sketch.count, sketch.weightedValues().cumulative.at(-1)]).toEqual([MAX_KLL_COUNT, MAX_KLL_COUNT]);
    const before = sketch.toBytes();
    expect(refusal('ERR_COUNTS', () => sketch.merge(sketchOf([1], 64))).where).toBe('count');
    expect(sketch.toBytes()).toEqual(before);
  });
});

it('the largest count there can be is still added to exactly', () => {
  const sketch = heaviest();
  sketch.addMany(new Float64Array(5000));
  expect(sketch.count).toBe(MAX_KLL_COUNT + 5000);
  expect(sketch.weightedValues().cumulative.at(-1)).toBe(MAX_KLL_COUNT + 5000);
  expect(sketch.toBytes()[6]).toBe(MAX_KLL_LEVELS);
});
