// node benchmarks/verdicts/shifts.js: from which shift of the mean on there are warnings, and how soon. Data of two plots.
import { normalDrift } from './drifts.js';
import { quantileInterval, wilson } from './intervals.js';
import { uniforms } from './random.js';
import { printTable, script } from './script.js';
import { firstLooks } from './watch.js';

const run = script(
  'shifts',
  'Warnings within a day of 1,440 looks after a shift of the mean, by its size, and the values until the first of each level.',
);
const LOOKS = 1440;
const BASELINE = 10_000;
const RUNS = run.quick ? 20 : 200;
const ROWS = [10, 100, 1000];
const SHIFTS = [0.1, 0.15, 0.2, 0.25, 0.275, 0.3, 0.325, 0.35, 0.375, 0.4, 0.45, 0.5, 0.6, 0.75, 1];

const finite = x => (Number.isFinite(x) ? x : null);
const rows = [];
for (const rowsALook of ROWS) {
  for (const shift of SHIFTS) {
    const next = uniforms(run.seed + rows.length);
    const drift = normalDrift(shift);
    const firsts = Array.from({ length: RUNS }, (_, i) => {
      run.progress(`${drift.name}, ${rowsALook} rows a look: run ${i} of ${RUNS}`);
      const options = { rows: rowsALook, looks: LOOKS, m: BASELINE, filled: true, until: 'warning' };
      return firstLooks(next, drift, options);
    });
    const delays = Object.fromEntries(
      ['notice', 'warning'].map(level => {
        const values = firsts.map(first => first[level] * rowsALook).sort((a, b) => a - b);
        const found = values.filter(Number.isFinite).length;
        const { value, interval } = quantileInterval(values, 0.5);
        const median = finite(value);
        return [
          level,
          { probability: found / RUNS, interval: wilson(found, RUNS), median, medianInterval: interval.map(finite) },
        ];
      }),
    );
    rows.push({ shift, index: drift.index, rows: rowsALook, runs: RUNS, ...delays });
  }
}
const percent = x => `${(100 * x).toFixed(1)} %`;
printTable(
  'within a day after a shift of the mean (95 % interval, Wilson); median delay in values',
  ['shift, σ', 'index', 'rows a look', 'a warning', 'interval', 'values until a notice', 'until a warning'],
  rows.map(({ shift, index, rows: rowsALook, notice, warning }) => [
    shift,
    index.toFixed(3),
    rowsALook,
    percent(warning.probability),
    `[${warning.interval.map(percent).join(', ')}]`,
    notice.median ?? 'over a day',
    warning.median ?? 'over a day',
  ]),
);
run.finish({ looks: LOOKS, baseline: BASELINE, rows });
