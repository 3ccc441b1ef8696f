import { describe, expect, test } from 'vitest';
import type { PlainNumericBaseline } from '../../src/baseline/baseline.js';
import { binPositions } from '../../src/distance/bin-positions.js';
import { wasserstein } from '../../src/distance/wasserstein.js';
import { generator, range, repeated } from '../generated-rows.js';
import { binned, numericFeature } from './numeric-feature.js';

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const meanAt = ({ counts }: PlainNumericBaseline, positions: readonly number[]): number =>
  sum(counts.map((count, i) => count * positions[i]!)) / sum(counts);

/** A file made elsewhere may cut where it likes. */
function cutAt(cuts: readonly number[], values: readonly number[]): PlainNumericBaseline {
  const learned = numericFeature(values);
  return { ...learned, cuts, counts: binned({ ...learned, cuts }, values) };
}

describe('a bin lies', () => {
  test('halfway between its cuts', () => {
    const feature = numericFeature(range(1600));
    const positions = binPositions(feature);
    expect(feature.cuts.slice(0, 3)).toEqual([99.5, 199.5, 299.5]);
    expect(positions.slice(1, 3)).toEqual([149.5, 249.5]);
  });

  test('halfway between its cut and the end of the baseline if the values end evenly', () => {
    const positions = binPositions(numericFeature(range(1600)));
    expect(positions[0]).toBe(49.75);
    expect(positions[15]).toBe(1549.25);
  });

  test('at a value of its own', () => {
    const positions = binPositions(numericFeature([...repeated(-1, 500), ...repeated(0, 300), ...repeated(1, 200)]));
    expect(positions[1]).toBe(0);
  });

  test('at a constant, its empty neighbours at the cuts', () => {
    const feature = numericFeature(repeated(180, 1000));
    expect(feature.counts).toEqual([0, 1000, 0]);
    expect(binPositions(feature)).toEqual([feature.cuts[0], 180, feature.cuts[1]]);
    expect(binPositions(numericFeature(repeated(0, 10)))[1]).toBe(0);
  });

  test('at the mean if it is the only one', () => {
    expect(binPositions(cutAt([], [1, 2, 6]))).toEqual([3]);
    expect(binPositions(numericFeature([]))).toEqual([0]);
  });

  test('where it reproduces the mean if there are but two', () => {
    const feature = cutAt([10], [0, 2, 4, 11, 12, 100]);
    const positions = binPositions(feature);
    // Below: from 0 to 10, so at 5. Above: the mean is 21.5, of which 5 is half.
    expect(positions).toEqual([5, 38]);
    expect(meanAt(feature, positions)).toBe(feature.mean);
  });

  test('within the baseline’s range, where a cut lies outside it', () => {
    // The first bin holds nothing and the last only 20.
    expect(binPositions(cutAt([5, 15, 19], [10, 12, 13, 15, 20]))).toEqual([5, 12.5, 17, 20]);
    // One bin holds everything.
    expect(binPositions(cutAt([100], [10, 11, 14]))).toEqual([35 / 3, 100]);
    expect(binPositions(cutAt([-5, 0], [10, 11, 14]))).toEqual([-5, -2.5, 35 / 3]);
  });

  test('near the body of a long tail, and not near its outlier', () => {
    const next = generator(5);
    const feature = numericFeature([...Array.from({ length: 10_000 }, () => -Math.log(1 - next())), 5000]);
    const last = binPositions(feature)[15]!;
    // 1/16 of an exponential lies beyond 2.77, on average at 3.77; the outlier alone adds 8 to that mean.
    expect(feature.cuts[14]).toBeCloseTo(2.77, 1);
    expect(last).toBeGreaterThan(3.77);
    expect(last).toBeLessThan(13);
  });

  test('where doubles end', () => {
    const most = Number.MAX_VALUE;
    const positions = binPositions(numericFeature([...repeated(-most, 500), ...range(100), ...repeated(most, 500)]));
    expect(positions.every(Number.isFinite)).toBe(true);
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
  });
});

describe('distances between bins', () => {
  const next = generator(20_130_101);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const shapes: Readonly<Record<string, () => number>> = {
    uniform: next,
    normal,
    exponential: () => -Math.log(1 - next()),
    'log-normal': () => Math.exp(normal()),
    'heavy on both sides': () => normal() / Math.sqrt((normal() ** 2 + normal() ** 2 + normal() ** 2) / 3),
    'half zeros': () => (next() < 0.5 ? 0 : Math.exp(normal())),
  };
  const sample = (draw: () => number): number[] => Array.from({ length: 20_000 }, draw);
  /** Of two samples of one size: values carried to each other in order. */
  const between = (a: readonly number[], b: readonly number[]): number => {
    const [as, bs] = [Float64Array.from(a).sort(), Float64Array.from(b).sort()];
    return as.reduce((total, value, i) => total + Math.abs(value - bs[i]!), 0) / as.length;
  };

  test.each(Object.entries(shapes))('of values that are %s are near those between values', (_, draw) => {
    const baseline = sample(draw);
    const feature = numericFeature(baseline);
    const positions = binPositions(feature);
    for (const window of [
      sample(() => draw() + 0.1 * feature.sd),
      sample(() => draw() + 0.5 * feature.sd),
      sample(() => draw() * 1.3),
    ]) {
      const ratio = wasserstein(binned(feature, window), feature.counts, positions) / between(window, baseline);
      expect(ratio).toBeGreaterThan(1 / 1.5);
      expect(ratio).toBeLessThan(1.5);
    }
  });

  test('would be twice too large with the outer bin halfway to the maximum', () => {
    const baseline = sample(() => Math.exp(1.5 * normal()));
    const window = sample(() => 1.3 * Math.exp(1.5 * normal()));
    const feature = numericFeature(baseline);
    const halfway = [...binPositions(feature).slice(0, -1), (feature.cuts.at(-1)! + feature.max) / 2];
    expect(wasserstein(binned(feature, window), feature.counts, halfway)).toBeGreaterThan(
      2 * between(window, baseline),
    );
  });

  test('keep the baseline’s mean', () => {
    for (const draw of Object.values(shapes)) {
      const feature = numericFeature(sample(draw));
      expect(Math.abs(meanAt(feature, binPositions(feature)) - feature.mean)).toBeLessThan(1e-12 * feature.sd);
    }
  });
});
