import { MODELS, ROWS } from './models.js';
import {
  ABSOLUTE_ERROR,
  BATCH_SIZE,
  CHUNKS,
  CONFIDENCE,
  DROPPED,
  DURATION,
  seriesOf,
  totalOf,
  VALUE,
} from './series-formula.js';

const plain = x => x.toLocaleString('en-US');
const kilo = bytes => (bytes < 1e6 ? `${(bytes / 1e3).toPrecision(3)} kB` : `${(bytes / 1e6).toPrecision(3)} MB`);
const percent = share => `${Math.round(100 * share)} %`;
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');

const rowOf = (figures, model, bins, { baseline = true, values = false } = {}) =>
  figures.models[model].find(
    row => row.bins === bins && row.values === values && (bins === 0 || row.baseline === baseline),
  );

/** What an option is called in the tables, as it is written in code. */
function told({ bins, baseline, values }) {
  const parts = [
    bins === 16 ? [] : `bins: ${bins}`,
    baseline || bins === 0 ? [] : 'baseline: false',
    values ? 'values: true' : [],
  ];
  const options = parts.flat().join(', ');
  return options === '' ? 'nothing said' : `\`${options}\``;
}

function modelTable(name, rows) {
  return `### ${MODELS[name].title}

${table(
  ['`export`', 'data points', 'series', 'OTLP JSON', 'gzip', 'OTLP protobuf', 'gzip', 'a scrape', 'longest slice'],
  rows.map(row => [
    told(row),
    plain(row.points),
    plain(row.series),
    kilo(row.bytes.json),
    kilo(row.bytes.jsonGzip),
    kilo(row.bytes.protobuf),
    kilo(row.bytes.protobufGzip),
    kilo(row.bytes.prometheus),
    `${row.sliceMs} ms`,
  ]),
)}
`;
}

function advice(figures) {
  const series = (bins, options) => rowOf(figures, 'flights', bins, options).series;
  const all = series(16);
  const saved = (bins, options) => percent(1 - series(bins, options) / all);
  const rows = [
    [
      'you run Prometheus yourself',
      'nothing said',
      `${plain(all)}`,
      'every bin; the baseline can be left to a few replicas',
    ],
    [
      'the baseline, once for many replicas',
      '`baseline: false` on all but two or three',
      `${plain(series(16, { baseline: false }))} (−${saved(16, { baseline: false })})`,
      'nothing: fleet rules read the baseline with `max by`. Two or three, so that one of them is always up',
    ],
    [
      'fewer bins',
      '`bins: 8, baseline: false`',
      `${plain(series(8, { baseline: false }))} (−${saved(8, { baseline: false })})`,
      'of the index of a small shift of a normal feature 95 % is left (16 bins: 98 %); categories beyond the seventh are one',
    ],
    [
      'as few as a distance can be made of',
      '`bins: 4, baseline: false`',
      `${plain(series(4, { baseline: false }))} (−${saved(4, { baseline: false })})`,
      '86 % of the index; a bin that the baseline never filled is mostly gone into its neighbour',
    ],
    [
      'every series is billed',
      '`bins: 0`',
      `${plain(series(0))} (−${saved(0)})`,
      'the fleet query: each process still judges by every bin, and its scores and verdicts leave. A verdict is then of one process, not of the fleet',
    ],
  ];
  return table(['if', 'say', 'series of the flights, a replica', 'what it costs you'], rows);
}

function formula() {
  const fixed = totalOf(seriesOf([], { bins: 16, baseline: true, values: false }, {}));
  return `${table(
    ['part', 'series', 'at most'],
    [
      [
        'a monitor with nothing else',
        `${fixed.series}: duration ${DURATION}, active 1, predictions without a label 1, outcomes 2, dropped ${DROPPED}, overhead 1`,
        '1,000 monitors a process; the 1,001st is inert',
      ],
      ['`output.label`', '1 a label', '64 (`limits.labels`) and `_OTHER`'],
      ['`output.confidence`; `output.value`', `${CONFIDENCE}; ranges of its baseline + 2, ${VALUE} without one`, ''],
      ['failed calls', `${DURATION} an \`error.type\``, '20 (`limits.errorTypes`) and `_OTHER`'],
      [
        '`monitorBatch`; `recordQueueTime`; streams; `describe`',
        `${BATCH_SIZE}; ${DURATION}; ${DURATION + CHUNKS}; 1`,
        '',
      ],
      ['outcomes that are numbers', `${VALUE + ABSOLUTE_ERROR}`, ''],
      [
        'a number with a baseline',
        'cells × 2 + 1 + 2, and 2 while it is judged, which a constant never is; cells are its ranges (`bins` at most) + 2',
        '1,000 features, each part of a measured one counted; a learned one has 16 ranges, a file may have 128',
      ],
      [
        'a category with a baseline',
        'cells × 2 + 2, and 1 while it is judged; cells are its categories (`bins` − 1 at most) + 3',
        '64 categories, unless `limit` says otherwise; the rest is `other`',
      ],
      ['`baseline: false`', 'cells × 1 instead of × 2', ''],
      ['`bins: 0`', 'cells, and the 1 of a number (`ml.feature.out_of_range`), are 0', ''],
      ['`values: true`', 'ranges + 1 for each number that is an input and not sensitive', ''],
    ],
  )}

Outputs that the baseline has (\`prediction.label\`, \`prediction.confidence\`, \`prediction.value\`) and pairs that are watched together (8 at most) count as features. A
data point of OTLP is a series, but for a histogram: that is one point, and a series for each bucket and two more. Nothing else in the traffic makes a series: not a value, not a category, label or error type
over a bound, not a call. A test drives hostile traffic against these numbers.

A process that makes monitors of one name and version again and again keeps, of those that it disposed of, the series of the last and 2,000 older ones;
series that are older still end, as those of a process that ended do.`;
}

/** The whole of docs/cardinality.md. */
export function page(figures) {
  const { node, opentelemetry, machine, commit, date, models } = figures;
  return `# What one model costs in series

Made by \`npm run cardinality\`; raw figures in [\`docs/cardinality.json\`](cardinality.json). One monitor in one process, after ${ROWS} calls, judged, with two labels and a confidence. A fleet costs this times its
replicas, and what [the fleet rules](fleet.md) record comes once on top. How many calls there are changes nothing.

## What to choose

The monitor's option \`export: { bins, baseline, values }\` trades series for resolution. It changes what leaves the process and nothing else: verdicts, \`report()\` and alerts of the process go by every bin.

${advice(figures)}

- **All replicas of a model say the same \`bins\`**: the cells of one resolution have a \`ml.baseline.id\` of their own, and counts under two ids are not added; the alert
  \`MlBaselineDisagreement\` tells of replicas that differ. \`baseline\` and \`values\` may.
- Coarser ranges are joined from the baseline's own, smallest first by its counts: a cut is kept or not, and never moved, so counts over 4 bins are sums of counts over 16. A feature that has no more cells than
  that keeps its id. The fleet's index is then that of the coarser cells, a little below the process's own \`ml.drift.score\`.
- Categories beyond the most frequent are \`other\`, in the baseline's counts too: a rise of \`other\` is then one of everything rare.
- \`values: true\` adds \`ml.feature.value\`, a histogram in the feature's own units, for \`histogram_quantile\`: its bounds are the exported cuts. It has no sum, as with one call between two exports that would be the call's
  value; the Collector's Prometheus exporter writes \`_sum 0\` for it, so take no mean of it. Drift queries need the bins, not this, and with \`bins: 0\`
  there are no bounds to take: that is refused.
- Compression is worth more than any of it where bytes are what counts: gzip leaves about ${percent(rowOf(figures, 'numbers-100', 16).bytes.protobufGzip / rowOf(figures, 'numbers-100', 16).bytes.protobuf)} of a protobuf export of 100 features.

## The table

${Object.entries(models)
  .map(([name, rows]) => modelTable(name, rows))
  .join('\n')}
- **data points** are what OTLP carries and backends of OTLP bill; **series** what Prometheus keeps, buckets one by one, counted in a scrape.
- **OTLP** is the body of one export of all of it, as sent by the exporters of OpenTelemetry, cumulative; \`start()\` sends large ones in several requests. **A scrape** is the answer of \`@opentelemetry/exporter-prometheus\`, which does not compress.
- **longest slice**: how long a collection kept the event loop at a stretch, the median of five, for information: a time on one machine.

${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.platform}; Node ${node.slice(1)}, OpenTelemetry SDK ${opentelemetry.sdk}, exporters ${opentelemetry.exporters}; commit ${commit}; ${date}.

## The formula

${formula()}
`;
}
