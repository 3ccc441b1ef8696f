// node benchmarks/detection/ours/run.js [--only NAME]... [--runs N]: Driftspan on the streams, into figures/driftspan.json.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readRun, SCENARIOS, STREAMS_VERSION } from '../streams.js';
import { ROWS_A_MONTH, summary } from './summary.js';
import { watchRun } from './watch-run.js';

const { values } = parseArgs({
  options: {
    only: { type: 'string', multiple: true, default: [] },
    runs: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
});
if (values.help) {
  console.log(`node benchmarks/detection/ours/run.js [options]

Runs Driftspan on every stream and writes benchmarks/detection/figures/driftspan.json.

  --only NAME   only this scenario, printed and not written; may be given more than once
  --runs N      at most so many runs of a scenario, printed and not written`);
  process.exit(0);
}
const unknown = values.only.filter(name => !SCENARIOS.some(scenario => scenario.name === name));
if (unknown.length > 0) throw new Error(`--only: met ${unknown.join(', ')}, expected names of scenarios`);

const RULES = [
  {
    name: 'warning',
    title: 'Driftspan, warning or critical',
    rule: 'any feature, in any of three windows (400, 1,500 and 6,000 rows): significant at one false alarm a month, and a 99.9 % lower bound of the index of at least 0.1; or a rise of missing or unseen values of one point',
    verdicts: new Set(['warning', 'critical']),
  },
  {
    name: 'notice',
    title: 'Driftspan, notice or more',
    rule: 'significant at one false alarm a month, however small: recorded, never paged',
    verdicts: new Set(['notice', 'warning', 'critical']),
  },
];
const levels = Object.fromEntries(RULES.map(({ name, verdicts }) => [name, verdicts]));
const figures = Object.fromEntries(RULES.map(({ name }) => [name, {}]));

for (const scenario of SCENARIOS) {
  if (values.only.length > 0 && !values.only.includes(scenario.name)) continue;
  const started = performance.now();
  const outcomes = [];
  const runs = Math.min(scenario.runs, Number(values.runs ?? scenario.runs));
  for (let run = 0; run < runs; run++)
    outcomes.push(await watchRun(scenario, await readRun(scenario.name, run), levels));
  for (const { name } of RULES) {
    figures[name][scenario.name] = summary(
      scenario,
      outcomes.map(outcome => outcome[name]),
    );
  }
  process.stderr.write(
    `driftspan ${scenario.name}: ${runs} runs, ${((performance.now() - started) / 1000).toFixed(0)} s\n`,
  );
}

const { version } = JSON.parse(readFileSync(new URL('../../../packages/core/package.json', import.meta.url), 'utf8'));
const whole = {
  schema: 'driftspan.detection/v1',
  peer: 'driftspan',
  title: 'Driftspan',
  note: 'A look each 100 rows; the baseline was learned in the order of its rows.',
  packages: { '@driftspan/core': version },
  node: process.version,
  streams: STREAMS_VERSION,
  rowsAMonth: ROWS_A_MONTH,
  detectors: RULES.map(({ name, title, rule }) => ({
    name,
    title,
    rule,
    source: 'the options that createMonitor has by default, but for drift.window',
    parameters: { 'drift.window': '1h' },
    window: null,
    scenarios: figures[name],
  })),
};
if (values.only.length > 0 || values.runs !== undefined) console.log(JSON.stringify(whole.detectors, undefined, 1));
else writeFileSync(new URL('../figures/driftspan.json', import.meta.url), `${JSON.stringify(whole, null, 1)}\n`);
