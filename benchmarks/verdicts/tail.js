// node benchmarks/verdicts/tail.js: how often a look without drift is significant at levels that brute force can't reach.
import { judgeFeature } from '@driftspan/sketch';
import { PROPOSALS, TailDraws } from './importance.js';
import { clustered } from './intervals.js';
import { mergedBins } from './merged-bins.js';
import { normals, uniforms } from './random.js';
import { printTable, script } from './script.js';
import { drawCategories, drawContinuous, drawWithAtom } from './streams.js';

const run = script(
  'tail',
  'Looks whose shape test is significant without drift, as a multiple of levels down to 1e-7, by importance sampling.',
);
const LEVELS = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7];
const LOG_LEVELS = LEVELS.map(Math.log);
/** Draws a baseline: few, since it is the baselines that differ. */
const DRAWS = 6 * PROPOSALS;

const CASES = [
  { values: 'continuous', draw: drawContinuous, n: 40, m: 10_000 },
  { values: 'continuous', draw: drawContinuous, n: 80, m: 10_000 },
  { values: 'continuous', draw: drawContinuous, n: 150, m: 10_000 },
  { values: 'continuous', draw: drawContinuous, n: 320, m: 3200 },
  { values: 'continuous', draw: drawContinuous, n: 320, m: 100_000 },
  { values: 'continuous', draw: drawContinuous, n: 600, m: 10_000 },
  { values: 'continuous', draw: drawContinuous, n: 1000, m: 10_000 },
  { values: 'continuous', draw: drawContinuous, n: 6000, m: 100_000 },
  { values: 'three in ten are 0', draw: drawWithAtom, n: 1000, m: 10_000 },
  { values: '20 categories, 1/rank', draw: drawCategories, n: 320, m: 10_000 },
  { values: '20 categories, 1/rank', draw: drawCategories, n: 1000, m: 10_000 },
];

function tailOf({ values, draw, n, m }, baselines, next) {
  const normal = normals(next);
  const sums = LEVELS.map(() => new Float64Array(baselines));
  const weights = new Float64Array(baselines);
  let bins = 0;
  for (let b = 0; b < baselines; b++) {
    run.progress(`${values}, n = ${n}: baseline ${b} of ${baselines}`);
    const { prepared, shares } = draw(next, m);
    const window = new Float64Array(prepared.cells.length);
    window[0] = n;
    bins = judgeFeature(window, prepared, { logAlpha: 0 }).shape.bins;
    const merged = mergedBins(prepared, shares, bins);
    const draws = new TailDraws(
      n,
      merged.map(({ share }) => share),
    );
    const counts = new Float64Array(bins);
    for (let i = 0; i < DRAWS; i++) {
      const weight = draws.draw(i, next, normal, counts) / DRAWS;
      window.fill(0);
      for (let j = 0; j < bins; j++) window[merged[j].cell] = counts[j];
      const { shape } = judgeFeature(window, prepared, { logAlpha: 0 });
      if (shape.bins !== bins) throw new Error(`n = ${n}: met ${shape.bins} bins, expected ${bins}`);
      weights[b] += weight;
      for (let l = 0; l < LEVELS.length; l++) if (shape.logP <= LOG_LEVELS[l]) sums[l][b] += weight;
    }
  }
  const levels = LEVELS.map((level, l) => {
    const { mean, standardError } = clustered(sums[l]);
    return { level, ratio: mean / level, standardError: standardError / level };
  });
  return { values, n, m, bins, baselines, draws: baselines * DRAWS, meanWeight: clustered(weights), levels };
}

const baselinesFor = m => (m > 10_000 ? 5000 : 16_000) / (run.quick ? 40 : 1);
const rows = CASES.map((one, i) => tailOf(one, baselinesFor(one.m), uniforms(run.seed + i)));
const shown = (mean, standardError) => `${mean.toFixed(3)} ± ${standardError.toFixed(3)}`;
printTable(
  'significant looks ÷ their share, ± one standard error over baselines (the mean weight must be 1)',
  ['values', 'n', 'm', 'bins', 'mean weight', ...LEVELS.map(level => level.toExponential())],
  rows.map(({ values, n, m, bins, meanWeight, levels }) => [
    values,
    n,
    m,
    bins,
    shown(meanWeight.mean, meanWeight.standardError),
    ...levels.map(({ ratio, standardError }) => shown(ratio, standardError)),
  ]),
);
run.finish({ rows });
