// node benchmarks/verdicts/inner.js: how often a look without drift is significant, as a multiple of its level.
import { countSorted, findBin, judgeFeature, numericCuts, prepareFeature } from '@driftspan/sketch';
import { learnedNumeric } from './baselines.js';
import { clustered } from './intervals.js';
import { conditionalShares, multinomialInto, uniforms } from './random.js';
import { printTable, script } from './script.js';
import { drawCategories, drawContinuous, drawWithAtom } from './streams.js';

const run = script(
  'inner',
  'Looks whose shape test is significant without drift, as a multiple of the level, by brute force: independent values, the effect gate off.',
);
const LEVELS = [1e-3, 1e-4, 1e-5];
const LOG_LEVELS = LEVELS.map(Math.log);

/** Baselines hold at least ten windows. Fewer looks a baseline where the window is large against it: there it decides more. */
const CASES = [
  { values: 'continuous', draw: drawContinuous, n: 320, m: 3200, baselines: 26_000, looks: 600 },
  { values: 'continuous', draw: drawContinuous, n: 150, m: 10_000, baselines: 5000, looks: 3000 },
  { values: 'continuous', draw: drawContinuous, n: 1000, m: 10_000, baselines: 16_000, looks: 1000 },
  { values: 'continuous', draw: drawContinuous, n: 6000, m: 100_000, baselines: 4000, looks: 4000 },
  { values: 'three in ten are 0', draw: drawWithAtom, n: 1000, m: 10_000, baselines: 10_000, looks: 1000 },
  { values: '20 categories, 1/rank', draw: drawCategories, n: 1000, m: 10_000, baselines: 20_000, looks: 500 },
];

/** The smallest expected count of a window of n. */
function smallestExpected({ plan, samples }, bins, n) {
  return (n * plan.smallest[plan.base.length - bins]) / samples;
}

/** Looks at counts drawn given the baseline; of each level, how many a baseline were significant. */
function byCounts({ draw, n, m, baselines, looks, values }, next) {
  const significant = LEVELS.map(() => new Float64Array(baselines));
  let [bins, expected] = [0, Number.POSITIVE_INFINITY];
  for (let b = 0; b < baselines; b++) {
    run.progress(`${values}, n = ${n}: baseline ${b} of ${baselines}`);
    const { prepared, shares } = draw(next, m);
    const conditional = conditionalShares(shares);
    const window = new Float64Array(prepared.cells.length);
    for (let i = 0; i < looks; i++) {
      multinomialInto(next, n, conditional, window);
      const { shape } = judgeFeature(window, prepared, { logAlpha: 0 });
      for (let l = 0; l < LEVELS.length; l++) if (shape.logP <= LOG_LEVELS[l]) significant[l][b]++;
      if (i === 0) {
        bins = Math.max(bins, shape.bins);
        expected = Math.min(expected, smallestExpected(prepared, shape.bins, n));
      }
    }
  }
  return { values, n, m, bins, expected, baselines, looks: baselines * looks, levels: shares(significant, looks) };
}

/** The same from values one by one: drawn, sorted, cut, and each value of a window put into its bin. */
function byValues({ n, m, baselines, looks }, next) {
  const significant = LEVELS.map(() => new Float64Array(baselines));
  const sorted = new Float64Array(m);
  const window = new Float64Array(18);
  for (let b = 0; b < baselines; b++) {
    run.progress(`value by value: baseline ${b} of ${baselines}`);
    for (let i = 0; i < m; i++) sorted[i] = next();
    sorted.sort();
    const { cuts } = numericCuts(sorted);
    if (countSorted(cuts, sorted).length !== 16) throw new Error('a continuous baseline: met other than 16 bins');
    const prepared = prepareFeature(learnedNumeric(sorted));
    for (let i = 0; i < looks; i++) {
      window.fill(0);
      for (let k = 0; k < n; k++) window[findBin(cuts, next())]++;
      const { logP } = judgeFeature(window, prepared, { logAlpha: 0 }).shape;
      for (let l = 0; l < LEVELS.length; l++) if (logP <= LOG_LEVELS[l]) significant[l][b]++;
    }
  }
  const values = 'continuous, value by value';
  return {
    values,
    n,
    m,
    bins: 16,
    expected: n / 16,
    baselines,
    looks: baselines * looks,
    levels: shares(significant, looks),
  };
}

/** Of each level the share of looks that were significant over the level, its standard error taken over baselines. */
function shares(significant, looks) {
  return LEVELS.map((level, l) => {
    const { mean, standardError } = clustered(significant[l]);
    const count = significant[l].reduce((a, b) => a + b, 0);
    return { level, significant: count, ratio: mean / looks / level, standardError: standardError / looks / level };
  });
}

const shorter = run.quick ? 40 : 1;
const rows = CASES.map((one, i) => byCounts({ ...one, baselines: one.baselines / shorter }, uniforms(run.seed + i)));
rows.push(byValues({ n: 320, m: 3200, baselines: 8000 / shorter, looks: 250 }, uniforms(run.seed + CASES.length)));
/** All cases but the last, which repeats the first: each level's significant looks over all that were expected. */
const together = LEVELS.map((level, l) => {
  const cases = rows.slice(0, -1);
  const looks = cases.reduce((sum, row) => sum + row.looks, 0);
  const ratio = cases.reduce((sum, row) => sum + row.levels[l].ratio * row.looks, 0) / looks;
  const standardError = Math.hypot(...cases.map(row => row.levels[l].standardError * row.looks)) / looks;
  return { level, looks, ratio, standardError };
});
const shown = ({ ratio, standardError }) => `${ratio.toFixed(3)} ± ${standardError.toFixed(3)}`;
printTable(
  'significant looks ÷ their share, ± one standard error over baselines',
  ['values', 'n', 'm', 'bins', 'least expected', 'looks', ...LEVELS.map(String)],
  [
    ...rows.map(({ values, n, m, bins, expected, looks, levels }) => [
      values,
      n,
      m,
      bins,
      expected.toFixed(1),
      looks.toExponential(1),
      ...levels.map(shown),
    ]),
    ['all but the last', '', '', '', '', together[0].looks.toExponential(1), ...together.map(shown)],
  ],
);
run.finish({ rows, together });
