import { describe, expect, test } from 'vitest';
import { Faults } from '../../src/faults.js';
import { type SamplingOptions, samplingSettings } from '../../src/sampling/options.js';
import { MISSING } from '../../src/sampling/reasons.js';
import { Sampler } from '../../src/sampling/sampler.js';
import { uniforms } from '../drift/stream.js';
import { type Kept, type SimulatedCall, Traffic } from './traffic.js';

type Class = readonly [name: string, has: (call: SimulatedCall) => boolean];

const LATE_RULES = { confidenceBelow: 0.3, slowerThanMs: 1200 };
const isOdd = (call: SimulatedCall) => call.odd !== 0;
const isLate = (call: SimulatedCall) => call.failed || call.confidence < 0.3 || call.durationMs > 1200;
const inDrift = (call: SimulatedCall) => call.drifting && call.drifted;

const BY_RULE: readonly Class[] = [
  ['missing', call => (call.odd & MISSING) !== 0],
  ['errors', call => call.failed],
  ['errors of an odd input', call => call.failed && isOdd(call)],
  ['errors of a plain input', call => call.failed && !isOdd(call) && !inDrift(call)],
  ['slow', call => call.durationMs > 1200],
  ['low confidence', call => call.confidence < 0.3],
  ['drifted values', inDrift],
  ['drifted values that no other rule holds for', call => inDrift(call) && !isOdd(call) && !isLate(call)],
  ['drifted values with an error', call => inDrift(call) && call.failed],
];
const ALL: readonly Class[] = [
  ['all calls', () => true],
  ['label late', call => call.label === 'late'],
  ['label early', call => call.label === 'early'],
  ['calls that no rule holds for', call => !isOdd(call) && !isLate(call) && !inDrift(call)],
  ...BY_RULE,
];

interface Estimate {
  /** Of the runs' estimates, 1 for the truth. */
  readonly mean: number;
  readonly standardError: number;
  /** The same without weights, of the class's share among records: 1 for the true share. */
  readonly unweighted: number;
}

function estimates(traffic: Traffic, options: SamplingOptions, classes: readonly Class[], runs: number): Estimate[] {
  const settings = samplingSettings(options);
  const faults = new Faults('simulated');
  const random = uniforms(20);
  const sums = classes.map(() => ({ ratio: 0, squares: 0, kept: 0 }));
  let records = 0;
  for (let run = 0; run < runs; run++) {
    const kept = traffic.through(new Sampler(settings, faults, random));
    records += kept.length;
    for (const [at, [, has]] of classes.entries()) {
      const ours = kept.filter(({ call }) => has(call));
      const ratio = weightOf(ours) / traffic.calls.filter(has).length;
      sums[at]!.ratio += ratio;
      sums[at]!.squares += ratio * ratio;
      sums[at]!.kept += ours.length;
    }
  }
  expect(faults.counts.size).toBe(0);
  return sums.map(({ ratio, squares, kept }, at) => {
    const mean = ratio / runs;
    const share = traffic.calls.filter(classes[at]![1]).length / traffic.calls.length;
    return {
      mean,
      standardError: Math.sqrt((squares / runs - mean * mean) / runs),
      unweighted: kept / records / share,
    };
  });
}

function weightOf(kept: readonly Kept[]): number {
  return kept.reduce((total, { probability }) => total + 1 / probability, 0);
}

const traffic = new Traffic(21, 100, 12);

describe('over 400 runs, weighted by 1 / probability', () => {
  test.each<[name: string, options: SamplingOptions, classes: readonly Class[]]>([
    ['ceilings that are hit in bursts', { rate: 0.05, maxPerSecond: 50, keep: LATE_RULES }, ALL],
    ['a ceiling that is hit at all times', { rate: 1, maxPerSecond: 50, keep: LATE_RULES }, ALL],
    ['no ceiling', { rate: 0.05, maxPerSecond: Infinity, keep: LATE_RULES }, ALL],
    ['a low rate, rules at their ceiling', { rate: 0.02, maxPerSecond: 30, keep: LATE_RULES }, ALL],
    ['rules alone', { rate: 0, maxPerSecond: 30, keep: LATE_RULES }, BY_RULE],
    ['no rules', { rate: 0.2, maxPerSecond: 60, keep: false }, ALL],
  ])('%s: every total is unbiased', (_name, options, classes) => {
    for (const [at, { mean, standardError }] of estimates(traffic, options, classes, 400).entries()) {
      const name = classes[at]![0];
      // So small that a bias of a tenth would be seen.
      expect(standardError, name).toBeLessThan(0.02);
      expect(Math.abs(mean - 1), name).toBeLessThanOrEqual(4 * standardError);
    }
  });
});

test('counted without weights, records are badly biased', () => {
  const classes = ALL.filter(([name]) => ['errors', 'calls that no rule holds for'].includes(name));
  const [plain, errors] = estimates(traffic, { rate: 0.05, maxPerSecond: Infinity, keep: LATE_RULES }, classes, 20);
  expect(plain!.unweighted).toBeLessThan(0.2);
  expect(errors!.unweighted).toBeGreaterThan(1.5);
});
