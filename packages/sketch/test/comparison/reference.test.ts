import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compare, parseBaseline, testsOf } from '../../src/index.js';
import { generator, range } from '../generated-rows.js';
import { GOLDEN_MODEL } from '../golden/rows.js';
import { fixture, relativeError } from '../reference/fixtures.js';
import { counted } from './rows.js';

/** A feature of `make_comparison.py`; ln p of each test, null where there is none. */
interface Expected {
  readonly name: string;
  readonly counts: readonly number[];
  readonly psi: number;
  readonly ks?: number;
  readonly jensenShannon: number;
  readonly hellinger: number;
  readonly bins: number;
  readonly shape: number | null;
  readonly missing: number;
  readonly unseen: number | null;
  readonly mean?: number;
  readonly sd?: number;
}

/** As `current_rows` there, to the last bit. */
function currentRows() {
  const next = generator(2014);
  return range(3000).map(i => ({
    input: {
      uniform: next() * 0.9,
      signed: (next() - 0.5) * 4096 + 300,
      integers: Math.floor(next() * next() * 44),
      zeros: next() < 0.7 ? 0 : next(),
      constant: i % 40 === 0 ? null : i % 50 === 0 ? 0.2 : 0.1,
      carrier: i % 60 === 0 ? null : i % 25 === 0 ? 'new' : 'ABCDEFGH'.charAt(Math.floor(next() * next() * 8)),
    },
  }));
}

const baseline = parseBaseline(readFileSync(new URL('../golden/driftspan.baseline.v1.json', import.meta.url), 'utf8'));
const comparison = compare(baseline, counted(baseline, GOLDEN_MODEL, currentRows()));

it('the level of a test is the rate over all tests', () => {
  const tests = [...baseline.features, ...baseline.outputs].reduce((sum, feature) => sum + testsOf(feature), 0);
  expect(comparison.drift.tests).toBe(tests);
  expect(relativeError(comparison.drift.logAlpha, Math.log(0.001 / tests))).toBeLessThan(1e-15);
});

describe.each(fixture<Expected>('comparison.json'))('$name beside the golden baseline', expected => {
  const { name, counts, mean, sd, judgement, distances } = comparison.features.find(one => one.name === expected.name)!;

  it('is counted as NumPy counts it', () => {
    expect(counts).toEqual(expected.counts);
    if (expected.mean === undefined) return;
    expect(relativeError(mean!, expected.mean)).toBeLessThan(1e-12);
    expect(relativeError(sd!, expected.sd!)).toBeLessThan(1e-12);
  });

  it('lies as far from it as NumPy and SciPy say', () => {
    for (const measure of ['psi', 'jensenShannon', 'hellinger'] as const) {
      expect(relativeError(distances[measure], expected[measure]), measure).toBeLessThan(1e-9);
    }
    if (expected.ks !== undefined) expect(relativeError(distances.ks!, expected.ks)).toBeLessThan(1e-12);
  });

  it('has the p of every test that SciPy has', () => {
    expect(judgement.unseen === undefined).toBe(expected.unseen === null);
    const found = [
      [judgement.shape.logP, expected.shape],
      [judgement.missing.logP, expected.missing],
      [judgement.unseen?.logP ?? 0, expected.unseen],
    ] as const;
    for (const [logP, log] of found)
      if (log !== null) expect(Math.abs(logP - log) / Math.max(1, Math.abs(log)), name).toBeLessThan(1e-8);
    if (expected.shape !== null) expect(judgement.shape.bins).toBe(expected.bins);
  });
});

it('rows that moved are told by how much', () => {
  const verdicts = comparison.features.map(({ name, verdict }) => [name, verdict]);
  expect(Object.fromEntries(verdicts)).toMatchObject({ signed: 'critical', constant: 'warning', carrier: 'warning' });
});
