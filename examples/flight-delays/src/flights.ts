import { asyncBufferFromFile, type ColumnData, parquetRead } from 'hyparquet';
import { FLIGHTS_FILE } from './files.js';
import type { Flight } from './flight-model.js';

/** The columns read, as `data/README.md` describes them. */
interface Columns {
  scheduled: number[];
  month: number[];
  carrier: string[];
  origin: string[];
  dest: string[];
  hour: number[];
  distance: number[];
  temp: (number | null)[];
  dewp: (number | null)[];
  humid: (number | null)[];
  wind_speed: (number | null)[];
  precip: (number | null)[];
  pressure: (number | null)[];
  visib: (number | null)[];
  late: (boolean | null)[];
  known_after: (number | null)[];
}

const COLUMNS: readonly (keyof Columns)[] = [
  'scheduled',
  'month',
  'carrier',
  'origin',
  'dest',
  'hour',
  'distance',
  'temp',
  'dewp',
  'humid',
  'wind_speed',
  'precip',
  'pressure',
  'visib',
  'late',
  'known_after',
];

/** The wall clock of New York is read as if it were UTC, so that a day of it is a day of the monitor's windows. */
const YEAR_START_MS = Date.UTC(2013, 0, 1);
const MINUTE_MS = 60_000;

/** A minute of the year, as `scheduledMinute` counts them, in ms since the epoch. */
export function timeMsOf(minute: number): number {
  return YEAR_START_MS + minute * MINUTE_MS;
}

/** What became of a flight, and the minute at which it was known. */
export interface Landing {
  readonly late: boolean;
  readonly knownAtMinute: number;
}

/** The year's flights in order of scheduled departure, held by column: a flight is an object only while it is asked about. */
export class Flights {
  readonly #columns: Columns;

  constructor(columns: Columns) {
    this.#columns = columns;
  }

  get length(): number {
    return this.#columns.scheduled.length;
  }

  /** Rows of a month: from the first to before the second. Months follow one another, since rows are in order of time. */
  month(month: number): readonly [first: number, end: number] {
    const { month: months } = this.#columns;
    const first = months.indexOf(month);
    return first < 0 ? [0, 0] : [first, months.lastIndexOf(month) + 1];
  }

  /** Minutes since the year began, in the wall-clock time of New York. */
  scheduledMinute(row: number): number {
    return this.#columns.scheduled[row]!;
  }

  /** What the model is asked about. */
  flight(row: number): Flight {
    const columns = this.#columns;
    return {
      id: String(row),
      carrier: columns.carrier[row]!,
      origin: columns.origin[row]!,
      dest: columns.dest[row]!,
      hour: columns.hour[row]!,
      distance: columns.distance[row]!,
      temp: columns.temp[row]!,
      dewp: columns.dewp[row]!,
      humid: columns.humid[row]!,
      wind_speed: columns.wind_speed[row]!,
      precip: columns.precip[row]!,
      pressure: columns.pressure[row]!,
      visib: columns.visib[row]!,
    };
  }

  /** undefined for a flight that was cancelled or diverted: nobody will ever say. */
  landing(row: number): Landing | undefined {
    const late = this.#columns.late[row];
    const knownAfter = this.#columns.known_after[row];
    if (typeof late !== 'boolean' || typeof knownAfter !== 'number') return undefined;
    return { late, knownAtMinute: this.scheduledMinute(row) + knownAfter };
  }
}

/** Reads the Parquet file; under a second for the year. */
export async function readFlights(): Promise<Flights> {
  const columns: Partial<Record<string, unknown[]>> = {};
  // The file has one row group, so a column comes in one piece; more of them would follow one another.
  const onChunk = ({ columnName, columnData }: ColumnData): void => {
    const before = columns[columnName];
    columns[columnName] = before === undefined ? Array.from(columnData) : [...before, ...columnData];
  };
  await parquetRead({ file: await asyncBufferFromFile(FLIGHTS_FILE), columns: [...COLUMNS], onChunk });
  const absent = COLUMNS.filter(name => columns[name] === undefined);
  if (absent.length > 0) throw new Error(`${FLIGHTS_FILE} has no column ${absent.join(', ')}`);
  return new Flights(columns as unknown as Columns);
}
