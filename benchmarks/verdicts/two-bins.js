// node benchmarks/verdicts/two-bins.js: windows so small that two bins are left, where counts are few and their probabilities exact.
import { judgeFeature, prepareFeature } from '@driftspan/sketch';
import { learnedNumeric } from './baselines.js';
import { logGamma } from './log-gamma.js';
import { printTable, script } from './script.js';

const run = script(
  'two-bins',
  'Significant looks over their share where two equal bins are left, summed over all counts that a window can have. No draws.',
);
const LEVELS = [1e-3, 1e-4, 1e-5, 1e-6, 1e-7];
const BASELINE = 10_000;

const prepared = prepareFeature(learnedNumeric(Float64Array.from({ length: BASELINE }, (_, i) => i)));

/** ln C(n, k) B(k + a, n − k + a) / B(a, a): the median of a baseline cuts off a share of its own distribution, Beta(a, a). */
function logProbability(k, n, a) {
  const logBeta = (x, y) => logGamma(x) + logGamma(y) - logGamma(x + y);
  const logCoefficient = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);
  return logCoefficient + logBeta(k + a, n - k + a) - logBeta(a, a);
}

const sizes = [];
for (let n = 20; ; n++) {
  const window = new Float64Array(prepared.cells.length);
  const half = (prepared.valued / 2) | 0;
  const levels = LEVELS.map(level => ({ level, ratio: 0 }));
  window[0] = n;
  if (judgeFeature(window, prepared, { logAlpha: 0 }).shape.bins > 2) break;
  for (let k = 0; k <= n; k++) {
    window[0] = k;
    window[half] = n - k;
    const { logP } = judgeFeature(window, prepared, { logAlpha: 0 }).shape;
    const probability = Math.exp(logProbability(k, n, BASELINE / 2 + 0.5));
    for (const one of levels) if (logP <= Math.log(one.level)) one.ratio += probability / one.level;
  }
  sizes.push({ n, levels });
}

/** Over all sizes: a service's windows are of many. */
const rows = [
  ['20 to 39: fewer than 20 expected', 20, 39],
  ['40 to 79: 20 or more', 40, 79],
].map(([what, from, to]) => {
  const of = sizes.filter(({ n }) => n >= from && n <= to);
  const levels = LEVELS.map((level, l) => {
    const ratios = of.map(({ levels }) => levels[l].ratio);
    return {
      level,
      mean: ratios.reduce((a, b) => a + b, 0) / ratios.length,
      least: Math.min(...ratios),
      most: Math.max(...ratios),
    };
  });
  return { what, levels };
});
printTable(
  'two bins: significant looks ÷ their share, exact; mean (least – most) over sizes of the window',
  ['n', ...LEVELS.map(level => level.toExponential())],
  rows.map(({ what, levels }) => [
    what,
    ...levels.map(({ mean, least, most }) => `${mean.toFixed(2)} (${least.toFixed(2)} – ${most.toFixed(2)})`),
  ]),
);
run.finish({ baseline: BASELINE, rows, sizes });
