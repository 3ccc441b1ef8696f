// docs/benchmarks.md, a function of the figures that stand in docs/benchmarks/.
import { bytesText, lineTitle, ns, table } from './harness/words.js';

const withoutAccelerator = saved => saved.filter(({ machine }) => machine.accelerator === undefined);

const INTRODUCTION = `# What it costs

Made by \`npm run bench\`, both lines by \`npm run compat -- --bench\` as well; raw rounds in [\`docs/benchmarks/\`](benchmarks/). What counts are the
ratios: each is taken within one round, or with both sides in turns within one process, and stands here as the median of the rounds with the
smallest and the largest. Machines differ and these are noisy: compare ratios, never nanoseconds across machines.
A timed process whose yardstick, the same work before and after it, took more than 1.1 of the fastest is run again, up to three times: by that
alone, not by its figures, is told that the machine was busy.
\`npm run bench -- --compare <git ref>\` measures two revisions beside each other. [On a GPU, or without a network](how-to/benchmark-on-a-gpu.md). Why some budgets are
not met, and all that is missed on either of two machines: [0028](decisions/0028-the-hot-paths-floor.md).`;

/**
 * The whole page. A suite that was never saved is left out.
 *
 * @param {readonly import('./suites.js').SuiteModule[]} modules
 * @param {Record<string, import('./harness/saved.js').Saved[]>} saved
 */
export function page(modules, saved) {
  const measured = modules.filter(({ suite }) => saved[suite.name] !== undefined);
  const sections = measured.map(({ suite }) => section(suite, saved[suite.name]));
  return `${[INTRODUCTION, budgetSection(measured, saved), ...sections].join('\n\n')}\n`;
}

/** One suite's heading, where its figures come from, and its body. */
export function section(suite, saved) {
  return `## ${suite.title}\n\n${saved.map(madeOn).join('\n')}\n\n${suite.section(saved).trim()}`;
}

function madeOn({ node, opentelemetry, machine, commit, date, rounds }) {
  const { cpu, cores, memoryGiB, platform, accelerator } = machine;
  const where = [
    cpu,
    `${cores} cores`,
    `${memoryGiB} GiB`,
    platform,
    ...(accelerator === undefined ? [] : [accelerator]),
  ];
  return `- Node ${node.slice(1)}, OpenTelemetry SDK ${opentelemetry.sdk} (API ${opentelemetry.api}); ${where.join(', ')}; commit ${commit}; ${date}; ${rounds} ${rounds === 1 ? 'round' : 'rounds'}`;
}

function budgetSection(modules, saved) {
  const { lines, rows } = allBudgets(modules, saved);
  return `## All budgets

${table(
  ['', 'budget', ...lines.map(lineTitle)],
  rows.map(row => [row.what, limitText(row), ...row.budgets.map(cell)]),
)}`;
}

/** What stands on the front page: a table, and what no budget says. */
export function costSection(modules, saved) {
  const facts = modules.flatMap(({ suite }) =>
    saved[suite.name] === undefined ? [] : (suite.facts?.(withoutAccelerator(saved[suite.name])) ?? []),
  );
  return [costTable(modules, saved), ...(facts.length === 0 ? [] : [facts.map(fact => `- ${fact}`).join('\n')])].join(
    '\n\n',
  );
}

/** The budgets of the front page, side by side. */
export function costTable(modules, saved) {
  const { lines, rows } = allBudgets(modules, saved);
  return table(
    ['', 'budget', ...lines.map(lineTitle)],
    rows
      .filter(({ front }) => front !== undefined)
      .map(row => [
        row.front,
        limitText(row),
        ...row.budgets.map(budget =>
          budget === undefined
            ? ''
            : `${isMet(budget) ? '' : 'not met yet: '}${valueText(budget, budget.value.median)}`,
        ),
      ]),
  );
}

/** Of each budget what each line measured, matched by their words; undefined where a line did not. */
function allBudgets(modules, saved) {
  const measured = modules.flatMap(({ suite, budgets }) =>
    budgets === undefined || saved[suite.name] === undefined
      ? []
      : withoutAccelerator(saved[suite.name]).map(one => ({ one, budgets: budgets(one) })),
  );
  const lines = [...new Map(measured.map(({ one }) => [one.line, one])).values()].sort((a, b) => a.line - b.line);
  const rows = new Map();
  for (const { one, budgets } of measured) {
    for (const budget of budgets) {
      const row = rows.get(budget.what) ?? {
        what: budget.what,
        front: budget.front,
        budgets: lines.map(() => undefined),
      };
      row.budgets[lines.findIndex(({ line }) => line === one.line)] = budget;
      rows.set(budget.what, row);
    }
  }
  return { lines, rows: [...rows.values()] };
}

/** As it is shown: what is shown as the limit is within it. */
export function isMet({ value, limit, atLeast = false, unit }) {
  const shown = unit === 'B' ? Math.round(value.median) : value.median;
  return atLeast ? shown >= limit : shown <= limit;
}

function limitText({ budgets }) {
  const present = budgets.filter(budget => budget !== undefined);
  const limits = [...new Set(present.map(({ limit }) => limit))];
  const [{ atLeast = false, unit }] = present;
  return `${atLeast ? '≥' : '≤'} ${limits.join(', ')}${unit === undefined ? '' : ` ${unit}`}`;
}

function valueText({ unit, atLeast = false }, x) {
  if (unit === 'B') return bytesText(Math.round(x));
  if (unit === 'ns') return ns(x);
  if (unit === 'ms') return `${x.toFixed(2)} ms`;
  return `${x.toFixed(atLeast && x >= 10 ? 0 : 2)} ×`;
}

function cell(budget) {
  if (budget === undefined) return '';
  const { median, min, max } = budget.value;
  const text = `${valueText(budget, median)} (${valueText(budget, min)} – ${valueText(budget, max)})`;
  return isMet(budget) ? text : `**not met yet**: ${text}`;
}
