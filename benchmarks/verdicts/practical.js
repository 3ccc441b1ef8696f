// node benchmarks/verdicts/practical.js: how often a drift that is too small to matter is warned of all the same.
import { categoryDriftOfIndex, normalDriftOfIndex } from './drifts.js';
import { wilson } from './intervals.js';
import { uniforms } from './random.js';
import { printTable, script } from './script.js';
import { firstLooks } from './watch.js';

const run = script(
  'practical',
  'The probability of a warning within a day of 1,440 looks under a constant drift of a true index about the threshold of 0.1.',
);
const LOOKS = 1440;
const BASELINE = 10_000;
const RUNS = run.quick ? 40 : 500;
const INDICES = [0.04, 0.06, 0.085, 0.116];
const LIMITS = new Map([
  [0.04, 0.05],
  [0.06, 0.15],
]);
const ROWS = [10, 100, 1000];

const rows = [];
for (const index of INDICES) {
  for (const [kind, drift] of [
    ['mean', normalDriftOfIndex(index)],
    ['one of 10 categories', categoryDriftOfIndex(index)],
  ]) {
    for (const rowsALook of ROWS) {
      const next = uniforms(run.seed + rows.length);
      let warned = 0;
      for (let i = 0; i < RUNS; i++) {
        run.progress(`index ${index}, ${kind}, ${rowsALook} rows a look: run ${i} of ${RUNS}`);
        // The ring starts empty, as after a restart: windows that are not full yet are looked at too.
        const options = { rows: rowsALook, looks: LOOKS, m: BASELINE, filled: false, until: 'warning' };
        if (firstLooks(next, drift, options).warning <= LOOKS) warned++;
      }
      const probability = warned / RUNS;
      const limit = LIMITS.get(index) ?? null;
      rows.push({
        index,
        kind,
        shift: drift.shift ?? null,
        rows: rowsALook,
        runs: RUNS,
        warned,
        probability,
        interval: wilson(warned, RUNS),
        limit,
      });
    }
  }
}
const percent = x => `${(100 * x).toFixed(1)} %`;
printTable(
  'a warning within a day of constant drift (95 % interval, Wilson)',
  ['drift', 'true index', 'rows a look', 'runs', 'warned', 'interval', 'at most'],
  rows.map(({ kind, shift, index, rows: rowsALook, runs, probability, interval, limit }) => [
    shift === null ? kind : `${kind} + ${shift.toFixed(3)} σ`,
    index,
    rowsALook,
    runs,
    percent(probability),
    `[${interval.map(percent).join(', ')}]`,
    limit === null ? '' : percent(limit),
  ]),
);
run.finish({ looks: LOOKS, baseline: BASELINE, rows });
