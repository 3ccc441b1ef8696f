// The streams on which detectors are compared: the same rows for every one of them, in Node and, by `write-streams.js`, in Python.
import { FLIGHTS, pickFlights } from './flights.js';
import { seeded } from './random.js';
import { SYNTHETIC, synthesise } from './synthetic.js';

/** Raised whenever any stream changes: figures made from different versions do not belong in one table. It is part of every seed. */
export const STREAMS_VERSION = 1;

/** @type {readonly import('./synthetic.js').Scenario[]} */
export const SCENARIOS = [...SYNTHETIC, ...FLIGHTS];

/**
 * One run of a scenario: per column of the scenario, in its order, the baseline's rows and the stream's, as one array each.
 * Numbers are a `Float64Array`: missing is NaN, a category its index in the column's `categories`. Texts are arrays of strings.
 *
 * @param {string} name A scenario's name.
 * @param {number} run From 0; equal numbers give equal rows.
 * @returns {Promise<{ baseline: (Float64Array | string[])[], stream: (Float64Array | string[])[] }>}
 * @throws RangeError for a name that no scenario has, or a run that a real stream can't have.
 */
export async function readRun(name, run) {
  const scenario = SCENARIOS.find(candidate => candidate.name === name);
  if (scenario === undefined) throw new RangeError(`scenario: met ${name}, expected one of SCENARIOS`);
  const random = seeded(name, run, STREAMS_VERSION);
  const columns = 'sampler' in scenario ? synthesise(scenario, random) : await pickFlights(scenario, run, random);
  return {
    baseline: columns.map(column => column.slice(0, scenario.baselineRows)),
    stream: columns.map(column => column.slice(scenario.baselineRows)),
  };
}

/**
 * Row `row` of a part that `readRun` gave, as an application has it: an object by column name, categories by their names,
 * null where a value is missing.
 *
 * @param {import('./synthetic.js').Scenario} scenario
 * @param {(Float64Array | string[])[]} part
 * @param {number} row
 * @returns {Record<string, number | string | null>}
 */
export function rowAt({ columns }, part, row) {
  return Object.fromEntries(
    columns.map(({ name, categories }, c) => {
      const value = part[c][row];
      return [name, Number.isNaN(value) ? null : (categories?.[value] ?? value)];
    }),
  );
}
