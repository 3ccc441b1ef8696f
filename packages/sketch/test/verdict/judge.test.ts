import { describe, expect, test } from 'vitest';
import type { Dependence } from '../../src/dependence/dependence.js';
import { judgeFeature } from '../../src/verdict/judge.js';
import { VERDICT_LEVEL } from '../../src/verdict/levels.js';
import { prepareFeature } from '../../src/verdict/prepare.js';
import { fixture, relativeError } from '../reference/fixtures.js';
import { categorical, numeric } from './baselines.js';
import { uniforms } from './random.js';

/** NaN is null in the file; a test that was not made is null as well. */
type Expected = { readonly [key: string]: string | number | boolean | null | Expected };
interface Golden {
  readonly name: string;
  readonly kind: 'numeric' | 'categorical';
  readonly logAlpha: number;
  readonly psi?: [number, number];
  /** Absent: independent values. */
  readonly dependence?: Dependence;
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
  test.each(golden)('$name', ({ kind, logAlpha, psi, dependence, baseline, observed, expected }) => {
    const feature = kind === 'numeric' ? numeric(baseline) : categorical(baseline);
    const options = {
      logAlpha,
      ...(psi === undefined ? {} : { psi: { warning: psi[0], critical: psi[1] } }),
      ...(dependence === undefined ? {} : { dependence }),
    };
    const judgement = judgeFeature(observed, prepareFeature(feature), options);
    agree(judgement, expected, 'judgement');
    expect(judgeFeature(Uint32Array.from(observed), feature, options)).toEqual(judgement);
    expect('ks' in judgement).toBe(kind === 'numeric');
  });

  test('the cases reach every verdict, with independent values and with others', () => {
    for (const some of [
      golden.filter(({ dependence }) => dependence === undefined),
      golden.filter(({ dependence }) => dependence !== undefined),
    ]) {
      const reached = new Set(
        some.flatMap(({ expected }) => [expected['verdict'], (expected['shape'] as Expected)['verdict']]),
      );
      expect([...reached].sort()).toEqual(['critical', 'insufficient', 'notice', 'ok', 'warning']);
    }
  });

  test('in most cases it is the dependence that decides', () => {
    const milder = golden
      .filter(({ dependence }) => dependence !== undefined)
      .map(({ kind, logAlpha, baseline, observed, expected }) => {
        const feature = kind === 'numeric' ? numeric(baseline) : categorical(baseline);
        const independent = judgeFeature(observed, feature, { logAlpha });
        return VERDICT_LEVEL[independent.verdict] - VERDICT_LEVEL[expected['verdict'] as keyof typeof VERDICT_LEVEL];
      });
    expect(Math.min(...milder)).toBe(0);
    expect(milder.filter(levels => levels > 0).length).toBeGreaterThan(5);
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

  test('is ok only where the shape could be judged', () => {
    const calm = [3, 2, 3, 2, 0, 0];
    expect(judgeFeature(calm, feature, { logAlpha: -3 })).toMatchObject({
      verdict: 'insufficient',
      quiet: true,
      shape: { verdict: 'insufficient' },
      missing: { verdict: 'ok' },
    });
    // A rate that rose is told whatever the shape is.
    expect(judgeFeature([3, 2, 3, 2, 10, 0], feature, { logAlpha: -3 })).toMatchObject({
      verdict: 'critical',
      shape: { verdict: 'insufficient' },
    });
  });

  test('of a single filled bin is ok by its rates: there is no shape', () => {
    const constant = prepareFeature(numeric([10_000, 0, 0]));
    expect(judgeFeature([900, 0, 0], constant, { logAlpha: -14 })).toMatchObject({
      verdict: 'ok',
      shape: { verdict: 'insufficient' },
    });
    const oneCategory = prepareFeature(categorical([10_000, 0, 0, 0]));
    expect(judgeFeature([900, 0, 0, 0], oneCategory, { logAlpha: -14 }).verdict).toBe('ok');
    expect(judgeFeature([800, 100, 0, 0], oneCategory, { logAlpha: -14 }).verdict).toBe('critical');
  });

  test('of a feature that was all missing is insufficient, whether values come or not: nothing is known of them', () => {
    const absent = prepareFeature(numeric([0, 10_000, 0]));
    expect(judgeFeature([0, 900, 0], absent, { logAlpha: -14 })).toMatchObject({
      verdict: 'insufficient',
      shape: { bins: 0, k: 0 },
    });
    expect(judgeFeature([900, 0, 0], absent, { logAlpha: -14 }).verdict).toBe('insufficient');
  });

  test('to be recorded only is at most a notice, and tells its numbers all the same', () => {
    const drifted = [700, 100, 100, 100, 3, 0];
    const told = judgeFeature(drifted, feature, { logAlpha: -14 });
    expect(told.verdict).toBe('critical');
    expect(judgeFeature(drifted, feature, { logAlpha: -14, recordOnly: true })).toEqual({ ...told, verdict: 'notice' });
    for (const observed of [
      [250, 250, 250, 250, 2, 0],
      [3, 2, 3, 2, 0, 0],
      [300, 250, 250, 200, 2, 0],
    ]) {
      const plain = judgeFeature(observed, feature, { logAlpha: -3 });
      expect(['insufficient', 'ok', 'notice']).toContain(plain.verdict);
      expect(judgeFeature(observed, feature, { logAlpha: -3, recordOnly: true })).toEqual(plain);
    }
  });

  test('takes values as independent unless told otherwise', () => {
    const observed = [300, 250, 250, 200, 2, 1];
    const plain = judgeFeature(observed, feature, { logAlpha: -14 });
    expect(plain.shape).toMatchObject({ lambda: 1, k: 3 });
    expect(plain.missing.lambda).toBe(1);
    const dependence = { lambda: 1, k: 1, missing: 1, other: 1 };
    expect(judgeFeature(observed, feature, { logAlpha: -14, dependence })).toEqual(plain);
  });

  test('counts of eight replicas added up give the verdict of one process, bit for bit, hanging together or not', () => {
    const next = uniforms(8);
    for (const dependence of [undefined, { lambda: 3.7, k: 2.2, missing: 5.1, other: 1 }]) {
      for (let round = 0; round < 50; round++) {
        const replicas = Array.from({ length: 8 }, () =>
          Uint32Array.from({ length: 6 }, (_, i) => next() * (i < 4 ? 400 : 9)),
        );
        const sum = Float64Array.from({ length: 6 }, (_, i) =>
          replicas.reduce((total, counts) => total + counts[i]!, 0),
        );
        const one = new Uint32Array(6);
        // The one process counts value by value.
        for (const counts of replicas)
          counts.forEach((count, i) => {
            for (let n = 0; n < count; n++) one[i]!++;
          });
        const options = dependence === undefined ? { logAlpha: -6 } : { logAlpha: -6, dependence };
        expect(judgeFeature(sum, feature, options)).toStrictEqual(judgeFeature(one, feature, options));
      }
    }
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
