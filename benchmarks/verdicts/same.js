// node benchmarks/verdicts/same.js: shows that the short cuts of this folder change nothing.
// 1. The loop over counts (looks.js) says at every look what a monitor that is called value by value says, alarms included.
// 2. Counts drawn as a multinomial are distributed as values drawn and counted one by one are.
import { deepStrictEqual } from 'node:assert/strict';
import { categorical, createMonitor, defineModel, numeric } from '@driftspan/core';
import {
  findBin,
  judgeFeature,
  learnBaseline,
  logChiSquareTail,
  prepareFeature,
  VERDICT_LEVEL,
} from '@driftspan/sketch';
import { binShares, learnedNumeric, sortedUniforms } from './baselines.js';
import { clustered } from './intervals.js';
import { Alarm, FeatureRing, levelOf, look } from './looks.js';
import { binomial, conditionalShares, multinomialInto, normals, uniforms } from './random.js';
import { printTable, script } from './script.js';

const run = script(
  'same',
  'Shows that the loop over counts says what a monitor says, and that drawn counts have the law of counted values.',
);
const LOOKS = run.quick ? 200 : 600;
const ROWS_A_LOOK = 50;
const SUB_WINDOW_MS = 60_000;
const LEVEL_NAMES = Object.fromEntries(Object.entries(VERDICT_LEVEL).map(([name, level]) => [level, name]));

const next = uniforms(run.seed);
const normal = normals(next);

/** A row of the stream; the numeric feature is shifted, and the category doubled, while `drift` is on. */
function row(drift) {
  const x = next() < 0.01 ? null : normal() + (drift ? 0.6 : 0);
  const c = next() < (drift ? 0.3 : 0.05) ? 'f' : 'abcde'.charAt(Math.floor(next() * 5));
  return { x, c };
}

/** In which bin of the baseline a row's values are counted, one number a feature. */
function cellsOf({ x, c }, [numericFeature, categoryFeature]) {
  const category = categoryFeature.categories.indexOf(c);
  return [
    x === null ? numericFeature.counts.length : findBin(numericFeature.cuts, x),
    category < 0 ? categoryFeature.counts.length : category,
  ];
}

async function monitorAndLoop() {
  const model = defineModel({ name: 'same', version: '1', features: { x: numeric(), c: categorical() } });
  const baseline = await learnBaseline(
    model,
    Array.from({ length: 5000 }, () => ({ input: row(false) })),
  );
  let nowMs = SUB_WINDOW_MS / 2;
  // So large a budget that nothing drifting is missed and chance alone makes notices.
  const falseAlarms = { count: 3000, per: 'month' };
  const monitor = createMonitor({
    model,
    baseline,
    drift: { window: '1h', falseAlarms, dependence: 'independent' },
    clock: () => nowMs,
  });
  const told = [];
  const stop = monitor.on('drift', ({ feature, change, to, atMs }) => told.push([atMs, feature, change, to]));
  const { logAlpha } = monitor.report().drift;

  const prepared = baseline.features.map(prepareFeature);
  const rings = prepared.map(({ cells }) => new FeatureRing(cells.length));
  const alarms = prepared.map(() => new Alarm());
  const ours = [];
  const verdicts = {};
  for (let index = 1; index <= LOOKS; index++) {
    run.progress(`look ${index} of ${LOOKS}`);
    const counts = prepared.map(({ cells }) => new Float64Array(cells.length));
    const drift = index % 200 > 80 && index % 200 < 110;
    for (let i = 0; i < ROWS_A_LOOK; i++) {
      const input = row(drift);
      monitor.start(input).end({});
      cellsOf(input, baseline.features).forEach((cell, f) => {
        counts[f][cell]++;
      });
    }
    nowMs += SUB_WINDOW_MS;
    const report = monitor.report();
    prepared.forEach((feature, f) => {
      rings[f].close(counts[f]);
      const judgements = look(rings[f], feature, { logAlpha });
      deepStrictEqual(
        judgements,
        report.features[f].windows.map(({ judgement }) => judgement),
      );
      const quiet = judgements.every(judgement => judgement.quiet);
      const change = alarms[f].take(levelOf(judgements), quiet, index);
      const to = LEVEL_NAMES[change === 'closed' ? levelOf(judgements) : alarms[f].level];
      if (change !== undefined) ours.push([index * SUB_WINDOW_MS, feature.feature.name, change, to]);
      for (const { verdict } of judgements) verdicts[verdict] = (verdicts[verdict] ?? 0) + 1;
    });
  }
  stop();
  monitor.dispose();
  deepStrictEqual(ours, told);
  return {
    looks: LOOKS * prepared.length,
    verdicts,
    changes: told.map(([, feature, change, to]) => `${feature} ${change} ${to}`),
  };
}

/** ln p of the sum over values of (met − expected)² / expected, the tails pooled until 20 are expected. */
function goodness(observed, expected) {
  let statistic = 0;
  let groups = 0;
  let [met, wanted] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    met += observed[i];
    wanted += expected[i];
    if (wanted < 20 && i < expected.length - 1) continue;
    if (wanted > 0) {
      statistic += (met - wanted) ** 2 / Math.max(wanted, 1e-9);
      groups++;
    }
    [met, wanted] = [0, 0];
  }
  return Math.exp(logChiSquareTail(statistic, groups - 1));
}

/** Drawn binomials against their exact probabilities. */
function binomialsAgree() {
  const draws = run.quick ? 200_000 : 3_000_000;
  return [
    [40, 0.0625],
    [320, 0.0625],
    [320, 0.4],
    [6000, 0.07],
    [6000, 0.93],
    [60_000, 0.5],
  ].map(([n, p]) => {
    const observed = new Float64Array(n + 1);
    for (let i = 0; i < draws; i++) observed[binomial(next, n, p)]++;
    let logCoefficient = 0;
    const expected = Float64Array.from({ length: n + 1 }, (_, k) => {
      if (k > 0) logCoefficient += Math.log((n - k + 1) / k);
      return draws * Math.exp(logCoefficient + k * Math.log(p) + (n - k) * Math.log1p(-p));
    });
    const pValue = goodness(observed, expected);
    if (pValue < 1e-4) throw new Error(`binomial(${n}, ${p}): met p = ${pValue}, expected at least 1e-4`);
    return { n, p, draws, pValue };
  });
}

/** How often ln p falls into each of 20 bins of equal probability: at counts drawn as a multinomial, and at values counted one by one. */
function countsAgree() {
  const [m, n] = [3200, 320];
  const looks = 200;
  const bins = 20;
  const baselines = run.quick ? 200 : 2000;
  const binOf = ({ shape }) => Math.min(bins - 1, Math.floor(Math.exp(shape.logP) * bins));
  // Drawn less counted, a run a baseline: looks at one baseline are not independent of each other.
  const differences = Array.from({ length: bins }, () => new Float64Array(baselines));
  const window = new Float64Array(18);
  for (let b = 0; b < baselines; b++) {
    run.progress(`counts of ${b} of ${baselines} baselines`);
    const raw = learnedNumeric(Float64Array.from({ length: m }, next).sort());
    const spaced = learnedNumeric(sortedUniforms(next, m));
    const [rawPrepared, spacedPrepared] = [prepareFeature(raw), prepareFeature(spaced)];
    const conditional = conditionalShares(binShares(spaced.cuts, x => x));
    for (let i = 0; i < looks; i++) {
      window.fill(0);
      for (let k = 0; k < n; k++) window[findBin(raw.cuts, next())]++;
      differences[binOf(judgeFeature(window, rawPrepared, { logAlpha: 0 }))][b] -= 1 / looks;
      window.fill(0);
      multinomialInto(next, n, conditional, window);
      differences[binOf(judgeFeature(window, spacedPrepared, { logAlpha: 0 }))][b] += 1 / looks;
    }
  }
  const z = differences.map(values => {
    const { mean, standardError } = clustered(values);
    return mean / standardError;
  });
  const largestZ = Math.max(...z.map(Math.abs));
  if (largestZ > 4.5)
    throw new Error(`drawn and counted: met a difference of ${largestZ} standard errors, expected under 4.5`);
  return { looks: looks * baselines, baselines, largestZ };
}

const loop = await monitorAndLoop();
printTable(
  'monitor and loop: the same at every look',
  ['looks', 'verdicts', 'alarms'],
  [[loop.looks, JSON.stringify(loop.verdicts), loop.changes.join(', ')]],
);
const binomials = binomialsAgree();
printTable(
  'drawn binomials against their probabilities',
  ['n', 'p', 'draws', 'p value'],
  binomials.map(({ n, p, draws, pValue }) => [n, p, draws, pValue.toFixed(3)]),
);
const counts = countsAgree();
printTable(
  'ln p at drawn counts and at counted values, in 20 bins',
  ['looks each', 'baselines', 'largest difference, standard errors'],
  [[counts.looks, counts.baselines, counts.largestZ.toFixed(2)]],
);
run.finish({ loop, binomials, counts });
