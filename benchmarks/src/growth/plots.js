// The suite's plots: medians of the rounds, with a band from the smallest to the largest round, on logarithmic axes.
import { spread } from '../harness/numbers.js';
import { COLOURS } from '../harness/svg.js';
import { FEATURES_EACH, monitorsOf, sizesOf } from './cases.js';
import { addedNs, featureBytes, SETTLING } from './figures.js';

/** A point of a plot, with its spread. Values that are not above 0, which noise makes of next to nothing, have no place on a logarithmic axis. */
const point = (x, rounds, what, line) => {
  const { median, min, max } = spread(rounds);
  return median > 0 ? [{ x, median, min: Math.max(min, median / 10), max, what, line: `OpenTelemetry ${line}.x` }] : [];
};

/** Every line's points of one series. */
const series = (saved, part, kind, what, of) =>
  saved.flatMap(({ line, result }) =>
    sizesOf(result[part], kind).flatMap(([size, rounds]) => point(size, of(rounds, size), what, line)),
  );

const featureCalls = saved => [
  ...series(saved, 'features', 'numeric', 'numbers', rounds => addedNs(rounds, 'generated')),
  ...series(saved, 'features', 'numeric', 'numbers, codegen: false', rounds => addedNs(rounds, 'loop')),
  ...series(saved, 'features', 'categorical', 'categories', rounds => addedNs(rounds, 'generated')),
  ...series(saved, 'features', 'columns', 'columns of one tensor', rounds => addedNs(rounds, 'generated')),
];

const featureMemory = saved =>
  [
    ['withoutBaseline', 'without a baseline'],
    ['known', 'with one'],
    ['measuring', 'with one, while dependence is measured'],
  ].flatMap(([state, what]) =>
    series(saved, 'features', 'numeric', what, (rounds, size) => featureBytes(rounds, state, size)),
  );

const monitorCalls = saved =>
  [
    ['one', 'all calls to one of them'],
    ['round', 'calls that go round them all'],
  ].flatMap(([side, what]) =>
    saved.flatMap(({ line, result }) =>
      monitorsOf(result.monitors, FEATURES_EACH).flatMap(([count, rounds]) =>
        point(count, addedNs(rounds, side), what, line),
      ),
    ),
  );

const rowCosts = saved =>
  [
    ['batch', 'an array of rows'],
    ['columns', 'a [rows, 20] tensor'],
  ].flatMap(([kind, what]) =>
    series(saved, 'rows', kind, what, rounds => rounds.map(({ bare, watched }) => watched - bare)),
  );

const LINES = {
  field: 'line',
  type: 'nominal',
  title: null,
  legend: { symbolType: 'stroke', symbolSize: 600, symbolStrokeColor: '#555' },
};
/** Of series that are drawn as bands too: the legend shows their lines. */
const SERIES = { field: 'what', type: 'nominal', title: null, sort: null };
const LEGEND = { symbolType: 'stroke', symbolOpacity: 1, symbolStrokeWidth: 3 };

const severalLines = values => new Set(values.map(({ line }) => line)).size > 1;

function lines(values, { x: title, y: measure }) {
  const sizes = [...new Set(values.map(({ x }) => x))].sort((a, b) => a - b);
  const x = {
    field: 'x',
    type: 'quantitative',
    title,
    scale: { type: 'log', nice: false },
    axis: { format: ',', values: sizes },
  };
  const y = { type: 'quantitative', title: measure, scale: { type: 'log' }, axis: { format: ',', tickCount: 6 } };
  const color = { ...SERIES, scale: { range: COLOURS }, legend: LEGEND };
  const detail = { field: 'line' };
  return {
    data: { values },
    layer: [
      {
        mark: { type: 'area', opacity: 0.2 },
        encoding: { x, color, detail, y: { field: 'min', ...y }, y2: { field: 'max' } },
      },
      {
        mark: 'line',
        encoding: {
          x,
          color,
          ...(severalLines(values) ? { strokeDash: LINES } : { detail }),
          y: { field: 'median', ...y },
        },
      },
      {
        mark: { type: 'point', filled: true, size: 40 },
        encoding: { x, color, detail, shape: { ...SERIES, legend: null }, y: { field: 'median', ...y } },
      },
    ],
  };
}

const MEASURES = [
  ['rss', 'resident set'],
  ['heapUsed', 'heap in use'],
  ['arrayBuffers', 'array buffers'],
];

/** What is held as calls go on: from zero, so that what is flat looks flat. */
function soak(saved) {
  const values = saved.flatMap(({ line, result: { soak: run } }) =>
    run.samples.flatMap(sample =>
      MEASURES.map(([field, what]) => ({
        calls: sample.calls / 1e6,
        megabytes: sample[field] / 1e6,
        what,
        line: `OpenTelemetry ${line}.x`,
      })),
    ),
  );
  const settledAt = saved[0].result.soak.samples[SETTLING - 1].calls / 1e6;
  return {
    data: { values },
    layer: [
      {
        data: { values: [{}] },
        mark: { type: 'rule', strokeDash: [2, 3], color: '#555' },
        encoding: { x: { datum: settledAt } },
      },
      {
        mark: 'line',
        encoding: {
          x: { field: 'calls', type: 'quantitative', title: 'million calls' },
          y: { field: 'megabytes', type: 'quantitative', title: 'MB', scale: { zero: true } },
          color: { ...SERIES, title: 'after a collection', scale: { range: COLOURS } },
          ...(severalLines(values) ? { strokeDash: LINES } : {}),
        },
      },
    ],
  };
}

/** @param {readonly import('../harness/saved.js').Saved[]} saved */
export function plots(saved) {
  return {
    'docs/benchmarks/growth-features.svg': lines(featureCalls(saved), {
      x: 'features',
      y: 'ns added to a call',
    }),
    'docs/benchmarks/growth-memory.svg': lines(featureMemory(saved), {
      x: 'features of one monitor',
      y: 'bytes retained per feature',
    }),
    'docs/benchmarks/growth-monitors.svg': lines(monitorCalls(saved), {
      x: 'monitors of 20 features',
      y: 'ns added to a call',
    }),
    'docs/benchmarks/growth-rows.svg': lines(rowCosts(saved), { x: 'rows of a batch', y: 'ns added per row' }),
    'docs/benchmarks/growth-soak.svg': soak(saved),
  };
}
