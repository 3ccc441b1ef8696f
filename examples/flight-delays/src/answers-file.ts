import { extname } from 'node:path';
import { DuckDBInstance, DuckDBTimestampValue } from '@duckdb/node-api';
import { type AnsweredFlight, answeredFlights } from './answered-flights.js';
import { FLIGHT_MODEL, type Flight } from './flight-model.js';
import type { Flights } from './flights.js';
import { loadFlightModel } from './onnx.js';

/** By the file's extension. The time has no zone in either: it is the wall clock of New York. */
const FORMATS: Readonly<Record<string, string>> = {
  '.csv': "FORMAT csv, TIMESTAMPFORMAT '%Y-%m-%dT%H:%M:%S'",
  '.parquet': 'FORMAT parquet',
};
export const ANSWERS_EXTENSIONS = Object.keys(FORMATS);

/** Types of the model's inputs, in the model's order: what a baseline made of the file then has too. */
const INPUTS = Object.entries(FLIGHT_MODEL.features!).map(
  ([name, { kind }]) => [name as keyof Flight, kind === 'numeric' ? 'DOUBLE' : 'VARCHAR'] as const,
);
const COLUMNS = [
  'scheduled_at TIMESTAMP',
  ...INPUTS.map(([name, type]) => `${name} ${type}`),
  'label VARCHAR',
  'confidence DOUBLE',
];

/**
 * Writes the flights of some months, when each was scheduled, and what the model answered, in order of time within a
 * month: what a service that logs its predictions has at the end of the month. A file that is there is replaced.
 * @param file Ends in `.csv` or `.parquet`.
 * @returns The number of flights.
 */
export async function writeAnswers(flights: Flights, months: readonly number[], file: string): Promise<number> {
  const format = FORMATS[extname(file)];
  if (format === undefined) throw new Error(`${file}: expected a name that ends in ${ANSWERS_EXTENSIONS.join(' or ')}`);
  const predict = await loadFlightModel();
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  try {
    await connection.run(`CREATE TABLE answers (${COLUMNS.join(', ')})`);
    const appender = await connection.createAppender('answers');
    let written = 0;
    for (const month of months) {
      for await (const answered of answeredFlights(flights, month, predict)) {
        append(answered);
        written++;
      }
    }
    appender.closeSync();
    await connection.run(`COPY answers TO '${file.replaceAll("'", "''")}' (${format})`);
    return written;

    function append({ flight, prediction, timeMs }: AnsweredFlight): void {
      appender.appendTimestamp(new DuckDBTimestampValue(BigInt(timeMs) * 1000n));
      for (const [name] of INPUTS) {
        const value = flight[name];
        if (value === null) appender.appendNull();
        else if (typeof value === 'number') appender.appendDouble(value);
        else appender.appendVarchar(value);
      }
      appender.appendVarchar(prediction.label);
      appender.appendDouble(prediction.probability);
      appender.endRow();
    }
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}
