// The tables of the suite's part of the page, each of all lines of OpenTelemetry that were measured.
import { median } from '../harness/numbers.js';
import { between, bytesText, ns, table } from '../harness/words.js';
import { BUDGETED, FEATURES_EACH, monitorsOf, sizesOf } from './cases.js';
import { addedNs, featureBytes, labelNs, slopes, valueNs } from './figures.js';

export const count = x => x.toLocaleString('en');
const ms = x => `${x < 10 ? x.toFixed(1) : x.toFixed(0)} ms`;
const middle = (rounds, of) => median(rounds.map(of));
const spreadText = (values, print) => `${print(median(values))} (${between(values, print)})`;

/**
 * A table whose rows are sizes and whose columns come once a line of OpenTelemetry.
 *
 * @param {readonly import('../harness/saved.js').Saved[]} saved
 * @param {string} first heading of the sizes.
 * @param {readonly string[]} heads of the columns of one line.
 * @param {(result: any) => [size: number, rounds: any[]][]} sizes
 * @param {(rounds: any[], size: number) => string[]} cells of one line.
 */
function bySize(saved, first, heads, sizes, cells) {
  const lineHeads = saved.flatMap(({ line }) => heads.map(head => (saved.length > 1 ? `${head}, ${line}.x` : head)));
  const all = saved.map(({ result }) => new Map(sizes(result)));
  const rows = [...new Set(all.flatMap(one => [...one.keys()]))].sort((a, b) => a - b);
  return table(
    [first, ...lineHeads],
    rows.map(size => [
      count(size),
      ...all.flatMap(one => (one.has(size) ? cells(one.get(size), size) : heads.map(() => ''))),
    ]),
  );
}

const features = kind => result => sizesOf(result.features, kind);
const perFeature = (rounds, size, side) => ns(median(addedNs(rounds, side)) / size);

export const callTable = saved =>
  bySize(
    saved,
    'numbers',
    ['added to a call', 'a feature', '`codegen: false`', 'a feature'],
    features('numeric'),
    (rounds, size) => [
      spreadText(addedNs(rounds, 'generated'), ns),
      perFeature(rounds, size, 'generated'),
      ns(median(addedNs(rounds, 'loop'))),
      perFeature(rounds, size, 'loop'),
    ],
  );

export const otherTable = (saved, kind, first) =>
  bySize(saved, first, ['added to a call', 'each'], features(kind), (rounds, size) => [
    spreadText(addedNs(rounds, 'generated'), ns),
    perFeature(rounds, size, 'generated'),
  ]);

export const memoryTable = saved =>
  bySize(
    saved,
    'numbers',
    ['no baseline', 'with one', 'while dependence is measured', 'of it the baseline'],
    features('numeric'),
    (rounds, size) =>
      ['withoutBaseline', 'known', 'measuring', 'baseline'].map(state =>
        bytesText(median(featureBytes(rounds, state, size))),
      ),
  );

export const constructionTable = saved =>
  bySize(
    saved,
    'numbers',
    ['made in', 'first call', 'first 100 calls, each', '`codegen: false`', 'collected in', 'after a sub-window closed'],
    features('numeric'),
    rounds => [
      ms(middle(rounds, ({ construction }) => construction.medianMs)),
      ms(middle(rounds, ({ construction }) => construction.firstCallMs)),
      ns(middle(rounds, ({ call }) => call.early.generated)),
      ns(middle(rounds, ({ call }) => call.early.loop)),
      ms(middle(rounds, ({ collection }) => collection.quiet.wholeMs)),
      ms(middle(rounds, ({ collection }) => collection.judging.wholeMs)),
    ],
  );

export function wireTable(saved) {
  const FORMATS = ['json', 'jsonGzip', 'protobuf', 'protobufGzip'];
  const [{ result }] = saved;
  return table(
    [
      'monitors × numbers',
      'OTLP JSON',
      'gzip',
      'OTLP protobuf',
      'gzip',
      'requests',
      'longest stretch of the export, protobuf',
    ],
    Object.entries(result.wire).map(([name, [once]]) => [
      name.split('x').map(Number).map(count).join(' × '),
      ...FORMATS.map(format => bytesText(once[format].bytes)),
      count(once.protobuf.requests),
      ms(once.protobuf.sliceMs),
    ]),
  );
}

export const monitorTable = saved =>
  bySize(
    saved,
    'monitors',
    ['a call to one of them', 'calls that go round them all', 'retained by each', 'made in, all', 'collected in'],
    result => monitorsOf(result.monitors, FEATURES_EACH),
    rounds => [
      spreadText(addedNs(rounds, 'one'), ns),
      spreadText(addedNs(rounds, 'round'), ns),
      bytesText(middle(rounds, ({ memory }) => memory.heap + memory.buffers)),
      ms(middle(rounds, ({ construction }) => construction.allMs)),
      ms(middle(rounds, ({ collection }) => collection.quiet.wholeMs)),
    ],
  );

export function sliceTable(saved) {
  const slices = (rounds, kind, of) =>
    spreadText(
      rounds.map(({ collection }) => collection[kind][of]),
      ms,
    );
  return table(
    [
      '',
      'monitors × numbers',
      'ours, nothing to judge',
      'with garbage collection',
      'ours, all judged',
      'with garbage collection',
    ],
    saved.flatMap(({ line, result }) =>
      Object.entries(result.monitors).map(([name, rounds]) => [
        `OpenTelemetry ${line}.x`,
        name === BUDGETED ? `**${name.replace('x', ' × ')}**` : name.split('x').map(Number).map(count).join(' × '),
        ...['quiet', 'judging'].flatMap(kind => [slices(rounds, kind, 'workMs'), slices(rounds, kind, 'sliceMs')]),
      ]),
    ),
  );
}

export const categoryTable = saved =>
  bySize(
    saved,
    'categories',
    ['a value', 'a string parsed anew'],
    result => sizesOf(result.categories, 'categories'),
    rounds => [spreadText(valueNs(rounds, false), ns), spreadText(valueNs(rounds, true), ns)],
  );

export const labelTable = saved =>
  bySize(
    saved,
    'labels',
    ['a label'],
    result => sizesOf(result.categories, 'labels'),
    rounds => [spreadText(labelNs(rounds), ns)],
  );

export const rowTable = saved =>
  bySize(
    saved,
    'rows',
    ['an array of rows', 'a `[rows, 20]` tensor'],
    ({ rows }) => sizesOf(rows, 'batch').map(([size, batch]) => [size, [batch, rows[`columns-${size}`]]]),
    pair =>
      pair.map(rounds =>
        spreadText(
          rounds.map(({ bare, watched }) => watched - bare),
          ns,
        ),
      ),
  );

const rise = ({ slope, low, high }) => `${bytesText(slope)} (${bytesText(low)} – ${bytesText(high)})`;

export function soakTable(saved) {
  return table(
    [
      '',
      'calls',
      'took',
      'heap at the end',
      'resident set',
      'heap rises, per million calls',
      'array buffers',
      'resident set',
    ],
    saved.map(({ line, result: { soak } }) => {
      const { heapUsed, rss } = soak.samples.at(-1);
      const { heap, buffers, rss: resident } = slopes(soak);
      return [
        `OpenTelemetry ${line}.x`,
        count(soak.calls),
        `${soak.seconds.toFixed(0)} s`,
        bytesText(heapUsed),
        bytesText(rss),
        rise(heap),
        rise(buffers),
        rise(resident),
      ];
    }),
  );
}
