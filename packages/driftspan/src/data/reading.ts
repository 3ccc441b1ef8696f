import type { DuckDBDataChunk, DuckDBListVector, DuckDBVector } from '@duckdb/node-api';
import type { CellExpressions } from './cells.js';
import { checkedColumn } from './column-names.js';
import type { ColumnKind } from './kinds.js';
import type { ReadPlan } from './plan.js';
import type { RowBeingRead } from './row-being-read.js';
import type { Table } from './source.js';
import { MAX_INLINED, type TextVectorDecoder } from './text-decoder.js';
import { doublesOf, validityOf } from './vector-memory.js';

/** Takes what it is for out of a piece of the answer. */
type Fill = (chunk: DuckDBDataChunk, row: RowBeingRead, decoder: TextVectorDecoder) => void;

export interface Reading {
  readonly sql: string;
  readonly sortedSql: string;
  readonly fills: readonly Fill[];
}

/** How a plan is read off a table. @throws CliError `ERR_DATA_COLUMN` for a column that is not there. */
export function readingOf(table: Table, plan: ReadPlan): Reading {
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
  readonly #hashed: number[] = [];
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
    const hash = valueAt !== undefined && kind === 'categorical' ? this.#hash(valueAt) : undefined;
    const values: unknown[] = [];
    this.#fills.push((chunk, row, decoder) => {
      if (valueAt === undefined) values.fill(undefined, 0, chunk.rowCount);
      else if (kind === 'embedding') vectorsInto(chunk.getColumnVector(valueAt), values);
      else decoder.decode(chunk.getColumnVector(valueAt), hash && chunk.getColumnVector(hash()), values);
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

  /** Hashes of long texts, so that those that come again are not decoded again. @returns where they stand, once all is selected. */
  #hash(value: number): () => number {
    const at = this.#hashed.push(value) - 1;
    return () => this.#selected.length + at;
  }

  /** The time is what was added last. */
  finish(hasTime: boolean): Reading {
    // A row that has nothing to read still counts.
    const selected = this.#selected.length === 0 ? ['1::DOUBLE'] : this.#selected;
    const columns = selected.map((expression, i) => `${expression} AS v${i}`).join(', ');
    const from = this.#table.from([...this.#wanted]);
    const hashes = this.#hashed.map(i => `CASE WHEN strlen(v${i}) > ${MAX_INLINED} THEN hash(v${i}) ELSE 0 END`);
    const answers = [...selected.map((_, i) => `v${i}`), ...hashes].join(', ');
    const sql = `SELECT ${answers} FROM (SELECT ${columns} FROM ${from})`;
    const numbered = `SELECT ${columns}, row_number() OVER () AS place FROM ${from}`;
    const sortedSql = `SELECT ${answers} FROM (${numbered}) ORDER BY v${selected.length - 1}, place`;
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
