// node benchmarks/verdicts/page.js [--check]: puts the figures of full runs into docs/drift-verdicts.md, or says whether they are there.
import { readFileSync, writeFileSync } from 'node:fs';

const PAGE = new URL('../../docs/drift-verdicts.md', import.meta.url);
const SECTION = /(<!-- figures -->\n)([\s\S]*?)(<!-- \/figures -->)/;

const rowsOf = name => JSON.parse(readFileSync(new URL(`figures/${name}.json`, import.meta.url), 'utf8')).rows;
const table = (head, lines) =>
  [head, head.map(() => '---'), ...lines].map(cells => `| ${cells.join(' | ')} |`).join('\n');
const digits = (x, count = 2) => Number(x.toPrecision(count)).toString();
const percent = x => `${digits(100 * x)} %`;
const plain = x => x.toLocaleString('en');

/** Smallest and largest of the ratios at a level, with their standard errors. */
function range(rows, level) {
  const found = rows.map(row => row.levels.find(one => one.level === level)).toSorted((a, b) => a.ratio - b.ratio);
  const shown = ({ ratio, standardError }) => `${ratio.toFixed(2)} ± ${standardError.toFixed(2)}`;
  return `${shown(found[0])} … ${shown(found.at(-1))}`;
}

/** Sizes at which 20 values are expected in the smallest bin, which is what the test merges for. */
const enough = ({ bins }) => bins > 2;

/** Fewer looks than this say nothing of a level of 1e-5: those rows hold the short way of drawing against the long one. */
const MANY_LOOKS = 5e6;

function inner() {
  const brute = rowsOf('inner').filter(row => enough(row) && row.looks >= MANY_LOOKS);
  const drawn = rowsOf('tail').filter(enough);
  return `**The test itself.** Significant looks over their nominal share, the effect left out, over many baselines of independent values, n from ${plain(Math.min(...brute.map(row => row.n)))} to
${plain(Math.max(...brute.map(row => row.n)))}; standard errors clustered by baseline:

${table(
  ['level', 'smallest … largest of all sizes', 'how'],
  [
    ...[1e-3, 1e-4, 1e-5].map(level => [level.toExponential(), range(brute, level), 'counted']),
    [(1e-7).toExponential(), range(drawn, 1e-7), 'importance sampling'],
  ],
)}`;
}

function outer() {
  return `**The budget.** 100 features, 43,200 looks a month, three windows; episodes of warnings over what was granted, and the upper 95 % bound:

${table(
  ['rows a minute', 'granted a month', 'months', 'warnings ÷ granted', 'upper bound', 'notices ÷ granted'],
  rowsOf('outer').map(row => [
    plain(row.rows),
    plain(row.budget),
    row.months,
    digits(row.warningsOverBudget),
    digits(row.upperBound),
    digits(row.noticesOverBudget),
  ]),
)}`;
}

function dependence() {
  return `**Values that hang together.** Realised over nominal, significance only, three windows together, each feature with a baseline and traffic of its own; \`blocks\` is how many stretches as
long as the longest window the baseline held. With λ = 1 the ratio at 1e-5 would be hundreds to tens of thousands:

${table(
  ['traffic', 'λ from', 'blocks', 'λ of the longest window', '1e-3', '1e-4', '1e-5'],
  rowsOf('dependence').map(row => [
    row.traffic,
    row.source,
    row.blocks ?? '',
    digits(row.windows.at(-1).medianLambda, 3),
    ...row.levels.map(({ ratio, standardError }) => `${digits(ratio)} ± ${digits(standardError, 1)}`),
  ]),
)}`;
}

function practical() {
  return `**A drift too small to page for.** Chance of a warning within a day of looks, the drift there all day:

${table(
  ['true index', 'of', '10 rows a minute', '100', '1,000'],
  groups(rowsOf('practical'), row => `${row.index}/${row.kind}`).map(group => [
    group[0].index,
    group[0].kind,
    ...[10, 100, 1000].map(rate => {
      const row = group.find(({ rows }) => rows === rate);
      return row === undefined ? '' : `${percent(row.probability)} (${row.interval.map(percent).join(' – ')})`;
    }),
  ]),
)}`;
}

function groups(rows, key) {
  const found = new Map();
  for (const row of rows) found.set(key(row), [...(found.get(key(row)) ?? []), row]);
  return [...found.values()];
}

function delays() {
  const until = ({ found, median, q90 }) => {
    if (median === null) return found < 0.5 ? `${percent(found)} found` : 'never';
    return `${plain(median)}${q90 === null ? '' : `, ${plain(q90)}`}`;
  };
  return `**Delays.** Values from the change until a verdict, median and 90th percentile of ${plain(rowsOf('delays')[0].runs)} runs; within 300 minutes:

${table(
  ['drift', 'true index', 'rows a minute', 'notice', 'warning', 'critical'],
  rowsOf('delays').map(row => [
    row.drift,
    digits(row.index),
    plain(row.rows),
    until(row.notice),
    until(row.warning),
    until(row.critical),
  ]),
)}`;
}

const text = readFileSync(PAGE, 'utf8');
if (!SECTION.test(text)) throw new Error('docs/drift-verdicts.md: met no <!-- figures -->, expected one');
const body = [inner(), outer(), dependence(), practical(), delays()].join('\n\n');
const wanted = text.replace(SECTION, (_all, open, _body, close) => `${open}\n${body}\n\n${close}`);
if (!process.argv.includes('--check')) writeFileSync(PAGE, wanted);
else if (text !== wanted) {
  console.error('docs/drift-verdicts.md: its figures are not what was measured; run node benchmarks/verdicts/page.js');
  process.exit(1);
}
