// What Driftspan does on one run of a stream: a real monitor, fed row by row.
import { createMonitor } from '@driftspan/core';
import { categorical, defineModel, learnBaseline, numeric, text } from '@driftspan/sketch';
import { rowAt } from '../streams.js';

/** 100 rows a minute and a look each minute: the traffic at which all figures count a month. */
export const ROWS_A_LOOK = 100;
const MINUTE_MS = 60_000;
/** The longest window holds 6,000 rows, the others 1,500 and 400. */
const WINDOW = '1h';

const KINDS = { numeric, category: categorical, text };

/**
 * @typedef {object} Outcome As the peers' `outcome.py` has it.
 * @property {number} looks Before the change.
 * @property {number} alarms Of these looks.
 * @property {number} episodes Alarms at one look after another counted once.
 * @property {number | undefined} delay Rows from the change to the first alarm after it; undefined if there was none.
 * @property {Map<string, number>} columns Alarms before the change by column.
 * @property {Set<string>} found Columns of the first alarm after the change.
 */

/**
 * Learns the baseline, in the order of its rows, and watches the stream with the default budget, one false alarm a month. At each look the levels in
 * `levels` are asked apart; each gets an outcome.
 *
 * @param {import('../synthetic.js').Scenario} scenario
 * @param {{ baseline: (Float64Array | string[])[], stream: (Float64Array | string[])[] }} run
 * @param {Record<string, ReadonlySet<string>>} levels Verdicts that are an alarm, by name of the rule.
 * @returns {Promise<Record<string, Outcome>>}
 */
export async function watchRun(scenario, { baseline: before, stream }, levels) {
  const features = Object.fromEntries(scenario.columns.map(({ name, kind }) => [name, KINDS[kind]()]));
  const model = defineModel({
    name: scenario.name,
    version: '1',
    features,
    joint: scenario.columns.filter(({ kind }) => kind === 'numeric').length > 1,
  });
  const rows = Array.from({ length: scenario.baselineRows }, (_, i) => ({ input: rowAt(scenario, before, i) }));
  const baseline = await learnBaseline(model, rows, { timeOrdered: true });
  let nowMs = 0;
  const monitor = createMonitor({ model, baseline, drift: { window: WINDOW }, clock: () => nowMs });
  const outcomes = Object.fromEntries(Object.keys(levels).map(name => [name, newOutcome()]));
  const alarmed = new Set();
  for (let row = 0; row < scenario.rows; ) {
    for (const end = row + ROWS_A_LOOK; row < end; row++) monitor.start(rowAt(scenario, stream, row)).end(undefined);
    nowMs += MINUTE_MS;
    const judged = monitor.report().features;
    for (const [name, alarming] of Object.entries(levels)) {
      const drifted = judged.filter(feature => isAlarm(feature, alarming)).map(feature => feature.name);
      take(outcomes[name], drifted, row, scenario.changeAt, alarmed.has(name));
      if (drifted.length > 0) alarmed.add(name);
      else alarmed.delete(name);
    }
  }
  monitor.dispose();
  return outcomes;
}

/** What this very look says, in any window: not the episode, which stays open for a while. */
function isAlarm({ windows }, alarming) {
  return windows.some(({ judgement }) => alarming.has(judgement.verdict));
}

/** @returns {Outcome} */
function newOutcome() {
  return { looks: 0, alarms: 0, episodes: 0, delay: undefined, columns: new Map(), found: new Set() };
}

function take(outcome, drifted, row, changeAt, wasAlarmed) {
  const alarm = drifted.length > 0;
  if (row <= changeAt) {
    outcome.looks++;
    outcome.alarms += Number(alarm);
    outcome.episodes += Number(alarm && !wasAlarmed);
    for (const name of drifted) outcome.columns.set(name, (outcome.columns.get(name) ?? 0) + 1);
  } else if (alarm && outcome.delay === undefined) {
    outcome.delay = row - changeAt;
    outcome.found = new Set(drifted);
  }
}
