// The figures of one rule on one scenario, from what it did in each run: the same shape and the same intervals as the peers' summary.py.
import { poissonInterval, wilson } from '../../verdicts/intervals.js';
import { ROWS_A_LOOK } from './watch-run.js';

/** Minutes of 30 days, at 100 rows a minute. */
export const ROWS_A_MONTH = 43_200 * 100;

/**
 * @param {import('../synthetic.js').Scenario} scenario
 * @param {readonly import('./watch-run.js').Outcome[]} runs
 */
export function summary(scenario, runs) {
  return {
    covered: true,
    runs: runs.length,
    before: runs[0].looks > 0 ? before(scenario, runs) : null,
    after: scenario.changeAt < scenario.rows ? after(scenario, runs) : null,
  };
}

function before(scenario, runs) {
  const looks = runs.map(run => run.looks);
  const withAlarm = runs.filter(run => run.alarms > 0).length;
  return {
    rows: looks[0] * ROWS_A_LOOK,
    looks: total(looks),
    alarms: total(runs.map(run => run.alarms)),
    episodes: total(runs.map(run => run.episodes)),
    falseAlarms: clusteredShare(
      runs.map(run => run.alarms),
      looks,
    ),
    episodesAMonth: clusteredRate(
      runs.map(run => run.episodes),
      looks.map(count => (count * ROWS_A_LOOK) / ROWS_A_MONTH),
    ),
    runsWithAlarm: share(withAlarm, runs.length),
    ...byColumn(
      scenario,
      runs.flatMap(run => [...run.columns]),
    ),
  };
}

function after(scenario, runs) {
  const detected = runs.filter(run => run.delay !== undefined).length;
  return {
    rows: scenario.rows - scenario.changeAt,
    detected,
    power: share(detected, runs.length),
    delay: medianDelay(runs.map(run => run.delay ?? Number.POSITIVE_INFINITY)),
    ...byColumn(
      scenario,
      runs.flatMap(run => [...run.found].map(name => [name, 1])),
    ),
  };
}

/** Which columns it was, where there are several. */
function byColumn({ columns }, counts) {
  if (columns.length < 2) return {};
  const sums = new Map();
  for (const [name, count] of counts) sums.set(name, (sums.get(name) ?? 0) + count);
  return { columns: Object.fromEntries([...sums].sort(([a], [b]) => (a < b ? -1 : 1))) };
}

const total = numbers => numbers.reduce((sum, number) => sum + number, 0);
const rounded = ([value, low, high]) => ({
  value: Number(value.toPrecision(6)),
  low: Number(low.toPrecision(6)),
  high: Number(high.toPrecision(6)),
});
const share = (successes, trials) => rounded([successes / trials, ...wilson(successes, trials)]);

/** Wilson's interval of a share whose trials come in clusters: the trials are divided by the design effect, at least 1. */
function clusteredShare(successes, trials) {
  const all = total(trials);
  const value = total(successes) / all;
  const count = trials.length;
  let effect = 1;
  if (count > 1 && value > 0 && value < 1) {
    const squares = total(successes.map((hits, i) => (hits - value * trials[i]) ** 2));
    effect = Math.max(1, ((count / (count - 1)) * squares) / all ** 2 / ((value * (1 - value)) / all));
  }
  return rounded([value, ...wilson(total(successes) / effect, all / effect)]);
}

/** Events an exposure of 1: Garwood's interval, widened by the counts' dispersion over clusters, at least 1. */
function clusteredRate(counts, exposures) {
  const events = total(counts);
  const exposure = total(exposures);
  let dispersion = 1;
  if (counts.length > 1 && events > 0) {
    const expected = exposures.map(part => (events * part) / exposure);
    const squares = total(counts.map((hits, i) => (hits - expected[i]) ** 2 / expected[i]));
    dispersion = Math.max(1, squares / (counts.length - 1));
  }
  const [low, high] = poissonInterval(events / dispersion);
  return rounded([events / exposure, (low * dispersion) / exposure, (high * dispersion) / exposure]);
}

/** Median with its order-statistic interval; Infinity stands for "not within the horizon", and null for it in the figures. */
function medianDelay(delays) {
  const sorted = delays.toSorted((a, b) => a - b);
  const count = sorted.length;
  const k = binomialQuantile(count);
  const known = value => (Number.isFinite(value) ? value : null);
  const median = (sorted[(count - 1) >> 1] + sorted[count >> 1]) / 2;
  return {
    median: known(median),
    low: known(sorted[Math.max(0, k - 1)]),
    high: k >= 1 ? known(sorted[count - k]) : null,
    never: sorted.filter(delay => delay === Number.POSITIVE_INFINITY).length,
  };
}

/** The 2.5 % quantile of a binomial of `count` halves. */
function binomialQuantile(count) {
  let chance = 0.5 ** count;
  let below = chance;
  let k = 0;
  while (below < 0.025) {
    chance *= (count - k) / (k + 1);
    below += chance;
    k++;
  }
  return k;
}
