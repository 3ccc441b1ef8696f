// node benchmarks/verdicts/dependence.js: how often looks at traffic that hangs together are significant without drift.
//
// Whole monitors: values go in one by one, the report says what was judged, and the budget is so large that every ln p is told.
import { createMonitor, defineModel, numeric } from '@driftspan/core';
import { learnBaseline } from '@driftspan/sketch';
import { clustered } from './intervals.js';
import { uniforms } from './random.js';
import { printTable, script } from './script.js';
import { autoregressive, seasonal } from './traffic.js';

const run = script(
  'dependence',
  'Looks whose shape test is significant without drift, as a multiple of the level, where values depend on their neighbours.',
);
const LEVELS = [1e-3, 1e-4, 1e-5];
const LOG_LEVELS = LEVELS.map(Math.log);
/** Features of one monitor: each has its own baseline, and it is the baselines that differ most. */
const FEATURES = run.quick ? 30 : 100;
const ROWS = 25;
const WINDOW_SLOTS = [4, 15, 60];
const WINDOW = WINDOW_SLOTS.at(-1) * ROWS;
/** Looks that count, one in fifteen sub-windows: those between would see nearly the same values. */
const LOOKS = run.quick ? 50 : 200;
const LOOK_EVERY = 15;
/** Twenty of the longest windows. */
const CALIBRATION_SLOTS = 1200;
const SUB_WINDOW_MS = 60_000;

/** Longest windows in the baseline, where the monitor knows the dependence from, and monitors in a full run. */
const CASES = [
  { traffic: autoregressive(0), blocks: 20, source: 'baseline', monitors: 3 },
  { traffic: autoregressive(0.3), blocks: 20, source: 'baseline', monitors: 6 },
  { traffic: autoregressive(0.5), blocks: 20, source: 'baseline', monitors: 6 },
  { traffic: autoregressive(0.9), blocks: 20, source: 'baseline', monitors: 6 },
  { traffic: autoregressive(0.9), blocks: 100, source: 'baseline', monitors: 1 },
  { traffic: seasonal(0.2, 24 * WINDOW), blocks: 120, source: 'baseline', monitors: 1 },
  { traffic: seasonal(0.5, 24 * WINDOW), blocks: 120, source: 'baseline', monitors: 1 },
  { traffic: seasonal(0.5, WINDOW), blocks: 20, source: 'baseline', monitors: 2, note: ', one period a window' },
  { traffic: autoregressive(0), blocks: 20, source: 'windows', monitors: 3 },
  { traffic: autoregressive(0.3), blocks: 20, source: 'windows', monitors: 6 },
  { traffic: autoregressive(0.5), blocks: 20, source: 'windows', monitors: 6 },
  { traffic: autoregressive(0.9), blocks: 20, source: 'windows', monitors: 6 },
  { traffic: autoregressive(0.5), blocks: 20, source: 'independent', monitors: 1 },
  { traffic: autoregressive(0.9), blocks: 20, source: 'independent', monitors: 1 },
];

/** A row is a run of numbers; feature i reads the i-th. */
const model = defineModel({
  name: 'dependence',
  version: '1',
  features: Object.fromEntries(
    Array.from({ length: FEATURES }, (_, i) => [`f${i}`, numeric({ select: row => row[i] })]),
  ),
});

/** One monitor's looks: of each level, how many a feature were significant, over all windows; and the λ of the longest. */
async function monitorOf({ traffic, blocks, source }, next) {
  const streams = Array.from({ length: FEATURES }, () => traffic.start(next));
  const row = new Float64Array(FEATURES);
  const draw = () => {
    for (let i = 0; i < FEATURES; i++) row[i] = streams[i]();
    return row;
  };
  function* training() {
    for (let i = 0; i < blocks * WINDOW; i++) yield { input: draw() };
  }
  const baseline = await learnBaseline(model, training(), { timeOrdered: source === 'baseline' });
  let nowMs = SUB_WINDOW_MS / 2;
  const monitor = createMonitor({
    model,
    baseline,
    drift: {
      window: '1h',
      falseAlarms: { count: 1e12, per: 'month' },
      dependence: source === 'independent' ? 'independent' : 'measured',
    },
    clock: () => nowMs,
  });
  const significant = WINDOW_SLOTS.map(() => LEVELS.map(() => new Float64Array(FEATURES)));
  const lambdas = WINDOW_SLOTS.map(() => new Float64Array(FEATURES));
  // A full ring, and where the dependence is learned from the traffic all of that, before the first look that counts.
  const before = source === 'windows' ? CALIBRATION_SLOTS : WINDOW_SLOTS.at(-1);
  for (let slot = 1; slot <= before + LOOKS * LOOK_EVERY; slot++) {
    for (let i = 0; i < ROWS; i++) monitor.start(draw()).end({});
    nowMs += SUB_WINDOW_MS;
    if (slot % LOOK_EVERY !== 0) continue;
    if (slot <= before) {
      monitor.evaluate();
      continue;
    }
    monitor.report().features.forEach(({ windows }, f) => {
      windows.forEach(({ judgement, assumes, guaranteed }, w) => {
        if (assumes !== source || guaranteed !== (source === 'baseline'))
          throw new Error(`${traffic.name}: met ${assumes}, guaranteed ${guaranteed}; expected ${source}`);
        lambdas[w][f] = judgement.shape.lambda;
        for (let l = 0; l < LEVELS.length; l++) if (judgement.shape.logP <= LOG_LEVELS[l]) significant[w][l][f]++;
      });
    });
  }
  monitor.dispose();
  return { significant, lambdas };
}

/** All monitors of a case, by window and over all windows. */
async function realised(one, next) {
  const { traffic, blocks, source, note = '' } = one;
  const monitors = run.quick ? 1 : one.monitors;
  const results = [];
  for (let i = 0; i < monitors; i++) {
    run.progress(`${traffic.name}${note}, ${source}: monitor ${i + 1} of ${monitors}`);
    results.push(await monitorOf(one, next));
  }
  const windows = WINDOW_SLOTS.map((slots, w) => {
    const lambdas = results.flatMap(result => [...result.lambdas[w]]).sort((a, b) => a - b);
    return {
      slots,
      medianLambda: lambdas[lambdas.length >> 1],
      corrected: lambdas.filter(lambda => lambda > 1).length / lambdas.length,
      levels: ratios(results.map(({ significant }) => significant[w])),
    };
  });
  const all = results.map(({ significant }) =>
    LEVELS.map((_, l) =>
      significant[0][l].map((_, f) => significant.reduce((sum, window) => sum + window[l][f] / 3, 0)),
    ),
  );
  const features = FEATURES * monitors;
  return {
    traffic: `${traffic.name}${note}`,
    blocks,
    source,
    features,
    looks: LOOKS * features,
    levels: ratios(all),
    windows,
  };
}

/** Of each level the share of looks that were significant over the level, given the counts a monitor, level and feature. */
function ratios(results) {
  return LEVELS.map((level, l) => {
    const counts = results.flatMap(significant => [...significant[l]]);
    const { mean, standardError } = clustered(counts);
    return {
      level,
      ratio: mean / LOOKS / level,
      standardError: standardError / LOOKS / level,
      features: counts.filter(count => count > 0).length,
    };
  });
}

const rows = [];
for (const [i, one] of CASES.entries()) rows.push(await realised(one, uniforms(run.seed + i)));
const shown = ({ ratio, standardError }) => `${ratio.toFixed(3)} ± ${standardError.toFixed(3)}`;
printTable(
  'significant looks ÷ their share, ± one standard error over features; of windows of 4, 15 and 60 sub-windows apart, then together',
  ['traffic', 'blocks', 'dependence from', 'looks', 'window', 'median λ', 'corrected', ...LEVELS.map(String)],
  rows.flatMap(({ traffic, blocks, source, looks, levels, windows }) => [
    ...windows.map(window => [
      traffic,
      blocks,
      source,
      looks,
      window.slots,
      window.medianLambda.toFixed(1),
      `${(100 * window.corrected).toFixed(1)} %`,
      ...window.levels.map(shown),
    ]),
    [traffic, blocks, source, 3 * looks, 'all', '', '', ...levels.map(shown)],
  ]),
);
run.finish({ rowsALook: ROWS, longestWindow: WINDOW, rows });
