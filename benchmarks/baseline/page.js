// docs/baseline-cost.md, from docs/baseline-cost.json: what a baseline of a file costs, beside other tools.
import { median } from '../src/harness/numbers.js';
import { compared, lost } from './ratios.js';
import { BATCH_ROWS, DRIFT, FLIGHTS, LARGE, START } from './titles.js';

const plain = x => x.toLocaleString('en-US');
const seconds = x => (x < 10 ? `${x.toFixed(2)} s` : x < 100 ? `${x.toFixed(1)} s` : `${Math.round(x)} s`);
const mega = bytes => `${plain(Math.round(bytes / 1e6))} MB`;
const kilo = bytes => (bytes < 1e6 ? `${(bytes / 1e3).toPrecision(3)} kB` : `${(bytes / 1e6).toPrecision(3)} MB`);
const times = x => (x < 10 ? x.toFixed(x < 0.95 ? 2 : 1) : String(Math.round(x)));
const table = (head, rows) =>
  [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n');
const roundsOf = ({ length }) => `${length} ${length === 1 ? 'round' : 'rounds'}`;
const list = lines => lines.map(line => `- ${line}`).join('\n');

const values = (rounds, key) => rounds.map(round => round[key]);
const middle = (rounds, key) => median(values(rounds, key));
/** A median, with the smallest and largest round where there were several. */
function spread(rounds, key, format) {
  const all = values(rounds, key);
  if (all.length === 1) return format(all[0]);
  return `${format(median(all))} (${format(Math.min(...all))} – ${format(Math.max(...all))})`;
}
function ratio({ median: value, min, max, rounds }) {
  return rounds === 1 ? `${times(value)} ×` : `${times(value)} × (${times(min)} – ${times(max)})`;
}

const ENDED = { memory: 'killed: too much memory', time: 'killed: too long' };

/** Rows of a group: time and memory, and each as a multiple of the group's first. */
function groupTable(group, titles, first, { withResult = true } = {}) {
  const names = Object.keys(titles).filter(name => group[name] !== undefined);
  return table(
    ['', 'time', `× ${first}`, 'peak memory', `× ${first}`, ...(withResult ? ['file written', 'what it holds'] : [])],
    names.map((name, i) => {
      const { title, holds } = titles[name];
      const rounds = group[name];
      const { ended } = rounds.at(-1);
      if (ended !== 'done')
        return [title, ENDED[ended], '', spread(rounds, 'peakBytes', mega), '', ...(withResult ? ['', ''] : [])];
      const [time, peak] = ['seconds', 'peakBytes'].map(key => compared(rounds, group[names[0]], key));
      return [
        title,
        spread(rounds, 'seconds', seconds),
        i === 0 ? '' : ratio(time),
        spread(rounds, 'peakBytes', mega),
        i === 0 ? '' : ratio(peak),
        ...(withResult ? [kilo(middle(rounds, 'resultBytes')), holds] : []),
      ];
    }),
  );
}

function lengthTable(large) {
  const names = Object.keys(LARGE).filter(name => LARGE[name].isVariant !== true);
  return table(
    ['', ...large.flatMap(({ rows, bytes }) => [`${plain(rows)} rows, ${mega(bytes)}`, 'peak memory'])],
    names.map(name => [
      LARGE[name].title,
      ...large.flatMap(({ cases }) => {
        const rounds = cases[name];
        const { ended } = rounds.at(-1);
        return [
          ended === 'done' ? seconds(middle(rounds, 'seconds')) : ENDED[ended],
          mega(middle(rounds, 'peakBytes')),
        ];
      }),
    ]),
  );
}

function variantTable({ rows, cases }) {
  const names = Object.keys(LARGE).filter(name => LARGE[name].isPeer !== true && cases[name] !== undefined);
  return table(
    [`${plain(rows)} rows`, 'time', 'rows a second', 'peak memory', 'file written'],
    names.map(name => [
      LARGE[name].title,
      spread(cases[name], 'seconds', seconds),
      plain(Math.round(rows / middle(cases[name], 'seconds') / 1e3) * 1e3),
      spread(cases[name], 'peakBytes', mega),
      kilo(middle(cases[name], 'resultBytes')),
    ]),
  );
}

/** The first thing to read: what the others take as a multiple of ours. */
function summary({ flights, large }) {
  const last = large.at(-1);
  const beside = (group, name) => {
    const rounds = group[name];
    if (rounds.at(-1).ended !== 'done') return 'was killed';
    const [time, peak] = ['seconds', 'peakBytes'].map(key => compared(rounds, group.driftspan, key).median);
    return `${times(time)} × the time and ${times(peak)} × the memory`;
  };
  const [ours, long] = [flights.driftspan, last.cases.driftspan];
  return list([
    `**336,776 flights** become a baseline in ${seconds(middle(ours, 'seconds'))} and ${mega(middle(ours, 'peakBytes'))}. whylogs' profile takes ${beside(flights, 'whylogs')}, Evidently's summary ${beside(flights, 'evidently')}.`,
    `**${plain(last.rows)} rows** of 19 features take ${seconds(middle(long, 'seconds'))} and ${mega(middle(long, 'peakBytes'))}. whylogs, a batch at a time, takes ${beside(last.cases, 'whylogs-batches')}; Evidently ${beside(last.cases, 'evidently')}.`,
    '[What was not faster or smaller](#what-was-not-faster-or-smaller) is listed too.',
  ]);
}

/** By how much our peak grows where the file does. */
function growth(large) {
  const [first, last] = [large[0], large.at(-1)];
  const peak = ({ cases }) => middle(cases.driftspan, 'peakBytes');
  return `From ${plain(first.rows)} to ${plain(last.rows)} rows the file grows ${times(last.bytes / first.bytes)} ×, the peak of \`driftspan baseline\` ${times(peak(last) / peak(first))} ×, from ${mega(peak(first))} to ${mega(peak(last))}.`;
}

/** What each of the others is compared with: that of ours which reads the same. */
function worse({ start, flights, drift, large }) {
  const last = large.at(-1);
  const lines = [
    ...lost(start, ['numpy', 'whylogs', 'evidently'], 'driftspan').map(told('starting', START)),
    ...lost(flights, ['whylogs', 'evidently'], 'driftspan').map(told('the flights', FLIGHTS)),
    ...lost(flights, ['numpy'], 'driftspan-csv').map(told('the flights', FLIGHTS)),
    ...lost(drift, ['whylogs', 'evidently'], 'driftspan-both').map(told('January against July', DRIFT)),
    ...lost(last.cases, peersOf(LARGE), 'driftspan').map(told(`${plain(last.rows)} rows`, LARGE)),
  ];
  return lines.length === 0 ? 'Nothing in the tables above.' : list(lines);
}

function told(where, titles) {
  const [words, shown] = [
    { seconds: 'took', peakBytes: 'held', resultBytes: 'wrote' },
    { seconds, peakBytes: mega, resultBytes: kilo },
  ];
  return ({ name, key, theirs, ours }) =>
    `${where}: ${titles[name].title} ${words[key]} ${shown[key](theirs)}, ours ${shown[key](ours)}`;
}

const peersOf = titles => Object.keys(titles).filter(name => titles[name].isPeer === true);

/** The whole of docs/baseline-cost.md. */
export function page(figures) {
  const {
    node,
    driftspan,
    duckdb,
    python,
    packages,
    machine,
    commit,
    date,
    limits,
    files,
    start,
    flights,
    drift,
    large,
  } = figures;
  const last = large.at(-1);
  return `# What a baseline from a file costs

${summary(figures)}

Made by \`npm run bench:baseline\`; raw figures in [\`docs/baseline-cost.json\`](baseline-cost.json). The command line, whylogs and Evidently read the same file on the same machine in the same run,
each in a process of its own, from its start to the written file. **They don't do the same work**: the last column says what each one's file holds.

Medians of ${roundsOf(flights.driftspan)}, with the smallest and the largest, in an order that is reversed each round; ratios are taken within a round. Memory is the most that was resident at once
in the process and its children (\`VmHWM\`), looked at every 20 ms. Peers run at their defaults, with analytics off.

${machine.cpu}, ${machine.cores} cores, ${machine.memoryGiB} GiB, ${machine.platform}; driftspan ${driftspan}, Node ${node.slice(1)}, DuckDB ${duckdb}; Python ${python}, ${Object.entries(
    packages,
  )
    .map(([name, version]) => `${name} ${version}`)
    .join(', ')}; commit ${commit}; ${date}.

## A year of flights

336,776 rows of \`examples/flight-delays/data/flights-2013.parquet\` (${kilo(files.parquetBytes)}; as CSV ${kilo(files.csvBytes)}), the twelve inputs of the model: nine numeric, three categorical.

${groupTable(flights, FLIGHTS, 'the first')}

A part of it is starting, whatever the file:

${groupTable(start, START, 'the first', { withResult: false })}

## January against July

27,004 and 29,425 flights in two Parquet files, the same twelve columns, to a page that a person reads.

${groupTable(drift, DRIFT, 'the first')}

## A file larger than one wants to hold

A made table ([\`large-table.js\`](../benchmarks/baseline/large-table.js)) of 14 numeric columns of different shapes, 5 categorical ones and a time; every value is a function of its row's number. \`driftspan baseline\` reads all
19 features of it. Ours: the median of ${roundsOf(last.cases.driftspan)}; the others: one round.

${lengthTable(large)}

${growth(large)} What is over ${limits.gib} GiB of resident memory or ${limits.minutes} minutes is killed.

Ours on the longest file, by what was asked:

${variantTable(last)}

- Rows in no order of time are sorted by DuckDB, which writes to a temporary folder what does not fit.
- \`--memory\` bounds DuckDB. Node, the sketches and what DuckDB does not count come on top: it is no bound of the process.
- A number has its quantiles sketched beyond 2^20 rows (1,048,576), so from there on the counting holds no more however long the file is.

## What was not faster or smaller

By more than 1 %, each beside that of ours which reads the same.

${worse(figures)}

## How it was made fair

- All read Parquet where they can, and the same columns; the NumPy script reads CSV, so ours from CSV stands beside it. The three baselines have the same
  features in every bit: a run in which they have not is stopped.
- whylogs takes a frame of pandas in one call, as its guide does, and for the large file also ${plain(BATCH_ROWS)} rows at a time into one profile, which bounds its memory.
- \`driftspan baseline\` looks through the file once to infer the kinds of columns, then reads it; the peers and the script are told the kinds.
- A run holds nothing from the one before but the system's file cache, which all find warm.

## Again

\`\`\`sh
python3.11 -m venv /tmp/peers
/tmp/peers/bin/pip install --no-deps -r benchmarks/detection/peers/requirements.txt
npm run bench:baseline -- --python /tmp/peers/bin/python
\`\`\`
`;
}
