import type { DuckDBDataChunk, DuckDBListVector, DuckDBVector } from '@duckdb/node-api';
import { CliError } from '../errors.js';
import type { CellExpressions } from './cells.js';
import { checkedColumn } from './column-names.js';
import { Cursor, type DataRow } from './cursor.js';
import type { ColumnKind } from './kinds.js';
import type { ReadPlan } from './plan.js';
import type { DataSource, Table } from './source.js';
import { TextVectorDecoder } from './text-decoder.js';
import { checkTimes } from './times.js';
import { doublesOf, validityOf } from './vector-memory.js';

export interface ReadOptions {
  /** Rows so far, and of all if that is known without another reading. */
  onProgress?(done: number, total: number | undefined): void;
  readonly signal?: AbortSignal;
  each(row: DataRow): void;
}

/**
 * Reads the rows of a source, each once: in the order of the files, or with `plan.time` in order of time, those of one time as they stand in the
 * files. What a cell counts as is worked out by DuckDB on all cores; here it is looked up. Nothing is kept, and no row object is made: memory
 * does not grow with the rows, and sorting goes to disk beyond DuckDB's limit.
 *
 * @throws CliError `ERR_DATA_EMPTY` without a row, `ERR_DATA_TIME` for rows without a time, `ERR_CANCELLED`, `ERR_DATA_FORMAT` and
 * what else the file has wrong; what `each` throws comes through.
 */
export async function readRows(source: DataSource, plan: ReadPlan, options: ReadOptions): Promise<{ rows: number }> {
  const { table, description } = source;
  const { each, onProgress, signal } = options;
  const isSorted = plan.time === undefined || (await checkTimes(source, plan.time, signal));
  const reading = readingOf(table, plan);
  const row = new RowBeingRead(plan);
  const decoder = new TextVectorDecoder();
  let rows = 0;
  await table.engine.stream(isSorted ? reading.sql : reading.sortedSql, description, signal, chunk => {
    for (const fill of reading.fills) fill(chunk, row, decoder);
    const count = chunk.rowCount;
    for (let at = 0; at < count; at++) {
      row.moveTo(at);
      each(row);
    }
    rows += count;
    onProgress?.(rows, table.rows);
  });
  if (rows === 0) throw noRows(description);
  table.rows = rows;
  return { rows };
}

export function noRows(description: string): CliError {
  return new CliError('ERR_DATA_EMPTY', description, 'no row', 'at least one row');
}

class RowBeingRead implements DataRow {
  readonly input: Cursor;
  readonly output: { label?: string | number; confidence?: number; value?: number } | undefined;
  time: number | undefined = undefined;
  labels: unknown[] | undefined;
  confidences: Float64Array | undefined;
  outputValues: Float64Array | undefined;
  times: Float64Array | undefined;

  constructor({ features, label, confidence, value }: ReadPlan) {
    this.input = new Cursor(features.length);
    this.output = label === undefined && confidence === undefined && value === undefined ? undefined : {};
  }

  moveTo(at: number): void {
    this.input.at = at;
    if (this.times !== undefined) this.time = this.times[at]!;
    const { output } = this;
    if (output === undefined) return;
    if (this.labels !== undefined) output.label = this.labels[at] as string;
    if (this.confidences !== undefined) output.confidence = this.confidences[at]!;
    if (this.outputValues !== undefined) output.value = this.outputValues[at]!;
  }
}

/** Takes what it is for out of a piece of the answer. */
type Fill = (chunk: DuckDBDataChunk, row: RowBeingRead, decoder: TextVectorDecoder) => void;

interface Reading {
  readonly sql: string;
  readonly sortedSql: string;
  readonly fills: readonly Fill[];
}

function readingOf(table: Table, plan: ReadPlan): Reading {
  const builder = new ReadingBuilder(table);
  plan.features.forEach(({ column, kind }, k) => {
    if (column !== undefined) builder.addFeature(column, kind, k);
  });
  if (plan.label !== undefined) builder.addLabel(plan.label);
  if (plan.confidence !== undefined) {
    builder.addNumber(plan.confidence, 'numeric', (row, numbers) => {
      row.confidences = numbers;
    });
  }
  if (plan.value !== undefined) {
    builder.addNumber(plan.value, 'numeric', (row, numbers) => {
      row.outputValues = numbers;
    });
  }
  if (plan.time !== undefined) {
    builder.addNumber(plan.time, 'datetime', (row, numbers) => {
      row.times = numbers;
    });
  }
  return builder.finish(plan.time !== undefined);
}

class ReadingBuilder {
  readonly #table: Table;
  readonly #names: readonly string[];
  readonly #selected: string[] = [];
  readonly #wanted = new Set<number>();
  readonly #fills: Fill[] = [];

  constructor(table: Table) {
    this.#table = table;
    this.#names = table.columns.map(({ name }) => name);
  }

  addFeature(column: string, kind: ColumnKind, k: number): void {
    if (kind === 'numeric' || kind === 'datetime') {
      this.addNumber(column, kind, (row, numbers) => {
        row.input.numbers[k] = numbers;
      });
    } else {
      this.#addValue(column, kind, (row, values) => {
        row.input.values[k] = values;
      });
    }
  }

  addLabel(column: string): void {
    this.#addValue(column, 'categorical', (row, values) => {
      row.labels = values;
    });
  }

  addNumber(
    column: string,
    kind: 'numeric' | 'datetime',
    take: (row: RowBeingRead, numbers: Float64Array) => void,
  ): void {
    const at = this.#select(this.#expressions(column, kind).number!);
    this.#fills.push((chunk, row) => take(row, numbersAt(chunk, at)));
  }

  #addValue(column: string, kind: ColumnKind, take: (row: RowBeingRead, values: unknown[]) => void): void {
    const { value, number } = this.#expressions(column, kind);
    const valueAt = value === undefined ? undefined : this.#select(value);
    const numberAt = number === undefined ? undefined : this.#select(number);
    const decode = kind === 'embedding' ? vectorsInto : textsInto;
    const values: unknown[] = [];
    this.#fills.push((chunk, row, decoder) => {
      if (valueAt === undefined) values.fill(undefined, 0, chunk.rowCount);
      else decode(chunk.getColumnVector(valueAt), values, decoder);
      if (numberAt !== undefined) numbersInto(numbersAt(chunk, numberAt), values);
      take(row, values);
    });
  }

  #expressions(name: string, kind: ColumnKind): CellExpressions {
    const index = this.#names.indexOf(checkedColumn(name, this.#names));
    this.#wanted.add(index);
    return this.#table.cells[kind](this.#table.columns[index]!);
  }

  #select(expression: string): number {
    return this.#selected.push(expression) - 1;
  }

  /** The time is what was added last. */
  finish(hasTime: boolean): Reading {
    // A row that has nothing to read still counts.
    const selected = this.#selected.length === 0 ? ['1::DOUBLE'] : this.#selected;
    const columns = selected.map((expression, i) => `${expression} AS v${i}`).join(', ');
    const from = this.#table.from([...this.#wanted]);
    const sql = `SELECT ${columns} FROM ${from}`;
    const names = selected.map((_, i) => `v${i}`);
    const numbered = `SELECT ${columns}, row_number() OVER () AS place FROM ${from}`;
    const sortedSql = `SELECT ${names.join(', ')} FROM (${numbered}) ORDER BY ${names.at(-1)}, place`;
    return { sql, sortedSql: hasTime ? sortedSql : sql, fills: this.#fills };
  }
}

function numbersAt(chunk: DuckDBDataChunk, at: number): Float64Array {
  return doublesOf(chunk.getColumnVector(at));
}

function numbersInto(numbers: Float64Array, values: unknown[]): void {
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i]!;
    if (!Number.isNaN(number)) values[i] = number;
  }
}

function textsInto(vector: DuckDBVector, values: unknown[], decoder: TextVectorDecoder): void {
  decoder.decode(vector, values);
}

/** Views of the numbers, which lie one behind the other. */
function vectorsInto(vector: DuckDBVector, values: unknown[]): void {
  const lists = vector as DuckDBListVector;
  const numbers = doublesOf(lists.childVector);
  const valid = validityOf(vector);
  for (let i = 0; i < lists.itemCount; i++) {
    const isThere =
      valid === null ? lists.getItem(i) !== null : valid === undefined || (valid[i >> 5]! >>> (i & 31)) & 1;
    const start = isThere ? lists.getEntryOffset(i) : 0;
    values[i] = isThere ? numbers.subarray(start, start + lists.getEntryLength(i)) : undefined;
  }
}
