import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { BaselineLearner, stringifyBaseline } from '@driftspan/sketch';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll } from 'vitest';
import {
  type ColumnChoices,
  type DataSource,
  type InferredColumn,
  inferColumns,
  modelOf,
  openSource,
  planOf,
  profileColumns,
  type ReadPlan,
  readRows,
  type SourceOptions,
} from '../../src/data/index.js';
import { CliError } from '../../src/errors.js';

/** A folder for the tests of one file, and real files in it. */
export class TempFiles {
  #folder = '';

  constructor() {
    beforeAll(() => {
      this.#folder = mkdtempSync(join(tmpdir(), 'driftspan-data-test-'));
    });
    afterAll(() => rmSync(this.#folder, { recursive: true, force: true }));
  }

  path(name: string): string {
    return join(this.#folder, name);
  }

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.path(name), content);
    return this.path(name);
  }

  /** Writes what a query gives as Parquet, or in another form of DuckDB's COPY. */
  async copy(name: string, query: string, form = 'FORMAT parquet'): Promise<string> {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(`COPY (${query}) TO '${this.path(name).replaceAll("'", "''")}' (${form})`);
    connection.closeSync();
    instance.closeSync();
    return this.path(name);
  }
}

export const CHOICES: ColumnChoices = { features: new Map(), exclude: [], sensitive: [] };
const NO_INPUT = Readable.from([]);

/** Works with a source and closes it. */
export async function withSource<T>(
  options: SourceOptions | string,
  work: (source: DataSource) => Promise<T>,
  stdin: NodeJS.ReadableStream = NO_INPUT,
): Promise<T> {
  const source = await openSource(typeof options === 'string' ? { files: [options] } : options, stdin);
  try {
    return await work(source);
  } finally {
    await source.close();
  }
}

export function inferred(
  options: SourceOptions | string,
  choices: Partial<ColumnChoices> = {},
): Promise<readonly InferredColumn[]> {
  return withSource(options, async source => inferColumns(await profileColumns(source), { ...CHOICES, ...choices }));
}

/** What a column was found to be, as `name: use kind, reason`. */
export async function inferredWords(
  options: SourceOptions | string,
  choices: Partial<ColumnChoices> = {},
): Promise<readonly string[]> {
  const columns = await inferred(options, choices);
  return columns.map(({ name, use, kind, reason }) => `${name}: ${kind ?? use}, ${reason}`);
}

/** Every value that is read of the features, row by row; vectors as arrays. */
export async function valuesRead(
  options: SourceOptions | string,
  features: Record<string, ReadPlan['features'][number]['kind']>,
  more: Omit<ReadPlan, 'features'> = {},
): Promise<readonly (readonly unknown[])[]> {
  const plan: ReadPlan = {
    features: Object.entries(features).map(([name, kind]) => ({ name, column: name, kind })),
    ...more,
  };
  const rows: unknown[][] = [];
  await withSource(options, async source => {
    const model = modelOf(plan, { name: 'read', version: '1' });
    const readers = plan.features.map(({ name }) => model.features![name]!.read!);
    await readRows(source, plan, {
      each({ input, output, time }) {
        const values = readers.map(read => plain(read(input)));
        if (output !== undefined) values.push({ ...output });
        if (time !== undefined) values.push(time);
        rows.push(values);
      },
    });
  });
  return rows;
}

function plain(value: unknown): unknown {
  return value instanceof Float64Array ? [...value] : value;
}

/** The text of the baseline of a file, everything inferred but what `choices` say. */
export function learnedText(options: SourceOptions | string, choices: Partial<ColumnChoices> = {}): Promise<string> {
  return withSource(options, async source => {
    const plan = planOf(inferColumns(await profileColumns(source), { ...CHOICES, ...choices }));
    const model = modelOf(plan, { name: 'learned', version: '1', sensitiveKey: 'a key of the tests' });
    const learner = new BaselineLearner(model);
    await readRows(source, plan, { each: row => learner.add(row) });
    return stringifyBaseline(learner.finish());
  });
}

/** The error that something refuses with, as `where: met, expected (code)`; its hint behind it. */
export async function refusal(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (!(error instanceof CliError)) throw error;
    return `${error.message}${error.hint === undefined ? '' : ` ${error.hint}`}`;
  }
  throw new Error('nothing was refused');
}
