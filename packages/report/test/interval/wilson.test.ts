import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { wilson } from '../../src/interval/wilson.js';

interface Case {
  readonly hits: number;
  readonly samples: number;
  readonly interval: readonly [number, number];
}

const CASES: readonly Case[] = JSON.parse(readFileSync(new URL('../reference/wilson.json', import.meta.url), 'utf8'));

describe("Wilson's interval", () => {
  it.each(CASES)('of $hits in $samples is what SciPy has', ({ hits, samples, interval }) => {
    const [low, high] = wilson(hits / samples, samples);
    expect(low).toBeCloseTo(interval[0], 14);
    expect(high).toBeCloseTo(interval[1], 14);
  });

  it('of no values is everything', () => {
    expect(wilson(Number.NaN, 0)).toEqual([0, 1]);
  });

  it('grows as fewer values are independent, and stays within 0 and 1', () => {
    const some = wilson(0.06, 1000);
    const few = wilson(0.06, 0.7);
    expect(few[0]).toBeLessThan(some[0]);
    expect(few[1]).toBeGreaterThan(some[1]);
    expect(few[0]).toBeGreaterThanOrEqual(0);
    expect(few[1]).toBeLessThanOrEqual(1);
  });
});
