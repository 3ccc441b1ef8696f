// node benchmarks/verdicts/plots.js: draws docs/plots/*.svg from the figures of full runs.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { COLOURS, writeSvg } from '../src/harness/svg.js';

const figures = name => JSON.parse(readFileSync(new URL(`figures/${name}.json`, import.meta.url), 'utf8'));
const folder = fileURLToPath(new URL('../../docs/plots/', import.meta.url));

/** Where the index of a mean shift reaches 0.1: every size is a warning from here on, none below. */
const THRESHOLD_SHIFT = 0.32;
/** Probabilities below this are drawn at it: none of them is ever met. */
const LEAST = 1e-10;

const rowsField = { field: 'rows', type: 'nominal', title: 'rows a minute' };
const colourOfRows = { ...rowsField, scale: { range: COLOURS } };
const x = {
  field: 'shift',
  type: 'quantitative',
  title: 'true shift of the mean, standard deviations',
  scale: { zero: false, nice: false },
};

/** A dashed line up from the threshold, and its name. */
const threshold = [
  { mark: { type: 'rule', strokeDash: [2, 3], color: '#555' }, encoding: { x: { datum: THRESHOLD_SHIFT } } },
  {
    mark: { type: 'text', align: 'right', dx: -5, dy: 10, color: '#333' },
    encoding: {
      x: { datum: THRESHOLD_SHIFT },
      y: { value: 0 },
      text: { value: `${THRESHOLD_SHIFT} σ: an index of 0.1` },
    },
  },
].map(layer => ({ data: { values: [{}] }, ...layer }));

function warningsByShift() {
  const values = figures('shifts')
    .rows.filter(({ shift }) => shift <= 0.6)
    .map(({ shift, rows, warning }) => {
      const [low, high] = warning.interval;
      return { shift, rows, probability: warning.probability, low, high };
    });
  const y = { type: 'quantitative', title: 'warned within a day, with 95 % intervals', axis: { format: '%' } };
  return {
    data: { values },
    layer: [
      {
        mark: { type: 'rule', opacity: 0.5 },
        encoding: { x, color: colourOfRows, y: { field: 'low', ...y }, y2: { field: 'high' } },
      },
      {
        mark: { type: 'line', point: true },
        encoding: { x, color: colourOfRows, shape: rowsField, y: { field: 'probability', ...y } },
      },
      ...threshold,
    ],
  };
}

function delayByShift() {
  const values = figures('shifts').rows.flatMap(({ shift, rows, notice, warning }) => [
    { shift, rows, level: 'a warning', median: warning.median },
    { shift, rows, level: 'a notice', median: notice.median },
  ]);
  const y = {
    field: 'median',
    type: 'quantitative',
    title: 'values until then, median',
    scale: { type: 'log', domain: [50, 1_000_000] },
    axis: { values: [100, 1000, 10_000, 100_000, 1_000_000], format: ',' },
  };
  const level = {
    field: 'level',
    type: 'nominal',
    title: 'found as',
    scale: {
      domain: ['a warning', 'a notice'],
      range: [
        [1, 0],
        [4, 3],
      ],
    },
  };
  return {
    // Medians beyond a day are none.
    data: { values: values.filter(({ median }) => median !== null) },
    layer: [
      {
        mark: 'line',
        encoding: {
          x,
          y,
          color: colourOfRows,
          strokeDash: { ...level, legend: { symbolType: 'stroke', symbolSize: 600 } },
        },
      },
      {
        mark: { type: 'point', filled: true },
        encoding: { x, y, color: colourOfRows, shape: rowsField, detail: { field: 'level' } },
      },
      ...threshold,
    ],
  };
}

function falseAlarmsBySize() {
  const { rows } = figures('thresholds');
  const series = {
    index10: 'index ≥ 0.1, 10 bins',
    index20: 'index ≥ 0.1, 20 bins',
    significant: 'Driftspan, a notice',
    warning: 'Driftspan, a warning',
  };
  const values = Object.entries(series).flatMap(([field, title]) =>
    rows.map(row => ({ n: row.n, what: title, probability: Math.max(row[field].mean, LEAST) })),
  );
  const what = { field: 'what', type: 'nominal', title: 'without drift', sort: null };
  return {
    data: { values },
    mark: { type: 'line', point: true },
    encoding: {
      x: { field: 'n', type: 'quantitative', title: 'values in the window', scale: { type: 'log', nice: false } },
      y: {
        field: 'probability',
        type: 'quantitative',
        title: 'false alarms per look (lowest: under 1e-10)',
        scale: { type: 'log', domain: [LEAST, 1] },
        axis: { format: '.0e', values: [1e-10, 1e-8, 1e-6, 1e-4, 1e-2, 1] },
      },
      color: { ...what, scale: { range: COLOURS } },
      shape: what,
    },
  };
}

const PLOTS = {
  'warnings-by-shift': warningsByShift,
  'delay-by-shift': delayByShift,
  'false-alarms-by-size': falseAlarmsBySize,
};

for (const [name, plot] of Object.entries(PLOTS)) {
  await writeSvg(`${folder}${name}.svg`, plot());
  console.log(`docs/plots/${name}.svg`);
}
