import { fileURLToPath } from 'node:url';
import { type Baseline, categorical, defineModel, learnBaseline, numeric, type TrainingRow } from '@driftspan/sketch';
import { DuckDBInstance } from '@duckdb/node-api';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';

/** All flights of 2013: see `examples/flight-delays/data/README.md`. */
export const FLIGHTS_FILE = fileURLToPath(
  new URL('../../../examples/flight-delays/data/flights-2013.parquet', import.meta.url),
);
/** Columns that the model does not read. */
export const NOT_FEATURES = 'scheduled,month,wind_gust,late,known_after';

interface Flight {
  readonly [column: string]: string | number | boolean | null;
}

/** The features of the file that are left, in its order, as `learnBaseline` is given them. */
const MODEL = defineModel<Flight>({
  name: 'flight-delay',
  version: '2013.01',
  transforms: '1',
  task: 'classification',
  features: {
    hour: numeric(),
    carrier: categorical(),
    origin: categorical(),
    dest: categorical(),
    distance: numeric(),
    temp: numeric(),
    dewp: numeric(),
    humid: numeric(),
    wind_speed: numeric(),
    precip: numeric(),
    pressure: numeric(),
    visib: numeric(),
  },
});

/** January's flights, read without DuckDB. */
export async function januaryFlights(): Promise<readonly Flight[]> {
  const rows = (await parquetReadObjects({ file: await asyncBufferFromFile(FLIGHTS_FILE) })) as Flight[];
  return rows.filter(({ month }) => month === 1);
}

/** What `learnBaseline` makes of them: with whether they were late as the label, and in order of time or in none. */
export async function learnedFlights(flights: readonly Flight[], timed: boolean, source: string): Promise<Baseline> {
  const rows = flights.map(
    (input): TrainingRow<Flight> => ({
      input,
      output: { label: input['late'] },
      ...(timed ? { time: input['scheduled'] as number } : undefined),
    }),
  );
  return learnBaseline(MODEL, rows, { provenance: { source } });
}

/** Writes flights to a file as DuckDB does; its name says in which format, `columns` as SQL selects them. */
export async function exportFlights(path: string, where: string, columns = '*'): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
    await connection.run(
      `COPY (SELECT ${columns} FROM read_parquet(${quoted(FLIGHTS_FILE)}) WHERE ${where}) TO ${quoted(path)} (${formatOf(path)})`,
    );
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

function formatOf(path: string): string {
  if (path.includes('.csv')) return 'FORMAT csv, HEADER';
  return path.includes('.parquet') ? 'FORMAT parquet' : 'FORMAT json';
}
