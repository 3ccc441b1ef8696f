// The section of docs/benchmarks.md: a function of what was saved.
import { median, ratios } from '../harness/numbers.js';
import { between, bytesText, ns, table, times } from '../harness/words.js';
import { addedBy, comparedWith } from './added.js';
import { reasonFor } from './reasons.js';
import { MODES } from './runs.js';
import {
  INPUT_TITLES,
  MODE_TITLES,
  SHORT_INPUTS,
  SHORT_NAMES,
  SKETCH_TITLES,
  SKETCHES_HOLD,
  WHAT_THEY_DO,
  WRAPPER_TITLES,
} from './titles.js';

const COMPARED = [
  '@arizeai/openinference-core',
  '@langfuse/tracing',
  '@langfuse/otel',
  '@traceloop/node-server-sdk',
  'openlit',
  '@datadog/sketches-js',
  'hdr-histogram-js',
  'tdigest',
  'prom-client',
];

const isOurs = name => name.startsWith('driftspan');
const spreadOf = ({ median, min, max }) => `${times(median)} (${between([min, max], times)})`;

function cellsOf(runs, wrapper, input, mode) {
  const own = runs[`${wrapper}/${input}/${mode}`];
  if (own === undefined) return ['', ''];
  if (wrapper === 'bare') return [`${ns(median(own.map(run => run.median)))} in all`, ''];
  const ratio = comparedWith(runs, wrapper, input, mode);
  return [
    ns(median(addedBy(runs, wrapper, input, mode))),
    wrapper === 'driftspan' || ratio === undefined ? '' : spreadOf(ratio),
  ];
}

function inputTable(runs, input) {
  const wrappers = Object.keys(WRAPPER_TITLES).filter(wrapper =>
    MODES.some(mode => runs[`${wrapper}/${input}/${mode}`] !== undefined),
  );
  if (wrappers.length === 0) return [];
  const rows = wrappers.map(wrapper => {
    const length = runs[`${wrapper}/${input}/sampled`]?.[0].inputLength;
    const carried = length === undefined ? '' : length.toLocaleString('en-US');
    return [WRAPPER_TITLES[wrapper], ...MODES.flatMap(mode => cellsOf(runs, wrapper, input, mode)), carried];
  });
  const head = MODES.flatMap(mode => [`added, ${MODE_TITLES[mode]}`, '÷ Driftspan']);
  return [`### ${INPUT_TITLES[input]}`, table(['a call', ...head, 'characters of input on the span'], rows)];
}

/** Of all rows beside Driftspan how many add more, and those that add less, under their reasons. */
function beaten(runs) {
  const rows = Object.keys(SHORT_NAMES)
    .filter(wrapper => !isOurs(wrapper))
    .flatMap(wrapper => MODES.flatMap(mode => Object.keys(SHORT_INPUTS).map(input => ({ wrapper, input, mode }))))
    .map(row => ({ ...row, ratio: comparedWith(runs, row.wrapper, row.input, row.mode) }))
    .filter(({ ratio }) => ratio !== undefined);
  const cheaper = rows.filter(({ ratio }) => ratio.median <= 1);
  const count = `Of ${rows.length} rows beside Driftspan ${rows.length - cheaper.length} add more to a call than it does.`;
  if (cheaper.length === 0) return count;
  const byReason = new Map();
  for (const row of cheaper) {
    const reason = reasonFor(row) ?? 'No reason is known: look at the rounds.';
    byReason.set(reason, [...(byReason.get(reason) ?? []), row]);
  }
  return `${count} These add less:

${[...byReason].map(([reason, those]) => `- ${reason} ${namedTogether(those).join('; ')}.`).join('\n')}`;
}

/** One text a wrapper and mode, with its inputs. */
function namedTogether(rows) {
  const ratiosOf = new Map();
  for (const { wrapper, input, mode, ratio } of rows) {
    const who = `${SHORT_NAMES[wrapper]}, ${MODE_TITLES[mode]}`;
    ratiosOf.set(who, [...(ratiosOf.get(who) ?? []), `${SHORT_INPUTS[input]} ${spreadOf(ratio)}`]);
  }
  return [...ratiosOf].map(([who, texts]) => `**${who}**: ${texts.join(', ')}`);
}

const mean = values => values.reduce((a, b) => a + b, 0) / values.length;

function sketchTable({ time, bytes }) {
  const perRound = name => time[name].map(round => mean(Object.values(round.ns)));
  const shapes = Object.keys(time.driftspan[0].ns);
  const rows = Object.entries(SKETCH_TITLES).map(([name, title]) => [
    title,
    ...shapes.map(shape => ns(median(time[name].map(round => round.ns[shape])))),
    name === 'driftspan' ? '' : spreadOf(ratios(perRound(name), perRound('driftspan'))),
    // Less than a byte is the noise of the counter.
    bytesText(Math.max(0, Math.round(median(bytes[name].map(({ allocated }) => allocated))))),
    bytesText(median(bytes[name].map(({ retained }) => retained))),
    SKETCHES_HOLD[name],
  ]);
  return table(['a value', ...shapes, '÷ the first', 'bytes a value', 'bytes kept a feature', 'holds'], rows);
}

/** Wrappers that put the input on the span. */
const RECORDING = ['openinference', 'langfuse', 'traceloop', 'openlit'];

/** What the front page says of them. */
export function facts([{ result }]) {
  const range = input => {
    const medians = RECORDING.map(wrapper => comparedWith(result.wrappers, wrapper, input, 'unsampled').median);
    return `${times(Math.min(...medians))} to ${times(Math.max(...medians))}`;
  };
  return [
    `Wrappers that put the input on the span (OpenInference, Langfuse, Traceloop, OpenLIT), while nothing is sampled: they add ${range('row')} what Driftspan adds to a call of 20 numbers, and ${range('image')} for an image of 150,528 floats.`,
  ];
}

/** The whole section, from the one line that it runs on. */
export function section([{ result }]) {
  const { versions, wrappers, sketches } = result;
  return `What people put around a model call today, and what they count values with, each used as its own documentation shows, in the same rounds as the bare
call, a hand-written span and Driftspan. Pinned: ${COMPARED.map(name => `\`${name}\` ${versions[name]}`).join(', ')}.

Every case runs in a process of its own, and is checked before it is timed: its span must have reached the exporter, under the parent that the caller gave, through
the copy of the API that is registered, with the whole input on it where it says so; unsampled and without an SDK nothing may have been exported; after timing
every span must have come through, and Driftspan must have counted every call. All run on one SDK with one sampler and a batch processor into nothing; Langfuse and
Traceloop through the span processors they ship. What an exporter would then do with the input is not in these figures.
The 20 numbers are an object's; the 1,000 a plain array, which costs least as JSON; the image a \`Float32Array\` in a tensor of 1 × 3 × 224 × 224.

"Added" is a row less the bare call of the same round; "÷ Driftspan" is what it adds over what Driftspan adds, median and range over rounds.

![What each adds to a call, by input and mode, on a logarithmic axis](benchmarks/peers-added.svg)

${Object.keys(INPUT_TITLES)
  .flatMap(input => inputTable(wrappers, input))
  .join('\n\n')}

### What they do

${WHAT_THEY_DO.map(([who, what]) => `- **${who}** ${what}`).join('\n')}

None of them shortens a large input. Rows whose cost does not depend on the input are run with the smallest alone.

${beaten(wrappers)}

### One value into a sketch

20 features a row, values of four shapes; nanoseconds a value. Every sketch must have counted as many values as it was given. Bytes a value are heap growth while
nothing is collected; bytes kept are of one of 100 features after 4,096 values. The rows of Driftspan read a field out of an object as well; the others get their
numbers out of a \`Float64Array\`. HdrHistogram takes whole numbers, so values are moved by 10 and multiplied by 1,000; a histogram of OpenTelemetry drops negative
values, so they are moved by 10.

${sketchTable(sketches)}

Driftspan keeps more bytes than a DDSketch or a Prometheus histogram: it has an hour in 61 parts, so that a verdict can look back over 4, 15 or 60 of them, and the
baseline; with generated code the code is weighed too. It answers less than a quantile sketch does: its bins are those of the baseline, which is what drift is
judged in.
`;
}
