import { describe, expect, test } from 'vitest';
import { judgeFeature } from '../../src/verdict/judge.js';
import { prepareFeature } from '../../src/verdict/prepare.js';
import { fixture, relativeError } from '../reference/fixtures.js';
import { categorical, numeric } from './baselines.js';

/** NaN is null in the file; a test that was not made is null as well. */
type Expected = { readonly [key: string]: string | number | boolean | null | Expected };
interface Golden {
  readonly name: string;
  readonly kind: 'numeric' | 'categorical';
  readonly logAlpha: number;
  readonly psi?: [number, number];
  readonly baseline: number[];
  readonly observed: number[];
  readonly expected: Expected;
}

const golden = fixture<Golden>('judgements.json');

function agree(actual: unknown, expected: Expected[string], path: string): void {
  if (expected === null) expect(actual === undefined || Number.isNaN(actual), `${path} is absent or NaN`).toBe(true);
  else if (typeof expected === 'object')
    for (const [key, value] of Object.entries(expected)) agree((actual as Expected)[key], value, `${path}.${key}`);
  else if (typeof expected !== 'number') expect(actual, path).toBe(expected);
  else if (path.endsWith('.logP')) expect(Math.abs((actual as number) - expected), path).toBeLessThan(1e-9);
  else if (path.endsWith('.effect')) expect(Math.abs((actual as number) - expected), path).toBeLessThan(1e-14);
  else expect(relativeError(actual as number, expected), path).toBeLessThan(1e-12);
}

describe('against an independent implementation', () => {
  test.each(golden)('$name', ({ kind, logAlpha, psi, baseline, observed, expected }) => {
    const feature = kind === 'numeric' ? numeric(baseline) : categorical(baseline);
    const options = psi === undefined ? { logAlpha } : { logAlpha, psi: { warning: psi[0], critical: psi[1] } };
    const judgement = judgeFeature(observed, prepareFeature(feature), options);
    agree(judgement, expected, 'judgement');
    expect(judgeFeature(Uint32Array.from(observed), feature, options)).toEqual(judgement);
    expect('ks' in judgement).toBe(kind === 'numeric');
  });

  test('the cases reach every verdict', () => {
    const reached = new Set(
      golden.flatMap(({ expected }) => [expected['verdict'], (expected['shape'] as Expected)['verdict']]),
    );
    expect([...reached].sort()).toEqual(['critical', 'insufficient', 'notice', 'ok', 'warning']);
  });
});

describe('judgeFeature', () => {
  const feature = prepareFeature(numeric([2500, 2500, 2500, 2500, 20, 5]));

  test('judges one feature after another with nothing left over', () => {
    const other = prepareFeature(categorical([...Array(40).fill(300), 10, 0, 0]));
    const observed = [250, 260, 240, 250, 2, 1];
    const alone = judgeFeature(observed, feature, { logAlpha: -14 });
    judgeFeature([...Array(40).fill(90), 5, 3, 1], other, { logAlpha: -14 });
    expect(judgeFeature(observed, feature, { logAlpha: -14 })).toEqual(alone);
  });

  test('refuses cells that are not the feature’s', () => {
    const options = { logAlpha: -14 };
    expect(() => judgeFeature([1, 2, 3, 4, 0], feature, options)).toThrowError(
      expect.objectContaining({ code: 'ERR_COUNTS' }),
    );
    for (const bad of [-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => judgeFeature([1, 2, bad, 4, 0, 0], feature, options)).toThrowError(
        expect.objectContaining({ code: 'ERR_COUNTS' }),
      );
      expect(() => judgeFeature([1, 2, 3, 4, 0, bad], feature, options)).toThrowError(
        expect.objectContaining({ code: 'ERR_COUNTS' }),
      );
    }
  });

  test('refuses a baseline whose counts are none', () => {
    expect(() => prepareFeature(numeric([10, -3, 0, 0]))).toThrowError(expect.objectContaining({ code: 'ERR_COUNTS' }));
  });

  test('an open episode stays open while any test has something to say', () => {
    const missing = judgeFeature([230, 230, 230, 230, 80, 0], feature, { logAlpha: -14 });
    expect(missing).toMatchObject({
      verdict: 'critical',
      quiet: false,
      shape: { verdict: 'ok', quiet: true },
      missing: { quiet: false },
    });
    expect(judgeFeature([250, 250, 250, 248, 2, 0], feature, { logAlpha: -14 })).toMatchObject({
      verdict: 'ok',
      quiet: true,
    });
  });
});
