// node benchmarks/verdicts/thresholds.js: false alarms of "index ≥ 0.1" by the size of the window, beside this judge's.
import { countSorted, judgeFeature, prepareFeature, VERDICT_LEVEL } from '@driftspan/sketch';
import { binShares, learnedNumeric, sortedUniforms } from './baselines.js';
import { PROPOSALS, TailDraws } from './importance.js';
import { clustered } from './intervals.js';
import { mergedBins } from './merged-bins.js';
import { normals, uniforms } from './random.js';
import { printTable, script } from './script.js';
import { ONE_A_MONTH } from './watch.js';

const run = script(
  'thresholds',
  'How often one look without drift is an alarm: of a population stability index of 0.1 or more in 10 or 20 bins, and of this judge.',
);
const SIZES = [40, 60, 100, 150, 200, 300, 500, 700, 1000, 2000, 5000];
const BASELINE = 10_000;
const BASELINES = run.quick ? 200 : 5000;
const DRAWS = 6 * PROPOSALS;
const CUSTOMARY = 0.1;

/** Equally filled bins, as a customary index has them. */
function customary(sorted, bins) {
  const cuts = Array.from({ length: bins - 1 }, (_, i) => sorted[Math.round(((i + 1) * sorted.length) / bins) - 1]);
  return { counts: countSorted(cuts, sorted), shares: binShares(cuts, x => x) };
}

/** The index as it is commonly computed: raw shares, and 0.0001 in place of an empty one. */
function customaryIndex(window, counts, n) {
  let index = 0;
  for (let i = 0; i < counts.length; i++) {
    const q = Math.max(window[i] / n, 0.0001);
    const p = counts[i] / BASELINE;
    index += (q - p) * Math.log(q / p);
  }
  return index;
}

/** The probability that a window's alarm is of level 1, 2 … `levels` or more: the mean weight of the draws of which `levelOf` says so. */
function probabilities(shares, levels, levelOf, n, next, normal) {
  const draws = new TailDraws(n, shares);
  const counts = new Float64Array(shares.length);
  const sums = new Float64Array(levels);
  for (let i = 0; i < DRAWS; i++) {
    const weight = draws.draw(i, next, normal, counts);
    const level = levelOf(counts);
    for (let l = 0; l < level; l++) sums[l] += weight / DRAWS;
  }
  return sums;
}

const rows = SIZES.map((n, at) => {
  const next = uniforms(run.seed + at);
  const normal = normals(next);
  const series = { index10: [], index20: [], significant: [], warning: [] };
  for (let b = 0; b < BASELINES; b++) {
    run.progress(`n = ${n}: baseline ${b} of ${BASELINES}`);
    const sorted = sortedUniforms(next, BASELINE);
    for (const bins of [10, 20]) {
      const { counts, shares } = customary(sorted, bins);
      const isAlarm = window => Number(customaryIndex(window, counts, n) >= CUSTOMARY);
      series[`index${bins}`].push(probabilities(shares, 1, isAlarm, n, next, normal)[0]);
    }
    const feature = learnedNumeric(sorted);
    const prepared = prepareFeature(feature);
    const window = new Float64Array(prepared.cells.length);
    window[0] = n;
    const judged = () => judgeFeature(window, prepared, { logAlpha: ONE_A_MONTH }).shape;
    const merged = mergedBins(
      prepared,
      binShares(feature.cuts, x => x),
      judged().bins,
    );
    const shares = merged.map(({ share }) => share);
    const levelOf = counts => {
      window.fill(0);
      merged.forEach(({ cell }, i) => {
        window[cell] = counts[i];
      });
      return Math.min(VERDICT_LEVEL.warning, Math.max(0, VERDICT_LEVEL[judged().verdict]));
    };
    const [significant, warning] = probabilities(shares, VERDICT_LEVEL.warning, levelOf, n, next, normal);
    series.significant.push(significant);
    series.warning.push(warning);
  }
  return { n, ...Object.fromEntries(Object.entries(series).map(([name, values]) => [name, clustered(values)])) };
});
const shown = ({ mean, standardError }) => `${mean.toExponential(1)} ± ${standardError.toExponential(0)}`;
printTable(
  'probability that one look without drift is an alarm, ± one standard error',
  ['n', 'index ≥ 0.1, 10 bins', '20 bins', 'here significant', 'here a warning'],
  rows.map(({ n, index10, index20, significant, warning }) => [
    n,
    ...[index10, index20, significant, warning].map(shown),
  ]),
);
run.finish({ baseline: BASELINE, level: Math.exp(ONE_A_MONTH), rows });
