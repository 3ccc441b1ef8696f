// The real streams: flights that left New York City in 2013, from the example's data set (its README tells the source).
import { fileURLToPath } from 'node:url';
import { asyncBufferFromFile, parquetRead } from 'hyparquet';
import { shuffledIndices } from './random.js';

const FILE = fileURLToPath(new URL('../../examples/flight-delays/data/flights-2013.parquet', import.meta.url));

/**
 * Six columns, each for what it does to a detector. Of the timetable, which hardly moves: `hour` (every day's cycle), `distance`
 * (some 200 distinct values), `carrier` (16 categories, three of them rare). Of the weather, which moves slowly and shares its values among
 * all flights of an hour: `temp` (the season itself), `pressure` (11 % missing, in runs), `visib` (an atom of 10 in most rows).
 */
const NUMERIC = ['hour', 'distance', 'temp', 'pressure', 'visib'];
const JANUARY = 1;
const JULY = 7;
/** Of January's 27,004 flights in order: whole windows of 1,000, since a peer that learns from windows would learn from one of 4 rows too. */
const JANUARY_ROWS = 27_000;
/** Rows of a week that are used: the shortest week, New Year's, has 6,099. */
const WEEK_ROWS = 6000;
const WEEK_MINUTES = 7 * 1440;
const SHUFFLE_BASELINE_ROWS = 10_000;

let reading;
/** The year's columns and the rows at which each month begins and ends, read once. */
function year() {
  reading ??= (async () => {
    const columns = {};
    await parquetRead({
      file: await asyncBufferFromFile(FILE),
      columns: [...NUMERIC, 'carrier', 'month', 'scheduled'],
      onChunk: ({ columnName, columnData, rowStart }) => {
        columns[columnName] ??= [];
        for (let i = 0; i < columnData.length; i++) columns[columnName][rowStart + i] = columnData[i];
      },
    });
    return columns;
  })();
  return reading;
}
/** The year's carriers, in order: a code in the stream is an index of this list. */
const CARRIERS = ['9E', 'AA', 'AS', 'B6', 'DL', 'EV', 'F9', 'FL', 'HA', 'MQ', 'OO', 'UA', 'US', 'VX', 'WN', 'YV'];

function gather(columns, rows) {
  const numbers = NUMERIC.map(name => Float64Array.from(rows, row => columns[name][row] ?? Number.NaN));
  return [...numbers, Float64Array.from(rows, row => CARRIERS.indexOf(columns.carrier[row]))];
}

/** The first rows of week `week` (0 to 3) of a month, in order of scheduled departure. */
function weekRows(columns, month, week) {
  const first = columns.month.indexOf(month);
  const beginsAt = Math.floor(columns.scheduled[first] / 1440) * 1440 + week * WEEK_MINUTES;
  const begin = columns.scheduled.findIndex((minute, row) => row >= first && minute >= beginsAt);
  return Array.from({ length: WEEK_ROWS }, (_, i) => begin + i);
}
const january = columns => {
  const first = columns.month.indexOf(JANUARY);
  return Array.from({ length: columns.month.lastIndexOf(JANUARY) + 1 - first }, (_, i) => first + i);
};

const flights = (name, title, more) => ({
  name,
  title,
  columns: [
    ...NUMERIC.map(column => ({ name: column, kind: 'numeric' })),
    { name: 'carrier', kind: 'category', categories: CARRIERS },
  ],
  windows: [100, 1000],
  ...more,
});

/** @type {(import('./synthetic.js').Scenario & { pick: (columns: object, run: number, random: import('./random.js').Random) => ArrayLike<number> })[]} */
export const FLIGHTS = [
  flights('flights-shuffled', 'flights: January against its own shuffle', {
    baselineRows: SHUFFLE_BASELINE_ROWS,
    rows: 17_000,
    changeAt: 17_000,
    runs: 20,
    // One shuffle, its first part the baseline: rows are exchangeable, so there is nothing to find.
    pick: (columns, _run, random) => {
      const rows = january(columns);
      return Array.from(shuffledIndices(random, rows.length).subarray(0, SHUFFLE_BASELINE_ROWS + 17_000), i => rows[i]);
    },
  }),
  flights('flights-weeks', "flights: January's weeks in order, against the whole of January", {
    baselineRows: JANUARY_ROWS,
    rows: WEEK_ROWS,
    changeAt: WEEK_ROWS,
    runs: 4,
    windows: [100, 1000, WEEK_ROWS],
    pick: (columns, run) => [...january(columns).slice(0, JANUARY_ROWS), ...weekRows(columns, JANUARY, run)],
  }),
  flights('flights-july', "flights: July's weeks in order, against January", {
    baselineRows: JANUARY_ROWS,
    rows: WEEK_ROWS,
    changeAt: 0,
    runs: 4,
    windows: [100, 1000, WEEK_ROWS],
    pick: (columns, run) => [...january(columns).slice(0, JANUARY_ROWS), ...weekRows(columns, JULY, run)],
  }),
];

/**
 * One run of a flights' scenario, as `synthesise` gives it.
 *
 * @throws RangeError for a run beyond the four weeks that a month has, where runs are weeks.
 */
export async function pickFlights(scenario, run, random) {
  if (scenario.name !== 'flights-shuffled' && !(run >= 0 && run < scenario.runs))
    throw new RangeError(`${scenario.name}: met run ${run}, expected 0 to ${scenario.runs - 1}`);
  const columns = await year();
  return gather(columns, scenario.pick(columns, run, random));
}
