// docs/detection-quality.md, from figures/*.json: what each detector did on the same streams.

const percent = share => {
  if (share === 0) return '0';
  if (share < 0.0005) return `${(100 * share).toPrecision(1)} %`;
  return `${(100 * share).toFixed(share < 0.1 ? 1 : 0)} %`;
};
const count = x => (x === 0 ? '0' : x < 10 ? x.toPrecision(2) : Math.round(x).toLocaleString('en'));
const rows = x => (x === null ? 'beyond' : Math.round(x).toLocaleString('en'));
const interval = ({ value, low, high }, format) => `${format(value)} (${format(low)} – ${format(high)})`;
const table = (head, lines) =>
  [head, head.map(() => '---'), ...lines].map(cells => `| ${cells.join(' | ')} |`).join('\n');

/** One line of a table: a rule at one size of window. */
const lineName = ({ title, window }) =>
  window === null ? title : `${title}, windows of ${window.toLocaleString('en')}`;

/** Scenarios in which nothing drifts, and those in which something does, in the order of the streams. */
const still = scenario => scenario.changeAt === scenario.rows;

/**
 * @param {any[]} figures One object a file of figures, ours first.
 * @param {readonly import('./synthetic.js').Scenario[]} scenarios
 */
export function page(figures, scenarios) {
  const detectors = figures.flatMap(({ detectors: all }) => all);
  const quiet = scenarios.filter(still);
  const moving = scenarios.filter(scenario => !still(scenario));
  return `# Detection quality

Made by \`npm run bench:detection\` from the figures in [\`benchmarks/detection/figures/\`](../benchmarks/detection/figures/): ours made anew by that command with Node alone, the
others' by \`benchmarks/detection/peers/run.py\` with the real packages, pinned, at their defaults, on the very same seeded rows
([how to redo them](../benchmarks/detection/README.md)). Every stream follows a baseline of 10,000 rows (the flights: as said); intervals are 95 %, clustered by run.

A *look* is one decision: each 100 rows for Driftspan, each window for what compares windows, each row for what is fed row by row. A month has ${(figures[0].rowsAMonth / 1e6).toFixed(2)} million rows
(100 a minute); alarms at one look after another are one episode. A dash is a stream that a rule has nothing for, a dot one that is not cut into such windows.

## No drift: how often it cries wolf

Share of looks with an alarm. Nothing drifts in any of these streams.

${table(
  ['', ...quiet.map(({ title }) => title.replace('no drift, ', ''))],
  covering(detectors, quiet).map(detector => [
    lineName(detector),
    ...quiet.map(scenario => cell(detector, scenario, ({ before }) => percent(before.falseAlarms.value))),
  ]),
)}

Episodes a month, on the same streams:

${table(
  ['', ...quiet.map(({ title }) => title.replace('no drift, ', ''))],
  covering(detectors, quiet).map(detector => [
    lineName(detector),
    ...quiet.map(scenario => cell(detector, scenario, ({ before }) => count(before.episodesAMonth.value))),
  ]),
)}

## Drift: what is found, and after how many rows

Share of runs with an alarm after the change, and the median rows until the first one (*beyond*: fewer than half of the runs had one within the horizon, 20,000 rows mostly). In
brackets the share of runs with a false alarm in as many rows *before* the change, where there are rows before it: what chance alone finds.

${table(
  ['', ...moving.map(({ title }) => title)],
  covering(detectors, moving).map(detector => [
    lineName(detector),
    ...moving.map(scenario =>
      cell(
        detector,
        scenario,
        ({ before, after }) =>
          `${percent(after.power.value)}${after.detected === 0 ? '' : `, ${rows(after.delay.median)}`}${before === null ? '' : ` (${percent(before.runsWithAlarm.value)})`}`,
      ),
    ),
  ]),
)}

- **ADWIN** finds small shifts of the mean sooner than anything here, without a false alarm on independent rows. It sees means only: no variance, no missing values, no relation
  between features; and rows that hang together set it off thousands of times a month.
- **NannyML** learns its thresholds from the baseline's own chunks, in order, and so holds on seasons and on January's weeks, and finds July in each of its weeks. For that it alarms on about one chunk in
  twenty of stationary rows: with 20 features, in three of four chunks. Its PCA finds the flipped correlation within a window.
- **Driftspan** is the only one here without an alarm on any stream that does not drift. What it pays: nothing is found before a minute is over, and against July it says \`insufficient\` for the weather: weather that
  hangs together for days can't be told from January's by weeks of it at one false alarm a month, where others alarm in July and in January alike.

Driftspan's warnings ask for an effect: a mean shift of 0.1 or 0.25 standard deviations, a variance × 1.5 and a doubled category have an index of 0.01 to 0.08, below the 0.1
that it pages for. They are a *notice*, as the line below says. What counts as worth a page is an option; what chance does is not.

## The rules

${table(
  ['', 'rule', 'where its defaults are said', 'versions'],
  figures.flatMap(({ detectors: all, packages }) =>
    unique(all, ({ title }) => title).map(({ title, rule, source }) => [
      title,
      rule,
      source,
      Object.entries(packages)
        .map(([name, version]) => `${name} ${version}`)
        .join(', '),
    ]),
  ),
)}

${figures
  .filter(({ note }) => note !== '')
  .map(({ title, note }) => `- **${title}**: ${note}`)
  .join('\n')}

## Every figure

${scenarios.map(scenario => section(scenario, detectors)).join('\n')}`;
}

function cell({ scenarios }, { name }, show) {
  const figure = scenarios[name];
  if (figure === undefined) return '·';
  return figure.covered ? show(figure) : '–';
}

/** Those that any of the scenarios is within the reach of. */
const covering = (detectors, scenarios) =>
  detectors.filter(({ scenarios: figures }) => scenarios.some(({ name }) => figures[name]?.covered));

const unique = (list, key) => list.filter((item, i) => list.findIndex(other => key(other) === key(item)) === i);

function section(scenario, detectors) {
  const lines = detectors.flatMap(detector => {
    const figure = detector.scenarios[scenario.name];
    if (figure === undefined) return [];
    if (!figure.covered) return [[lineName(detector), '', figure.why, '', '', '', '']];
    const { before, after, runs } = figure;
    return [
      [
        lineName(detector),
        String(runs),
        before === null ? '' : interval(before.falseAlarms, percent),
        before === null ? '' : interval(before.episodesAMonth, count),
        before === null ? '' : interval(before.runsWithAlarm, percent),
        after === null ? '' : interval(after.power, percent),
        after === null ? '' : `${rows(after.delay.median)} (${rows(after.delay.low)} – ${rows(after.delay.high)})`,
      ],
    ];
  });
  return `### ${scenario.title}

${table(['', 'runs', 'false alarms a look', 'episodes a month', 'runs with a false alarm', 'found', 'rows until found'], lines)}
`;
}
