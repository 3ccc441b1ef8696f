// node benchmarks/verdicts/delays.js: how many values a drift takes to be found.
import { categoryDrift, normalDrift } from './drifts.js';
import { quantileInterval, wilson } from './intervals.js';
import { uniforms } from './random.js';
import { printTable, script, shortly, shownInterval } from './script.js';
import { firstLooks, LEVELS } from './watch.js';

const run = script(
  'delays',
  'Values from the first drifted one to the look that finds it, beside the delays that the rule was chosen by.',
);
/** Five hours of a look a minute. */
const LOOKS = 300;
const BASELINE = 10_000;
const RUNS = run.quick ? 60 : 1000;
const ROWS = [10, 100, 1000];

/**
 * Median delays in values that the design expects, at 10, 100 and 1,000 rows a look; met within a quarter or one look. Its
 * simulation merged bins until 10 values are expected in each, where the judge goes on to 20 (which costs at 10 rows a look),
 * and had 10 bins, not 16, for the shifts of 0.1 and 0.25: medians that miss are those of its other rule, to a look or two.
 */
const CASES = [
  { drift: normalDrift(0.1), expected: { notice: [null, 9200, 14_000] } },
  { drift: normalDrift(0.25), expected: { notice: [1060, 1200, 3000] } },
  { drift: normalDrift(0, 1.5), expected: { notice: [1220, 1200, 3000] } },
  { drift: categoryDrift(2), expected: { notice: [560, 800, 2000] } },
  { drift: normalDrift(0.4), expected: { notice: [430, 400, 2000], warning: [1390, 1900, 4000] } },
  { drift: normalDrift(0.5), expected: { notice: [230, 300, 2000], warning: [390, 400, 4000] } },
  {
    drift: normalDrift(0.75),
    expected: { notice: [120, 200, 1000], warning: [130, 300, 3000], critical: [210, 400, 4000] },
  },
  {
    drift: normalDrift(1),
    expected: { notice: [90, 200, 1000], warning: [100, 300, 2000], critical: [120, 300, 3000] },
  },
  { drift: categoryDrift(3), expected: { notice: [150, 300, 1000], warning: [300, 400, 3000] } },
];
const TOLERANCE = 0.25;

/** Of one level: median and 90 % quantile of the delay in values, how many were found, and what was expected. */
function delayOf(looks, rows, expected) {
  const values = looks.map(count => count * rows).sort((a, b) => a - b);
  const found = values.filter(Number.isFinite).length;
  const median = quantileInterval(values, 0.5);
  const q90 = quantileInterval(values, 0.9);
  const off = expected === null ? null : Math.abs(median.value - expected);
  return {
    found: found / RUNS,
    foundInterval: wilson(found, RUNS),
    median: finite(median.value),
    medianInterval: median.interval.map(finite),
    q90: finite(q90.value),
    expected,
    ratio: expected === null ? null : finite(median.value / expected),
    met: expected === null ? null : off <= Math.max(TOLERANCE * expected, rows),
    withinQuarter: expected === null ? null : off <= TOLERANCE * expected,
  };
}

/** JSON has no infinity: null is "not within five hours". */
const finite = x => (Number.isFinite(x) ? x : null);

const rows = [];
for (const { drift, expected } of CASES) {
  ROWS.forEach((rowsALook, at) => {
    const next = uniforms(run.seed + rows.length);
    const firsts = Array.from({ length: RUNS }, (_, i) => {
      run.progress(`${drift.name}, ${rowsALook} rows a look: run ${i} of ${RUNS}`);
      return firstLooks(next, drift, { rows: rowsALook, looks: LOOKS, m: BASELINE, filled: true, until: 'critical' });
    });
    const delays = Object.fromEntries(
      LEVELS.map(level => [
        level,
        delayOf(
          firsts.map(first => first[level]),
          rowsALook,
          expected[level]?.[at] ?? null,
        ),
      ]),
    );
    rows.push({ drift: drift.name, index: drift.index, rows: rowsALook, runs: RUNS, ...delays });
  });
}
const never = x => (x === null ? 'never' : shortly(x));
printTable(
  'delay in values, median [95 %], within five hours of the change',
  [
    'drift',
    'index',
    'rows a look',
    'level',
    'found',
    'median',
    'interval',
    'q90',
    'expected',
    'ratio',
    'within 25 %',
    'or one look',
  ],
  rows.flatMap(row =>
    LEVELS.map(level => ({ level, ...row[level] }))
      .filter(({ found, expected }) => found > 0 || expected !== null)
      .map(delay => [
        row.drift,
        row.index.toFixed(3),
        row.rows,
        delay.level,
        `${(100 * delay.found).toFixed(1)} %`,
        never(delay.median),
        shownInterval(delay.medianInterval.map(x => x ?? Number.POSITIVE_INFINITY)),
        never(delay.q90),
        delay.expected ?? '',
        delay.ratio === null ? '' : delay.ratio.toFixed(2),
        delay.withinQuarter ?? '',
        delay.met ?? '',
      ]),
  ),
);
run.finish({ looks: LOOKS, baseline: BASELINE, tolerance: TOLERANCE, rows });
