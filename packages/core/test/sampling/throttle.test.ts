import { describe, expect, test } from 'vitest';
import { Throttle } from '../../src/sampling/throttle.js';
import { uniforms } from '../drift/stream.js';

/** Calls by the second, evenly spread: each element is one second. */
function* calls(perSecond: readonly number[]): Generator<number> {
  for (const [second, count] of perSecond.entries()) {
    for (let i = 0; i < count; i++) yield 1000 * (second + i / count);
  }
}

interface Run {
  readonly throttle: Throttle;
  /** By second. */
  readonly picks: readonly number[];
  /** Σ 1 / probability. */
  readonly estimate: number;
  readonly stopped: number;
}

function run(perSecond: readonly number[], rate: number, ceiling: number, random: () => number): Run {
  let stopped = 0;
  let estimate = 0;
  const picks = perSecond.map(() => 0);
  const throttle = new Throttle(rate, ceiling, () => stopped++, random);
  for (const ms of calls(perSecond)) {
    if (!throttle.pick(ms)) continue;
    picks[Math.floor(ms / 1000)]!++;
    estimate += 1 / throttle.probability;
  }
  return { throttle, picks, estimate, stopped };
}

const seconds = (count: number, each: number): number[] => Array.from({ length: count }, () => each);
const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0);

describe('rates', () => {
  test('rate 0 picks nothing, and draws no number', () => {
    const never = () => expect.unreachable();
    expect(sum(run(seconds(3, 1000), 0, 10, never).picks)).toBe(0);
  });

  test('rate 1 without a ceiling picks everything, and draws no number', () => {
    const never = () => expect.unreachable();
    expect(run(seconds(3, 5000), 1, Infinity, never).picks).toEqual([5000, 5000, 5000]);
  });

  test('rate 1 picks everything that comes no faster than the ceiling', () => {
    expect(run(seconds(20, 10), 1, 10, uniforms(1)).picks).toEqual(seconds(20, 10));
  });

  test('below the ceiling the probability is the rate, and so is the share that is picked', () => {
    const { picks, throttle } = run(seconds(1000, 200), 0.01, 100, uniforms(2));
    expect(throttle.probability).toBe(0.01);
    // Binomial: 2,000 expected, a standard deviation of 44.5.
    expect(Math.abs(sum(picks) - 2000)).toBeLessThan(4 * 44.5);
  });

  test('two neighbours are both picked as often as independent coins have it', () => {
    const throttle = new Throttle(0.3, Infinity, () => {}, uniforms(3));
    let both = 0;
    let last = false;
    for (let i = 0; i < 100_000; i++) {
      const picked = throttle.pick(i);
      if (picked && last) both++;
      last = picked;
    }
    // 9,000 expected; pairs overlap, which makes the standard deviation 113 instead of 90.
    expect(Math.abs(both - 9000)).toBeLessThan(4 * 113);
  });
});

describe('the ceiling', () => {
  test.each([
    [0.01, 10, 20_000],
    [1, 10, 20_000],
    [1, 10, 15],
    [0.5, 100, 1000],
    [1, 1, 50],
  ])('rate %d, %d a second: %d calls a second are picked at about the ceiling', (rate, ceiling, perSecond) => {
    const { picks, stopped } = run(seconds(200, perSecond), rate, ceiling, uniforms(4));
    const mean = sum(picks.slice(1)) / 199;
    expect(mean).toBeGreaterThan(0.75 * ceiling);
    expect(mean).toBeLessThan(1.15 * ceiling);
    expect(Math.max(...picks)).toBeLessThanOrEqual(5 * ceiling);
    expect(stopped).toBe(0);
  });

  test('below one a second it is held over the time in which one is due', () => {
    const picks = sum(run(seconds(1000, 100), 1, 0.5, uniforms(5)).picks);
    expect(picks).toBeGreaterThan(375);
    expect(picks).toBeLessThan(575);
  });

  test('a surge from nothing to a million calls a second takes no more than five ceilings of any second', () => {
    for (const rate of [0.01, 1]) {
      const { picks, stopped } = run([0, 1_000_000, 1_000_000, 0], rate, 10, uniforms(6));
      expect(Math.max(...picks)).toBeLessThanOrEqual(50);
      expect(stopped).toBe(0);
    }
  });

  test.each([
    [1, 3.81],
    [10, 2.7],
    [100, 2.49],
  ])(
    '%d a second: traffic that grows 100-fold within a second takes %d ceilings of it, and never meets the stop',
    (ceiling, expected) => {
      const random = uniforms(7);
      const taken: number[] = [];
      for (let i = 0; i < 400; i++) {
        const { picks, stopped } = run([ceiling, 100 * ceiling], 1, ceiling, random);
        expect(stopped).toBe(0);
        taken.push(picks[1]! / ceiling);
      }
      // In the limit of a high ceiling (1 + 3 ln 100)^⅓ = 2.46.
      expect(Math.abs(sum(taken) / taken.length - expected)).toBeLessThan(0.25);
      expect(Math.max(...taken)).toBeLessThan(8);
    },
  );

  test('when traffic falls the probability rises again within two seconds', () => {
    const { throttle, picks } = run([...seconds(3, 50_000), ...seconds(100, 10)], 1, 10, uniforms(8));
    expect(sum(picks.slice(5))).toBe(980);
    expect(throttle.probability).toBe(1);
  });

  test('after an hour of silence the last burst is long ago', () => {
    const throttle = new Throttle(1, 10, () => {}, uniforms(9));
    for (let i = 0; i < 20_000; i++) throttle.pick(i / 20);
    expect(throttle.probability).toBeLessThan(0.01);
    throttle.pick(3_600_000);
    expect(throttle.probability).toBe(1);
  });

  test('a random source that always says yes is stopped at twenty ceilings of a second, each pick over it told', () => {
    const { picks, stopped } = run([1000, 1000], 0.01, 10, () => 0);
    expect(picks).toEqual([200, 200]);
    expect(stopped).toBe(1600);
  });

  test('a clock that stands still or goes back picks on', () => {
    const throttle = new Throttle(1, 10, () => {}, uniforms(10));
    let picks = 0;
    for (let i = 0; i < 1000; i++) if (throttle.pick(i % 2 === 0 ? 5000 : 4990)) picks++;
    expect(picks).toBeGreaterThanOrEqual(10);
    expect(picks).toBeLessThan(50);
  });
});

describe('the estimate of all calls, Σ 1 / probability', () => {
  const shapes: readonly [name: string, perSecond: readonly number[]][] = [
    ['steady', seconds(8, 1000)],
    ['bursts', [20, 3000, 20, 20, 3000, 3000, 20, 20]],
    ['a surge from nothing', [0, 0, 8000, 0]],
    ['growth', [10, 30, 100, 300, 1000, 3000]],
    ['near the ceiling', seconds(30, 100)],
    ['slow', seconds(60, 5)],
  ];
  const settings = [
    [0.1, 10],
    [1, 10],
    [0.05, Infinity],
  ] as const;

  test.each(shapes.flatMap(([name, perSecond]) => settings.map(set => [name, ...set, perSecond] as const)))(
    '%s, rate %d, %d a second: is unbiased',
    (_name, rate, ceiling, perSecond) => {
      const random = uniforms(11);
      const truth = sum(perSecond);
      const runs = 1000;
      let mean = 0;
      let squares = 0;
      for (let i = 0; i < runs; i++) {
        const ratio = run(perSecond, rate, ceiling, random).estimate / truth;
        mean += ratio / runs;
        squares += (ratio * ratio) / runs;
      }
      const error = Math.sqrt(Math.max(0, squares - mean * mean) / runs);
      expect(error).toBeLessThan(0.02);
      expect(Math.abs(mean - 1)).toBeLessThanOrEqual(4 * error + 1e-9);
    },
  );
});
