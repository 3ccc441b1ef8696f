// node benchmarks/verdicts/outer.js: false alarms of whole months, as a multiple of the budget.
import { judgeFeature, logAlpha, testsOf, VERDICT_LEVEL } from '@driftspan/sketch';
import { poissonInterval, poissonUpper } from './intervals.js';
import { Alarm, FeatureRing, levelOf } from './looks.js';
import { binomial, conditionalShares, multinomialInto, uniforms } from './random.js';
import { printTable, script, shortly } from './script.js';
import { drawCategories, drawContinuous } from './streams.js';

const run = script(
  'outer',
  'Warning episodes of 100 features over months of 43,200 looks at three windows without drift, as a multiple of the budget.',
);
const FEATURES = 100;
const CATEGORICAL = 20;
const LOOKS = run.quick ? 4320 : 43_200;
/** So many that they can be counted: one a month, the default, can't be. */
const BUDGETS = [100, 300];
const MISSING = 0.005;

/** Rows a look, and of the baseline: ten of the longest window, but for the last. */
const CASES = [
  { rows: 10, m: 10_000, months: 3 },
  { rows: 100, m: 100_000, months: 3 },
  { rows: 1000, m: 600_000, months: 2 },
  { rows: 1000, m: 10_000, months: 1 },
];

/** Alarms of one feature over one month, at every budget, from warnings and from notices. */
function month(drawn, rows, levels, next, into) {
  const { prepared, shares } = drawn;
  const { valued, cells } = prepared;
  const conditional = conditionalShares(shares);
  const counts = new Float64Array(cells.length);
  const ring = new FeatureRing(cells.length);
  const alarms = levels.map(() => new Alarm());
  const notices = levels.map(() => new Alarm(VERDICT_LEVEL.notice));
  for (let index = 0; index < LOOKS; index++) {
    const missing = binomial(next, rows, MISSING);
    multinomialInto(next, rows - missing, conditional, counts);
    counts[valued] = missing;
    ring.close(counts);
    let judgements = judged(ring, prepared, levels.at(-1));
    for (let b = levels.length - 1; b >= 0; b--) {
      // What is not significant at the largest budget is not at a smaller one: nothing need be judged again.
      if (b < levels.length - 1 && levelOf(judgements) >= VERDICT_LEVEL.notice)
        judgements = judged(ring, prepared, levels[b]);
      const level = levelOf(judgements);
      const quiet = level < VERDICT_LEVEL.notice || judgements.every(judgement => judgement.quiet);
      if (alarms[b].take(level, quiet, index) === 'opened') into[b].warnings++;
      if (notices[b].take(level, level < VERDICT_LEVEL.notice, index) === 'opened') into[b].notices++;
      if (level >= VERDICT_LEVEL.notice) into[b].significantLooks++;
    }
  }
}

const judged = (ring, prepared, level) => ring.sums.map(sums => judgeFeature(sums, prepared, { logAlpha: level }));

function monthsOf({ rows, m, months }, next) {
  const totals = BUDGETS.map(() => ({ warnings: 0, notices: 0, significantLooks: 0 }));
  let tests = 0;
  for (let one = 0; one < months; one++) {
    const features = Array.from({ length: FEATURES }, (_, i) => {
      const missing = binomial(next, m, MISSING);
      return (i < CATEGORICAL ? drawCategories : drawContinuous)(next, m - missing, missing);
    });
    tests = features.reduce((sum, { prepared }) => sum + testsOf(prepared.feature), 0);
    const levels = BUDGETS.map(count => logAlpha({ count, periodMs: 43_200, lookEveryMs: 1, tests }));
    features.forEach((feature, i) => {
      run.progress(`${rows} rows a look: month ${one + 1} of ${months}, feature ${i} of ${FEATURES}`);
      month(feature, rows, levels, next, totals);
    });
  }
  return BUDGETS.map((budget, b) => {
    // A quick run is a tenth of a month: so is its budget.
    const granted = (budget * months * LOOKS) / 43_200;
    const { warnings, notices, significantLooks } = totals[b];
    return {
      rows,
      m,
      months: (months * LOOKS) / 43_200,
      tests,
      budget,
      warnings,
      warningsOverBudget: warnings / granted,
      upperBound: poissonUpper(warnings) / granted,
      notices,
      noticesOverBudget: notices / granted,
      noticesInterval: poissonInterval(notices).map(count => count / granted),
      significantLooks,
    };
  });
}

const months = run.quick ? 1 : undefined;
const rows = CASES.flatMap((one, i) => monthsOf({ ...one, months: months ?? one.months }, uniforms(run.seed + i)));
printTable(
  'without drift: episodes ÷ budget (warnings with their upper 95 % bound, Poisson)',
  ['rows a look', 'm', 'months', 'budget', 'warnings', '÷ budget', 'upper bound', 'with notices', '÷ budget'],
  rows.map(row => [
    row.rows,
    row.m,
    row.months,
    row.budget,
    row.warnings,
    shortly(row.warningsOverBudget),
    shortly(row.upperBound),
    row.notices,
    shortly(row.noticesOverBudget),
  ]),
);
run.finish({ features: FEATURES, categorical: CATEGORICAL, missing: MISSING, rows });
