import { CASES } from './cases.js';
import { PAIRS } from './pairs.js';
import { median } from './rounds.js';

const medians = (line, name) => line.rounds.time[name].map(({ median }) => median);
const bytes = (line, name) => line.rounds.bytes[name].map(({ bytes }) => bytes);

/** Of two cases' rounds, paired as they were run: the median of the ratios, and their smallest and largest. */
function ratio(line, upper, lower) {
  const ratios = upper(line).map((value, round) => value / lower(line)[round]);
  return { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) };
}
const added = name => line => medians(line, name).map((ns, round) => ns - medians(line, 'bare')[round]);
const whole = name => line => medians(line, name);

/** The budgets that are measured so far, each a ratio taken in one run. `limit` depends on the Node line. */
const BUDGETS = [
  {
    what: 'added by watching 20 numeric features, label, confidence and duration, parent unsampled ÷ a whole call with a sampled hand-written span of 6 attributes',
    front: 'added to a call, as a share of a call with a hand-written sampled span of 6 attributes',
    of: line => ratio(line, added('watched'), whole('hand-sampled')),
    limit: line => (major(line.node) >= 24 ? 0.15 : 0.2),
  },
  {
    what: 'the same without generated code (`codegen: false`)',
    front: "the same where code can't be generated",
    of: line => ratio(line, added('watched-loop'), whole('hand-sampled')),
    limit: () => 0.3,
  },
  {
    what: 'the same, sampled, with its span ÷ the hand-written call with the same attributes',
    front: 'a sampled call, its span included, as a multiple of the hand-written one with the same attributes',
    of: line => ratio(line, whole('watched-sampled'), whole('hand-sampled')),
    limit: () => 1.25,
  },
  {
    what: 'added by `histogram.record` for each of the 20 features ÷ added by Driftspan',
    front: '`histogram.record` for each of the 20 features adds',
    of: line => ratio(line, added('histograms'), added('watched')),
    limit: () => 20,
    atLeast: true,
  },
];

/** Those whose two sides take turns in one process. */
const PAIRED = Object.entries(PAIRS).map(([name, { title, front, limit }]) => ({
  what: title,
  front,
  limit: () => limit,
  of: line => {
    const ratios = line.rounds.pairs[name].map(({ base, ours }) => ours / base);
    return { median: median(ratios), min: Math.min(...ratios), max: Math.max(...ratios) };
  },
}));
const ALL_BUDGETS = [...BUDGETS, ...PAIRED];
const BYTES_LIMIT = 350;

const major = version => Number(version.slice(1).split('.')[0]);
const ns = x => (x >= 1000 ? `${(x / 1000).toFixed(2)} µs` : `${x.toFixed(0)} ns`);
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
const spread = values => `${ns(Math.min(...values))} – ${ns(Math.max(...values))}`;

/** The whole of docs/benchmarks.md. */
export function page(lines) {
  return `# What it costs

Made by \`npm run bench\`; raw figures in [\`docs/benchmarks/\`](benchmarks/). Every case runs in fresh processes, round after round
in reversed order; a row is the median over rounds of the median call, and the smallest and largest round. What counts are the ratios:
each is taken within a round. The model is an asynchronous function that does nothing, so that all the rest shows; AsyncLocalStorage
is on in every case. Machines differ and these are noisy: compare ratios, never nanoseconds across machines.

${lines.map(section).join('\n')}
## What the rows mean

- **The bare call** is the awaited function alone. Everything "added" is a row less this one.
- **Driftspan** counts 20 numeric features into 16 bins each with moments and range, the label, the confidence, the duration and the call, and keeps the
  windows. Nothing of that is sampled.
- A **hand-written span** sets operation, model, version, task, label and confidence, by \`startActiveSpan\`, into a batch processor whose exporter does nothing.
- **Pairs** (the onnxruntime model and the large tensor): both sides take turns in blocks within one process; a round is the ratio of the medians of 60 blocks.
  The model is four numbers in and three classes out, in one thread; watched, it has its columns, label and confidence counted and judged, its queueing told
  apart, and its calls under a parent that was not sampled. The tensor is measured at a stride.
- **Bytes** are heap growth a call while nothing is collected, in a process of its own. One derived promise and its two reactions are most of
  what Driftspan adds: watching the caller's promise from the side would cost less and swallow its \`unhandledRejection\`.
`;
}

/** The budgets of every line side by side, as the front page has them. */
export function costTable(lines) {
  const head = [
    '',
    'budget',
    ...lines.map(line => `Node ${major(line.node)}, OpenTelemetry ${line.opentelemetry.sdk.split('.')[0]}.x`),
  ];
  const rows = ALL_BUDGETS.map(({ front, of, limit, atLeast = false }) => [
    front,
    [...new Set(lines.map(limit))].map(value => `${atLeast ? '≥' : '≤'} ${value}`).join(', '),
    ...lines.map(
      line =>
        `${met(line, { of, limit, atLeast }) ? '' : 'not met yet: '}${of(line).median.toFixed(atLeast ? 0 : 2)} ×`,
    ),
  ]);
  return table(head, rows);
}

function met(line, { of, limit, atLeast = false }) {
  const { median: value } = of(line);
  return atLeast ? value >= limit(line) : value <= limit(line);
}

function section(line) {
  const bareBytes = median(bytes(line, 'bare'));
  const addedBytes = median(bytes(line, 'watched')) - bareBytes;
  return `## Node ${line.node.slice(1)}, OpenTelemetry SDK ${line.opentelemetry.sdk} (API ${line.opentelemetry.api})

${line.machine.cpu}, ${line.machine.cores} cores, ${line.machine.memoryGiB} GiB, ${line.machine.platform}; commit ${line.commit}; ${line.date}; ${Object.values(line.rounds.time)[0].length} rounds.

${table(
  ['a call', 'median', 'rounds', 'added', 'bytes', 'bytes added'],
  Object.entries(CASES).map(([name, { title }]) => [
    title,
    ns(median(medians(line, name))),
    spread(medians(line, name)),
    name === 'bare' ? '' : ns(median(added(name)(line))),
    median(bytes(line, name)).toFixed(0),
    name === 'bare' ? '' : (median(bytes(line, name)) - bareBytes).toFixed(0),
  ]),
)}

${table(
  ['budget', 'limit', 'measured', 'rounds', ''],
  [
    ...ALL_BUDGETS.map(budget => {
      const { what, of, limit, atLeast = false } = budget;
      const { median: value, min, max } = of(line);
      const digits = atLeast ? 0 : 2;
      return [
        what,
        `${atLeast ? '≥' : '≤'} ${limit(line)}`,
        value.toFixed(digits),
        `${min.toFixed(digits)} – ${max.toFixed(digits)}`,
        met(line, budget) ? 'met' : '**not met yet**',
      ];
    }),
    [
      'bytes added to an asynchronous call, unsampled',
      `≤ ${BYTES_LIMIT}`,
      addedBytes.toFixed(0),
      '',
      addedBytes <= BYTES_LIMIT ? 'met' : '**not met yet**',
    ],
  ],
)}
`;
}
