import { describe, expect, test } from 'vitest';
import { MonitorError } from '../../src/errors.js';
import { type SamplingOptions, samplingSettings } from '../../src/sampling/options.js';
import {
  DRIFTED,
  ERROR,
  INVALID,
  LOW_CONFIDENCE,
  MISSING,
  OUT_OF_RANGE,
  SLOW,
  UNSEEN,
} from '../../src/sampling/reasons.js';

const ALWAYS = MISSING | INVALID | OUT_OF_RANGE | UNSEEN | DRIFTED | ERROR;

describe('sampling', () => {
  test('unless something is said, one in a hundred, ten a second, and every rule that needs no number', () => {
    const settings = {
      rate: 0.01,
      maxPerSecond: 10,
      rules: ALWAYS,
      confidenceBelow: -Infinity,
      slowerThanMs: Infinity,
    };
    expect(samplingSettings()).toEqual(settings);
    expect(samplingSettings({ keep: {} })).toEqual(settings);
  });

  test('each rule can be taken out', () => {
    const one = (keep: SamplingOptions['keep']) => ALWAYS & ~samplingSettings({ keep: keep! }).rules;
    expect(one({ missing: false })).toBe(MISSING);
    expect(one({ invalid: false })).toBe(INVALID);
    expect(one({ outOfRange: false })).toBe(OUT_OF_RANGE);
    expect(one({ unseen: false })).toBe(UNSEEN);
    expect(one({ drifted: false })).toBe(DRIFTED);
    expect(one({ error: false })).toBe(ERROR);
    expect(one(false)).toBe(ALWAYS);
  });

  test('a bound switches its rule on', () => {
    expect(samplingSettings({ keep: { confidenceBelow: 0.6, slowerThanMs: 0 } })).toMatchObject({
      rules: ALWAYS | LOW_CONFIDENCE | SLOW,
      confidenceBelow: 0.6,
      slowerThanMs: 0,
    });
  });

  test.each<SamplingOptions>([
    { rate: 0 },
    { rate: 1 },
    { maxPerSecond: 0.5 },
    { maxPerSecond: Infinity },
    { keep: { confidenceBelow: -3 } },
  ])('%o is taken', options => {
    expect(samplingSettings(options)).toMatchObject({ rate: options.rate ?? 0.01 });
  });

  test.each<[where: string, options: unknown]>([
    ['sampling.rate', { rate: -0.1 }],
    ['sampling.rate', { rate: 1.5 }],
    ['sampling.rate', { rate: Number.NaN }],
    ['sampling.rate', { rate: '0.5' }],
    ['sampling.maxPerSecond', { maxPerSecond: 0 }],
    ['sampling.maxPerSecond', { maxPerSecond: -1 }],
    ['sampling.maxPerSecond', { maxPerSecond: Number.NaN }],
    ['sampling.maxPerSecond', { maxPerSecond: '10' }],
    ['sampling.keep', { keep: true }],
    ['sampling.keep', { keep: 'errors' }],
    ['sampling.keep.missing', { keep: { missing: 1 } }],
    ['sampling.keep.drifted', { keep: { drifted: 'yes' } }],
    ['sampling.keep.confidenceBelow', { keep: { confidenceBelow: Infinity } }],
    ['sampling.keep.confidenceBelow', { keep: { confidenceBelow: true } }],
    ['sampling.keep.slowerThanMs', { keep: { slowerThanMs: -1 } }],
    ['sampling.keep.slowerThanMs', { keep: { slowerThanMs: Number.NaN } }],
  ])('%s is refused: %o', (where, options) => {
    let refused: unknown;
    try {
      samplingSettings(options as SamplingOptions);
    } catch (error) {
      refused = error;
    }
    expect(refused).toBeInstanceOf(MonitorError);
    expect(refused).toMatchObject({ code: 'ERR_OPTION', message: expect.stringMatching(`^${where}: `) });
  });
});
