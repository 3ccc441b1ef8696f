import { fileURLToPath } from 'node:url';
import { categorical, defineModel, numeric } from '@driftspan/sketch';
import { asyncBufferFromFile, parquetReadObjects } from 'hyparquet';

const DATA = fileURLToPath(new URL('../../../../examples/flight-delays/data/flights-2013.parquet', import.meta.url));

export interface Flight {
  /** Minutes since 2013-01-01 00:00. */
  readonly scheduled: number;
  readonly hour: number;
  readonly carrier: string;
  readonly origin: string;
  readonly dest: string;
  readonly distance: number;
  readonly temp: number | null;
  readonly dewp: number | null;
  readonly humid: number | null;
  readonly wind_speed: number | null;
  readonly precip: number | null;
  readonly pressure: number | null;
  readonly visib: number | null;
}

export const FLIGHT_MODEL = defineModel<Flight>({
  name: 'flight-delay',
  version: '2013.01',
  task: 'classification',
  features: {
    carrier: categorical(),
    origin: categorical(),
    dest: categorical(),
    hour: numeric(),
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

/** The flights of January 2013 out of New York, in order of scheduled departure. */
export async function january(): Promise<Flight[]> {
  const rows = await parquetReadObjects({
    file: await asyncBufferFromFile(DATA),
    columns: ['month', 'scheduled', ...Object.keys(FLIGHT_MODEL.features!)],
    rowEnd: 40_000,
  });
  return rows.filter(row => row['month'] === 1) as unknown as Flight[];
}
