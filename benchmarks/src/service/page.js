// The section of the page, and its plot.
import { ratios, spread } from '../harness/numbers.js';
import { COLOURS } from '../harness/svg.js';
import { between, lineTitle, nodeMajor, ns, table, times } from '../harness/words.js';
import { bareOf, CASES, MODEL_TITLES } from './cases.js';

const PLOT = 'benchmarks/service-ratios.svg';

/** What is taken of a round, by name. */
const CPU = how => result => result[how].cpuMicrosPerRequest;
const latency = (how, what) => result => result[how].latencyMs[what];
const perSecond = result => result.closed.perSecond;

const micros = us => ns(us * 1e3);
const millis = ms => ns(ms * 1e6);
const medianOf = (rounds, name, of, print) => print(spread(rounds[name].map(of)).median);
/** Of a case to its bare one, round by round: the median, and the least and the most. */
const toBare = (rounds, name, of) => ratios(rounds[name].map(of), rounds[bareOf(name)].map(of));
const ratioText = (rounds, name, of) => {
  if (name === bareOf(name)) return '';
  const { median, min, max } = toBare(rounds, name, of);
  return `${times(median)} (${between([min, max], x => x.toFixed(2))})`;
};

/** @param saved one per line that was measured. */
export function section(saved) {
  return `A service of \`node:http\` takes a flight's record as JSON (20 fields, and a remark that makes the sizes vary from 0.4 to 2.4 kB), parses it,
predicts, and answers JSON. The same server runs **bare**, without OpenTelemetry; **hand-written**, with a span of 6 attributes, a duration histogram and
a counter by label around the model; and with **Driftspan**, which counts all 20 fields and the answer against a baseline besides. The latter two use the SDK of
OpenTelemetry for Node under the same \`OTEL_*\` variables and export spans, metrics and logs over OTLP/HTTP to a receiver in another process.
There is no HTTP server span, so the sampler is asked at every call.

The load comes from a third process, over 32 connections: first as much as the service answers (autocannon), then a fixed rate of about a quarter of
what the bare server answers. Of each, the first half is like the baseline; in the second half \`distance\` and \`wind_speed\` shift, \`visibility\` is missing in 30 % and a
\`carrier\` that was never seen comes in 20 %. Each round runs every service in fresh processes, in reversed order.

${saved.map(lineSection).join('\n')}
![CPU time a request and p99 latency as multiples of the bare server's](${PLOT})

How to read it:

- **CPU a request** is what the whole server process took, user and system, all threads, divided by its requests. It is the steadiest figure, since it hardly depends on
  what else the machine does. The ratios are taken within a round; in brackets the least and the most of the rounds.
- **Requests a second** and the latencies under full load depend on how service, load and receiver share the cores: with fewer than four, they take them from each
  other. "load" is the share of a core that the load's process took meanwhile: near 1, it is the load that limited.
- **At the fixed rate** requests are made at random moments whether or not those before were answered, so that a service that is held up can't hold up
  the measurement ("coordinated omission"); a latency includes waiting for a connection. A p99 is that of the rounds' median; one pause of the machine is enough to move it.
- **Worse than in life:** metrics are exported, and Driftspan judges, every second. By default it is every minute, and with a window of a day every 24 minutes.
  A pause of the loop at such a moment is in the delay's p99 and in the maxima here. Where Driftspan's p99 at the fixed rate is above the hand-written
  one's, it is this: its export is some hundred series to the other's three, takes tens of milliseconds in pieces of up to 15, and one second's is met by
  more than one request in 100.
- **Spans** is the share of all spans that arrived, where all are sampled: what lacks was dropped by the SDK's batch processor, whose queue was full.

In every run that is shown no request failed, every service gave the bare server's answers, the receiver's count of predictions was the number of requests, and of the 20 features
exactly the four that drifted reached a warning there, none before.
`;
}

/** What the front page says of it. */
export function facts(saved) {
  const ofBare = (name, { result }) => ratioText(result.rounds, name, CPU('closed'));
  const lines = saved.map(
    one =>
      `${ofBare('scorer-driftspan-1', one)} against ${ofBare('scorer-hand-1', one)} on Node ${nodeMajor(one.node)}`,
  );
  return [
    `An HTTP service under full load, 1 % sampled: the CPU a request with Driftspan, as a multiple of the bare server's, against that with a span, a histogram and a counter written by hand: ${lines.join(', ')}.`,
  ];
}

function lineSection(saved) {
  const { rounds, rates } = saved.result;
  const parts = Object.entries(MODEL_TITLES).map(([model, title]) => {
    const names = Object.keys(CASES).filter(name => CASES[name].model === model && rounds[name] !== undefined);
    return `**${title}.** As much as it answers:

${closedTable(rounds, names)}

At ${rates[model].toLocaleString('en')} requests a second:

${pacedTable(rounds, names)}
`;
  });
  return `### ${lineTitle(saved)}

${parts.join('\n')}`;
}

const latencies = (rounds, name, how) =>
  ['p50', 'p95', 'p99', 'max'].map(what => medianOf(rounds, name, latency(how, what), millis));

function closedTable(rounds, names) {
  const head = ['', 'CPU a request', '÷ bare', 'requests a second', '÷ bare', 'p50', 'p95', 'p99', 'max', 'load'];
  return table(
    head,
    names.map(name => [
      CASES[name].title,
      medianOf(rounds, name, CPU('closed'), micros),
      ratioText(rounds, name, CPU('closed')),
      medianOf(rounds, name, perSecond, x => Math.round(x).toLocaleString('en')),
      ratioText(rounds, name, perSecond),
      ...latencies(rounds, name, 'closed'),
      medianOf(
        rounds,
        name,
        ({ closed }) => closed.loadBusy,
        x => x.toFixed(2),
      ),
    ]),
  );
}

function pacedTable(rounds, names) {
  const head = [
    '',
    'CPU a request',
    '÷ bare',
    'p50',
    'p95',
    'p99',
    'max',
    'p99 ÷ bare',
    'loop delay p99',
    'RSS',
    'spans',
  ];
  return table(
    head,
    names.map(name => [
      CASES[name].title,
      medianOf(rounds, name, CPU('paced'), micros),
      ratioText(rounds, name, CPU('paced')),
      ...latencies(rounds, name, 'paced'),
      ratioText(rounds, name, latency('paced', 'p99')),
      medianOf(rounds, name, ({ paced }) => paced.loopDelayMs.p99, millis),
      medianOf(
        rounds,
        name,
        ({ paced }) => paced.rssBytes / 2 ** 20,
        x => `${x.toFixed(0)} MiB`,
      ),
      CASES[name].sampled < 1 ? '' : medianOf(rounds, name, arrived, x => `${(100 * x).toFixed(0)} %`),
    ]),
  );
}

/** The share of a round's spans that arrived, where all are sampled. */
const arrived = ({ requests, received }) => received.spans / requests;

/** What is drawn, one beside the other. A p99 moves by factors, what it costs by parts. */
const DRAWN = [
  { title: 'CPU a request, full load', of: CPU('closed'), scale: 'linear' },
  { title: 'CPU a request, fixed rate', of: CPU('paced'), scale: 'linear' },
  { title: 'p99 latency, fixed rate', of: latency('paced', 'p99'), scale: 'log' },
];
const TITLES = [...new Set(Object.values(CASES).map(({ title }) => title))].filter(title => title !== 'bare');

/** @param saved one per line that was measured. */
export function plots(saved) {
  return { [`docs/${PLOT}`]: { hconcat: DRAWN.map((drawn, i) => panel(saved, drawn, i === 0)), spacing: 16 } };
}

/** One measure: a row a model and line, in it an interval a service. */
function panel(saved, { title, of, scale }, isFirst) {
  const places = saved.flatMap(({ line }) => Object.keys(MODEL_TITLES).map(model => placeOf(model, line)));
  const values = saved.flatMap(({ line, result: { rounds } }) =>
    Object.keys(rounds)
      .filter(name => name !== bareOf(name))
      .map(name => ({
        place: placeOf(CASES[name].model, line),
        what: CASES[name].title,
        ...toBare(rounds, name, of),
      })),
  );
  const x = {
    type: 'quantitative',
    title: '× bare',
    scale: { type: scale, nice: true, ...(scale === 'log' ? {} : { zero: false }) },
  };
  const y = { field: 'what', type: 'nominal', sort: TITLES, axis: null };
  const color = {
    field: 'what',
    type: 'nominal',
    title: null,
    sort: TITLES,
    scale: { domain: TITLES, range: COLOURS },
    legend: { orient: 'bottom', columns: 2 },
  };
  const header = isFirst ? { labelAngle: 0, labelAlign: 'left' } : { labels: false };
  return {
    title: { text: title, fontSize: 12 },
    data: { values },
    facet: { row: { field: 'place', type: 'nominal', title: null, sort: places, header } },
    spec: {
      width: 190,
      height: { step: 15 },
      layer: [
        { mark: { type: 'rule', color: '#777', strokeDash: [3, 3] }, encoding: { x: { datum: 1, ...x } } },
        {
          mark: { type: 'rule', strokeWidth: 2 },
          encoding: { x: { field: 'min', ...x }, x2: { field: 'max' }, y, color },
        },
        { mark: { type: 'point', filled: true, opacity: 1 }, encoding: { x: { field: 'median', ...x }, y, color } },
      ],
    },
  };
}

const placeOf = (model, line) => `${model}, ${line}.x`;
