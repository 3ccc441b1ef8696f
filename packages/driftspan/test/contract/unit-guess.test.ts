import { type Baseline, learnBaseline, numeric, type PlainNumericBaseline, RowCounter } from '@driftspan/sketch';
import { beforeAll, describe, expect, it } from 'vitest';
import { guessUnit } from '../../src/contract/unit-guess.js';

const MODEL = { name: 'm', version: '1', features: { x: numeric<{ x: number }>({ select: row => row.x }) } };

/** Evenly spread quantiles of a skewed distribution, and of a bell. */
const skewed = (n: number) => Array.from({ length: n }, (_, i) => 200 * Math.exp(1.1 * bell((i + 0.5) / n)));
const temperatures = (n: number) => Array.from({ length: n }, (_, i) => 55 + 15 * bell((i + 0.5) / n));

/** The logistic quantile function scaled to a standard deviation of 1: near enough to a bell. */
function bell(p: number): number {
  return (Math.log(p / (1 - p)) * Math.sqrt(3)) / Math.PI;
}

async function baselineOf(values: readonly number[]): Promise<Baseline> {
  return learnBaseline(
    MODEL,
    values.map(x => ({ input: { x } })),
  );
}

function guess(baseline: Baseline, values: readonly number[]): string | undefined {
  const counter = new RowCounter(baseline, MODEL);
  for (const x of values) counter.add({ input: { x } });
  const [counted] = counter.finish().features;
  const { shape, min, max } = counted!;
  return guessUnit({ ...shape!, min: min!, max: max! }, baseline.features[0] as PlainNumericBaseline);
}

describe('a guess at the unit', () => {
  let amounts: Baseline;
  let fahrenheit: Baseline;
  beforeAll(async () => {
    amounts = await baselineOf(skewed(5000));
    fahrenheit = await baselineOf(temperatures(5000));
  });

  it.each([
    [1000, '1,000 times too large'],
    [100, '100 times too large'],
    [10, '10 times too large'],
    [60, '60 times too large'],
    [1 / 60, '60 times too small'],
    [0.001, '1,000 times too small'],
  ])('finds a factor of %d', (factor, words) => {
    const sent = skewed(300).map(value => value * factor);
    expect(guess(amounts, sent)).toContain(words);
  });

  it('finds degrees Celsius', () => {
    const sent = temperatures(300).map(value => (value - 32) / 1.8);
    expect(guess(fahrenheit, sent)).toBe('like degrees Celsius for Fahrenheit');
  });

  it('says nothing of numbers as they were, nor of a warmer month', () => {
    expect(guess(fahrenheit, temperatures(300))).toBeUndefined();
    expect(
      guess(
        fahrenheit,
        temperatures(300).map(value => value * 0.5 + 70),
      ),
    ).toBeUndefined();
  });

  it('says nothing of fewer than 30 values, nor of a constant', () => {
    expect(
      guess(
        amounts,
        skewed(29).map(value => value * 1000),
      ),
    ).toBeUndefined();
    expect(guess(amounts, new Array(300).fill(200_000))).toBeUndefined();
  });

  it('says nothing where no conversion fits', () => {
    const uniform = Array.from({ length: 300 }, (_, i) => 1e5 + i);
    expect(guess(amounts, uniform)).toBeUndefined();
  });
});
