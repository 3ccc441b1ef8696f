import {
  baselineCells,
  countSorted,
  judgeFeature,
  logAlpha,
  numericCuts,
  prepareFeature,
  VERDICT_LEVEL,
} from '@driftspan/sketch';
import { expect, test } from 'vitest';
import { numeric } from '../../sketch/test/verdict/baselines.js';
import { uniforms } from '../../sketch/test/verdict/random.js';
import { referenceOf } from './reference/fleet-verdict.js';

const ROWS = 10_000;
const RUNS = 100;
/** As the rules have it for 100 numeric features: tiles of five minutes, two windows. */
const LOG_ALPHA = logAlpha({ count: 1, periodMs: 30 * 86_400_000, lookEveryMs: 300_000, tests: 200, windows: 2 });

/** The share of runs in which a window of n rows, shifted by so many standard deviations, has each level: by the process and by the query. */
function levels(shift: number, n: number) {
  const next = uniforms(n);
  const normal = () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  const rows = Float64Array.from({ length: ROWS }, normal).sort();
  const { cuts } = numericCuts(rows);
  const feature = numeric([...countSorted(cuts, rows), 0, 0]);
  const prepared = prepareFeature(feature);
  return Array.from({ length: RUNS }, () => {
    const window = baselineCells(feature).map(() => 0);
    for (let i = 0; i < n; i++) {
      const value = normal() + shift;
      window[cuts.filter(cut => cut < value).length]!++;
    }
    return {
      process: VERDICT_LEVEL[judgeFeature(window, prepared, { logAlpha: LOG_ALPHA }).shape.verdict],
      query: referenceOf(feature, window, LOG_ALPHA).shapeLevel,
    };
  });
}

test('with 20 values expected in every bin the query says what the process says, up to one run in a hundred', () => {
  for (const [shift, n] of [
    [0, 400],
    [0.25, 900],
    [0.5, 340],
    [0.5, 1000],
    [0.75, 340],
  ] as const) {
    const runs = levels(shift, n);
    expect(runs.filter(({ process, query }) => process !== query).length).toBeLessThanOrEqual(RUNS / 100);
  }
});

test('in no run does the query say more than the process', () => {
  const runs = [60, 200, 340, 700].flatMap(n => levels(0.5, n));
  expect(runs.filter(({ process, query }) => query > process)).toEqual([]);
  expect(runs.some(({ query }) => query > 1)).toBe(true);
});

test('16 bins of equal counts are all in the pool below 320 values, where the process merges them and judges', () => {
  const runs = levels(0.75, 300);
  expect(runs.filter(({ query }) => query !== -1)).toEqual([]);
  expect(runs.filter(({ process }) => process >= 2).length).toBeGreaterThan(0.9 * RUNS);
});
