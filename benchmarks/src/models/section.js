// The page's section of models, and its plot.
import { median, quantile, ratios } from '../harness/numbers.js';
import { lineTitle, ns, table, times } from '../harness/words.js';
import { CASES, MODELS } from './models.js';

const column = (rounds, read) => rounds.map(read);
/** Nothing where a block was over before the timer came. */
const ms = x => (x === null ? '–' : ns(x * 1e6));
const percent = share => `${share >= 1 ? (100 * share).toFixed(0) : (100 * share).toPrecision(2)} %`;

/** Of one case, ns: the bare call, and what is added to one that is answered at once, round by round. */
const bareNs = rounds => median(column(rounds, ({ ns }) => ns.bare));
const addedNs = (rounds, side) => median(column(rounds, ({ atOnce }) => atOnce[side] - atOnce.bare));
const shares = rounds => column(rounds, ({ ns, atOnce }) => (atOnce.unsampled - atOnce.bare) / ns.bare);
const inTurns = (rounds, side) => {
  const { median, min, max } = ratios(
    column(rounds, ({ ns }) => ns[side]),
    column(rounds, ({ ns }) => ns.bare),
  );
  return `${times(median)} (${min.toFixed(2)} – ${max.toFixed(2)})`;
};

const PLOT = 'docs/benchmarks/models-share.svg';

export function section(saved) {
  return `${WORDS}

![What Driftspan adds to a call as a share of the call, by how long the call takes](benchmarks/models-share.svg)

${saved.flatMap(one => one.result.targets.map(target => targetSection(one, target))).join('\n\n')}

${saved.map(providersSentence).join('\n')}

${AFTERWORD}`;
}

const WORDS = `onnxruntime-node with \`@driftspan/instrumentation-onnxruntime\`, everything on: the input counted and judged by a baseline, label and confidence where
the model has classes, queueing, under a parent that was not sampled, and one that was. The small models are the repository's own; the others are
PP-OCRv4 for reading text in pictures, which others made. Inputs differ from call to call, 16 MB of them in turn.
**Adds** is measured on the same session with its native part replaced by one that answers at once with real results: what is left is JavaScript, so that
2 µs beside a second can be told. **Share** is that, by the bare call. **In turns** is the real model, watched and bare, block by block in one process: the
plain comparison, which also has what our code and data cost when the model has just emptied the processor's caches. **Noise** is the same comparison of
the bare call with itself: what is not farther from 1 than that can't be told.`;

const AFTERWORD = `A batch costs by the row: of a table of 4 columns each row is counted for each column, and its label and confidence read. That is dear where the model
does nothing, as the softmax of 64 rows, and lost where it does something. A picture costs what a sample of 4,096 of its floats does, whatever its size.
With several calls in flight the runtime runs one after the other and blocks the event loop for all of them: latency is mostly waiting, watched or not.`;

function targetSection(saved, { provider, outputs, cases, loads, failed = {}, untouched }) {
  const where = outputs === 'cpu' ? provider : `${provider}, outputs left in its memory`;
  const heading = `### ${lineTitle(saved)}, ${where}${provider === 'cpu' ? '' : ` (${saved.machine.accelerator})`}`;
  const parts = [heading, casesTable(cases)];
  const left = leftOut({ ...cases, ...failed });
  if (outputs === 'cpu' && left.length > 0) parts.push(`Left out there: ${left.join('; ')}.`);
  if (Object.keys(failed).length > 0)
    parts.push(
      `Failed there: ${Object.entries(failed)
        .map(([name, why]) => `${name} (${why})`)
        .join('; ')}.`,
    );
  if (untouched !== undefined) parts.push(untouchedSentence(untouched));
  if (Object.keys(loads).length > 0) parts.push(loadsTable(loads));
  return parts.join('\n\n');
}

/** Models that nobody chose, by their titles. */
function leftOut(cases) {
  const run = new Set(Object.keys(cases).map(name => CASES[name].model));
  return Object.entries(MODELS).flatMap(([name, { title }]) => (run.has(name) ? [] : [title]));
}

function casesTable(cases) {
  return table(
    ['model', 'input', 'threads', 'bare `run()`', 'adds', 'share', 'in turns', 'sampled: adds', 'in turns', 'noise'],
    Object.entries(cases).map(([name, rounds]) => [
      MODELS[CASES[name].model].title,
      rounds[0].dims.join(' × '),
      CASES[name].threads ?? 'its own choice',
      ns(bareNs(rounds)),
      ns(addedNs(rounds, 'unsampled')),
      percent(median(shares(rounds))),
      inTurns(rounds, 'unsampled'),
      ns(addedNs(rounds, 'sampled')),
      inTurns(rounds, 'sampled'),
      inTurns(rounds, 'again'),
    ]),
  );
}

const known = values => {
  const there = values.filter(value => value !== null);
  return there.length === 0 ? null : median(there);
};

function loadsTable(loads) {
  const both = (rounds, read) =>
    ['bare', 'unsampled'].map(side => ms(known(column(rounds, round => read(round[side]))))).join(' → ');
  return table(
    [
      'model',
      'calls in flight',
      'calls a second, bare',
      'watched ÷ bare',
      'latency p50',
      'p99',
      "event loop's delay p50",
      'p99',
    ],
    Object.entries(loads).map(([what, rounds]) => {
      const [name, inFlight] = what.split('@');
      const throughput = ratios(
        column(rounds, ({ unsampled }) => unsampled.perSecond),
        column(rounds, ({ bare }) => bare.perSecond),
      );
      return [
        `${MODELS[CASES[name].model].title}, ${CASES[name].size.batch === 1 ? 'one row' : `${CASES[name].size.batch} rows`}`,
        inFlight,
        Math.round(median(column(rounds, ({ bare }) => bare.perSecond))).toLocaleString('en'),
        `${times(throughput.median)} (${throughput.min.toFixed(2)} – ${throughput.max.toFixed(2)})`,
        both(rounds, ({ latencyMs }) => latencyMs.p50),
        both(rounds, ({ latencyMs }) => latencyMs.p99),
        both(rounds, ({ delayMs }) => delayMs.p50),
        both(rounds, ({ delayMs }) => delayMs.p99),
      ];
    }),
  );
}

function untouchedSentence({ calls, kept, missing, fetched, error }) {
  if (error !== undefined) return `Whether outputs stay there could not be checked: ${error}`;
  return `Of ${calls} watched calls ${kept} left their output there, and it was fetched ${fetched} times: ${missing} labels counted as missing.`;
}

/** What was found, and why not the rest. */
function providersSentence(saved) {
  const found = saved.result.providers.map(({ provider, works, why, largestDifference, nodes }) => {
    if (!works) return `${provider} not: ${why}`;
    const taken = Object.entries(nodes).map(([name, count]) => `${count} nodes on ${name}`);
    return `${provider} works, within ${largestDifference.toExponential(0)} of the CPU (${taken.join(', ')})`;
  });
  return `- ${lineTitle(saved)}, on ${saved.machine.accelerator ?? 'a machine without an accelerator'}: ${found.join('; ')}.`;
}

/** Share of a call by its length, both in powers of ten. */
export function plots(saved) {
  const values = saved.flatMap(one =>
    one.result.targets.flatMap(({ provider, outputs, cases }) =>
      Object.values(cases).map(rounds => ({
        where: `${lineTitle(one)}, ${provider}${outputs === 'cpu' ? '' : ', outputs left there'}`,
        ms: bareNs(rounds) / 1e6,
        // A difference of nothing has no place on such an axis.
        share: Math.max(1e-4, 100 * median(shares(rounds))),
        low: Math.max(1e-4, 100 * quantile(shares(rounds), 0)),
        high: Math.max(1e-4, 100 * quantile(shares(rounds), 1)),
      })),
    ),
  );
  const x = { field: 'ms', type: 'quantitative', scale: { type: 'log' }, title: 'bare call, ms' };
  const y = {
    field: 'share',
    type: 'quantitative',
    scale: { type: 'log' },
    title: 'added by Driftspan, % of the call',
  };
  const color = { field: 'where', type: 'nominal', title: null, legend: { orient: 'bottom', columns: 2 } };
  return {
    [PLOT]: {
      data: { values },
      layer: [
        {
          mark: { type: 'rule', opacity: 0.5 },
          encoding: { x, y: { ...y, field: 'low' }, y2: { field: 'high' }, color },
        },
        { mark: { type: 'point', filled: true, size: 60 }, encoding: { x, y, color } },
      ],
    },
  };
}
