import { describe, expect, test } from 'vitest';
import { Faults } from '../../src/faults.js';
import { type SamplingOptions, samplingSettings } from '../../src/sampling/options.js';
import {
  DRIFTED,
  ERROR,
  INVALID,
  LOW_CONFIDENCE,
  MISSING,
  SAMPLED,
  SLOW,
  TRIED,
  UNSEEN,
} from '../../src/sampling/reasons.js';
import { Sampler } from '../../src/sampling/sampler.js';
import { uniforms } from '../drift/stream.js';

const NO_CEILING = { maxPerSecond: Infinity };

function samplerOf(options: SamplingOptions, random: () => number = uniforms(30)): Sampler {
  return new Sampler(samplingSettings(options), new Faults('test'), random);
}

/** The probability of the rules' coin falls to an eighth: ten calls that a rule holds for, all in the first instant. */
function withRulesAtTheCeiling(options: SamplingOptions): Sampler {
  const sampler = samplerOf({ ...options, maxPerSecond: 1 });
  while (sampler.before(0, MISSING, false) !== TRIED);
  return sampler;
}

describe('before the model runs', () => {
  test('a call that no rule holds for is kept at random, with the rate for its probability', () => {
    const sampler = samplerOf({ rate: 0.25, ...NO_CEILING });
    let kept = 0;
    for (let i = 0; i < 10_000; i++) {
      const bits = sampler.before(i, 0, false);
      if (bits === 0) continue;
      kept++;
      expect([bits, sampler.probability]).toEqual([SAMPLED, 0.25]);
    }
    // A standard deviation of 43.
    expect(Math.abs(kept - 2500)).toBeLessThan(4 * 43);
  });

  test('a call that a rule holds for is kept by the rules’ coin alone, and all of its rules are named', () => {
    const sampler = samplerOf({ rate: 0.25, ...NO_CEILING });
    for (let i = 0; i < 100; i++) {
      expect(sampler.before(i, MISSING | UNSEEN, false)).toBe(MISSING | UNSEEN);
      expect(sampler.probability).toBe(1);
    }
  });

  test('a rule that is off neither keeps nor is named', () => {
    const sampler = samplerOf({ rate: 0, keep: { missing: false } });
    expect(sampler.before(0, MISSING, false)).toBe(0);
    expect(sampler.before(1, MISSING | INVALID, false)).toBe(INVALID);
  });

  test('calls that rules keep take nothing from the random ones', () => {
    const sampler = samplerOf({ rate: 1, maxPerSecond: 10 });
    for (let i = 0; i < 1000; i++) sampler.before(i / 1000, MISSING, false);
    expect(sampler.before(2, 0, false)).toBe(SAMPLED);
    expect(sampler.probability).toBe(1);
  });

  test('a call that lost the rules’ coin gets no further one', () => {
    const sampler = withRulesAtTheCeiling({ rate: 1 });
    for (let i = 0; i < 1000; i++) expect(sampler.after(0, TRIED, ERROR, 0)).toBe(0);
  });
});

describe('while an alarm is open', () => {
  test('a call that is picked is to be looked at, and its probability is that of either coin', () => {
    const sampler = samplerOf({ rate: 0.25, ...NO_CEILING });
    const bits = new Set<number>();
    for (let i = 0; i < 100; i++) {
      bits.add(sampler.before(i, 0, true));
      expect(sampler.probability).toBe(1);
    }
    expect(bits).toEqual(new Set([DRIFTED, DRIFTED | SAMPLED]));
  });

  test('one without a drifted value is left to the random coin', () => {
    const sampler = samplerOf({ rate: 0.25, ...NO_CEILING });
    const rest = new Set<number>();
    for (let i = 0; i < 100; i++) {
      rest.add(sampler.notDrifted(sampler.before(i, 0, true)));
      expect(sampler.probability).toBe(0.25);
    }
    expect(rest).toEqual(new Set([0, SAMPLED]));
  });

  test('one that another rule keeps is only named drifted, at the probability of the rules', () => {
    const sampler = samplerOf({ rate: 0.25, ...NO_CEILING });
    const bits = sampler.before(0, MISSING, true);
    expect([bits, sampler.probability]).toEqual([MISSING | DRIFTED, 1]);
    expect([sampler.notDrifted(bits), sampler.probability]).toEqual([MISSING, 1]);
  });

  test('no more calls a second are looked at than the ceiling says, whatever the traffic', () => {
    const sampler = samplerOf({ rate: 0, maxPerSecond: 10 });
    let looks = 0;
    for (let i = 0; i < 100_000; i++) if (sampler.before(i / 10, 0, true) !== 0) looks++;
    expect(looks).toBeGreaterThan(70);
    expect(looks).toBeLessThan(150);
  });

  test('with the rule off nothing is looked at', () => {
    expect(samplerOf({ rate: 1, keep: { drifted: false } }).before(0, 0, true)).toBe(SAMPLED);
    expect(samplerOf({ rate: 0, keep: { drifted: false } }).before(0, 0, true)).toBe(0);
  });
});

describe('when the model has run', () => {
  const keep = { confidenceBelow: 0.5, slowerThanMs: 100 };

  test.each<[name: string, confidence: number, durationMs: number, failed: boolean, bits: number]>([
    ['nothing odd', 0.9, 50, false, 0],
    ['at the bounds', 0.5, 100, false, 0],
    ['no confidence', Number.NaN, 50, false, 0],
    ['a low one', 0.49, 50, false, LOW_CONFIDENCE],
    ['slow', 0.9, 101, false, SLOW],
    ['an error', Number.NaN, 50, true, ERROR],
    ['a slow error', Number.NaN, 500, true, ERROR | SLOW],
  ])('%s', (_name, confidence, durationMs, failed, bits) => {
    expect(samplerOf({ keep }).late(confidence, durationMs, failed)).toBe(bits);
  });

  test('rules that are off hold of nothing', () => {
    expect(samplerOf({ keep: { error: false } }).late(-1e9, 1e9, true)).toBe(0);
    expect(samplerOf({ keep: false }).late(-1e9, 1e9, true)).toBe(0);
  });

  test('a rule that holds only now keeps what no coin had picked', () => {
    const sampler = samplerOf({ rate: 0, keep });
    expect([sampler.after(0, 0, ERROR, 0), sampler.probability]).toEqual([ERROR, 1]);
  });

  test('what a rule kept before stays kept at its probability, and is named for both', () => {
    const sampler = samplerOf({ rate: 0, keep });
    expect([sampler.after(0, MISSING, SLOW, 0.125), sampler.probability]).toEqual([MISSING | SLOW, 0.125]);
  });

  test('what nothing new holds for stays as it was', () => {
    const sampler = samplerOf({ rate: 0.5, keep });
    expect([sampler.after(0, SAMPLED, 0, 0.5), sampler.probability]).toEqual([SAMPLED, 0.5]);
    expect(sampler.after(0, 0, 0, 0)).toBe(0);
  });

  test.each([0, SAMPLED, DRIFTED, SAMPLED | DRIFTED])('a rule that holds only now decides alone: before %d', before => {
    const sampler = withRulesAtTheCeiling({ rate: 1, keep });
    let lost = 0;
    for (let i = 0; i < 1000; i++) {
      const bits = sampler.after(0, before, ERROR, 1);
      if (bits === 0) {
        lost++;
        continue;
      }
      expect(bits).toBe(before | ERROR);
      expect(sampler.probability).toBeLessThan(1);
    }
    expect(lost).toBeGreaterThan(900);
  });
});

describe('without anything to record', () => {
  test('the sampler is off', () => {
    expect(samplerOf({ rate: 0, keep: false }).isOff).toBe(true);
  });

  test.each<SamplingOptions>([{}, { rate: 0 }, { keep: false }, { rate: 0, keep: { slowerThanMs: 5 } }])(
    'and with %o it is not',
    options => {
      expect(samplerOf(options).isOff).toBe(false);
    },
  );
});

test('what a broken random source would have recorded over the stop is counted', () => {
  const faults = new Faults('test');
  const sampler = new Sampler(samplingSettings({ rate: 0.01, maxPerSecond: 1 }), faults, () => 0);
  for (let i = 0; i < 100; i++) sampler.before(0, MISSING, false);
  expect(faults.counts.get('record_limit')).toBe(80);
});
