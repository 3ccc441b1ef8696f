// What is measured: commands, each from its start to a written file. `titles.js` says what they are called.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CATEGORICAL_COLUMNS, NUMERIC_COLUMNS, TIME_COLUMN } from './large-table.js';
import { BATCH_ROWS } from './titles.js';

const path = relative => fileURLToPath(new URL(relative, import.meta.url));
const BIN = path('../../packages/driftspan/dist/bin.js');
const NUMPY_SCRIPT = path('../../docs/python/driftspan_baseline.py');

/** The twelve inputs of the example's model. */
const FLIGHT_COLUMNS = {
  numeric: ['hour', 'distance', 'temp', 'dewp', 'humid', 'wind_speed', 'precip', 'pressure', 'visib'],
  categorical: ['carrier', 'origin', 'dest'],
};
const LARGE_COLUMNS = { numeric: NUMERIC_COLUMNS, categorical: CATEGORICAL_COLUMNS };

const driftspan = (...args) => [process.execPath, BIN, ...args];
const baseline = (columns, file, out, ...more) =>
  driftspan(
    ...['baseline', file, '--model', 'benchmark@1', '--quiet', '-o', out, ...more],
    ...['--only', [...columns.numeric, ...columns.categorical].join(',')],
  );
const peer = (interpreter, script, columns, files, ...more) => [
  ...[interpreter, path(`peers/${script}.py`), ...files, ...more],
  ...['--numeric', columns.numeric.join(','), '--categorical', columns.categorical.join(',')],
];

/**
 * A case is `steps`, commands one after another, and `out`, the file that the last one writes.
 * @param {{ parquet: string, csv: string, folder: string, interpreter: string }} files
 */
export function flightCases({ parquet, csv, folder, interpreter }) {
  const columns = FLIGHT_COLUMNS;
  const ours = (name, file, ...more) => one(folder, name, out => baseline(columns, file, out, ...more));
  const numpy = out => [
    ...[interpreter, NUMPY_SCRIPT, csv, '--model', 'benchmark@1', '-o', out],
    ...['--numeric', columns.numeric.join(','), '--categorical', columns.categorical.join(',')],
  ];
  return {
    driftspan: ours('driftspan', parquet),
    'driftspan-ordered': ours('driftspan-ordered', parquet, '--time-ordered'),
    whylogs: one(folder, 'whylogs', out => peer(interpreter, 'whylogs_profile', columns, [parquet, out])),
    evidently: one(folder, 'evidently', out => peer(interpreter, 'evidently_summary', columns, [parquet, out])),
    'driftspan-csv': ours('driftspan-csv', csv),
    numpy: one(folder, 'numpy', numpy),
  };
}

/**
 * January against July, from two Parquet files to a page.
 * @param {{ january: string, july: string, folder: string, interpreter: string }} files
 */
export function driftCases({ january, july, folder, interpreter }) {
  const [made, kept] = [join(folder, 'made.json'), join(folder, 'kept.json')];
  const report = learned => out => driftspan('report', learned, july, '--quiet', '-o', out);
  const both = one(folder, 'both.html', report(made));
  const drift = script => out => peer(interpreter, script, FLIGHT_COLUMNS, [january, july, out]);
  return {
    'driftspan-both': { ...both, steps: [baseline(FLIGHT_COLUMNS, january, made), ...both.steps] },
    'driftspan-report': {
      ...one(folder, 'report.html', report(kept)),
      before: [baseline(FLIGHT_COLUMNS, january, kept)],
    },
    whylogs: one(folder, 'whylogs.html', drift('whylogs_drift')),
    evidently: one(folder, 'evidently.html', drift('evidently_drift')),
  };
}

/** What starting costs before any row is read: most of the time on a small file. */
export function startCases(interpreter) {
  const start = imports => ({ steps: [[interpreter, '-c', imports]] });
  return {
    driftspan: { steps: [driftspan('--version')] },
    numpy: start('import numpy'),
    whylogs: start('import whylogs, pandas, pyarrow.parquet'),
    evidently: start('import evidently, evidently.presets, pandas, pyarrow.parquet'),
  };
}

/**
 * One length of the large table. Our variants are for the longest file alone.
 * @param {{ parquet: string, shuffled: string | undefined, folder: string, interpreter: string }} files
 */
export function largeCases({ parquet, shuffled, folder, interpreter }) {
  const columns = LARGE_COLUMNS;
  const ours = (name, file, ...more) => one(folder, name, out => baseline(columns, file, out, ...more));
  const theirs = (name, script, ...more) => ({
    ...one(folder, name, out => peer(interpreter, script, columns, [parquet, out], ...more)),
    isPeer: true,
  });
  const [memory, time] = [
    ['--memory', '512MB'],
    ['--time-column', TIME_COLUMN],
  ];
  const variants =
    shuffled === undefined
      ? {}
      : {
          memory: ours('memory', parquet, ...memory),
          time: ours('time', parquet, ...time),
          'time-shuffled': ours('time-shuffled', shuffled, ...time),
          'time-memory': ours('time-memory', shuffled, ...time, ...memory),
        };
  return {
    driftspan: ours('driftspan', parquet),
    ...variants,
    whylogs: theirs('whylogs', 'whylogs_profile'),
    'whylogs-batches': theirs('whylogs-batches', 'whylogs_profile', '--batch-rows', String(BATCH_ROWS)),
    evidently: theirs('evidently', 'evidently_summary'),
  };
}

function one(folder, name, command) {
  const out = join(folder, `out-${name}`);
  return { steps: [command(out)], out };
}
