import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { parseBaseline, stringifyBaseline } from '@driftspan/sketch';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeAnswers } from '../src/answers-file.js';
import { BASELINE_FILE } from '../src/files.js';
import { readFlights } from '../src/flights.js';
import { EXAMPLE } from './run-demo.js';

const COMMAND = fileURLToPath(new URL('../../../packages/driftspan/src/bin.ts', import.meta.url));
/** Reading the year, 27,004 and 29,425 calls of the model, and the command: seconds on quiet cores. */
const TIMEOUT_MS = 120_000;
const reference: { months: { month: number; flights: number; confidence: number; predictedLate: number }[] } =
  JSON.parse(readFileSync(join(EXAMPLE, 'training/reference.json'), 'utf8'));

const folder = mkdtempSync(join(tmpdir(), 'driftspan-answers-'));
const january = join(folder, "january's.parquet");
const sameAsText = join(folder, 'january.csv');
const july = join(folder, 'july.parquet');
afterAll(() => rmSync(folder, { recursive: true }));

beforeAll(async () => {
  const flights = await readFlights();
  expect(await writeAnswers(flights, [1], january)).toBe(27_004);
  await writeAnswers(flights, [1], sameAsText);
  await writeAnswers(flights, [7], july);
}, TIMEOUT_MS);

async function oneRow(sql: string): Promise<Record<string, unknown>> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const [row] = (await connection.runAndReadAll(sql)).getRowObjectsJS();
  connection.closeSync();
  instance.closeSync();
  return row!;
}
const path = (file: string): string => `'${file.replaceAll("'", "''")}'`;

test('the answers of July are those that NumPy found', async () => {
  const { flights, confidence, predictedLate } = reference.months.find(({ month }) => month === 7)!;
  const met = await oneRow(
    `SELECT count(*)::INTEGER AS flights, avg(confidence) AS confidence, avg((label = 'late')::INTEGER) AS late FROM ${path(july)}`,
  );
  expect(met['flights']).toBe(flights);
  expect(met['confidence']).toBeCloseTo(confidence, 6);
  expect(met['late']).toBeCloseTo(predictedLate, 6);
});

test('a CSV file holds what the Parquet file holds', async () => {
  const [a, b] = [`SELECT * FROM ${path(january)}`, `SELECT * FROM ${path(sameAsText)}`];
  const { differ } = await oneRow(
    `SELECT count(*)::INTEGER AS differ FROM ((${a} EXCEPT ALL ${b}) UNION ALL (${b} EXCEPT ALL ${a}))`,
  );
  expect(differ).toBe(0);
});

test.each([
  ['Parquet', january],
  ['CSV', sameAsText],
])(
  'the baseline that the command line makes of January as %s is the committed one',
  async (_, file) => {
    const made = join(folder, 'made.baseline.json');
    const options = '--model flight-delay@2013.01 --transforms 1 --task classification';
    const columns = '--label label --confidence confidence --time-column scheduled_at';
    await promisify(execFile)(process.execPath, [
      ...['--import', 'tsx', '-C', '@driftspan/source', COMMAND, 'baseline', file, '-o', made],
      ...`${options} ${columns}`.split(' '),
    ]);
    const { provenance: _made, ...learned } = parseBaseline(readFileSync(made, 'utf8'));
    const { provenance: _committed, ...committed } = parseBaseline(readFileSync(BASELINE_FILE, 'utf8'));
    expect(stringifyBaseline(learned)).toBe(stringifyBaseline(committed));
  },
  TIMEOUT_MS,
);

test('a name that is neither CSV nor Parquet is refused before anything is asked', async () => {
  await expect(writeAnswers(await readFlights(), [1], join(folder, 'january.json'))).rejects.toThrow(
    '.csv or .parquet',
  );
});
