import type { FeatureBaseline } from '../baseline/baseline.js';
import type { RowOrder } from '../dependence/ladder.js';
import { DEFAULT_CATEGORY_LIMIT } from '../feature/categorical.js';
import type { ColumnSpec } from '../feature/readings.js';
import type { PartColumn } from '../parts/part.js';
import type { CategoryHash } from '../sensitive/category.js';
import { CategoryColumn } from './category-column.js';
import type { CategoryStream } from './category-stream.js';
import { NumericColumn } from './numeric-column.js';
import type { NumericStream } from './numeric-stream.js';
import type { StreamOrder } from './stream-order.js';

/** The values of a feature or output under its name: every row's at first, and only what a stream keeps from {@link endRows} on. */
export class Column {
  readonly #name: string;
  // One of the two.
  #rows: NumericColumn | CategoryColumn | undefined;
  #stream: NumericStream | CategoryStream | undefined;

  /** @param hash how sensitive categories are written down; there where the model has a key. */
  constructor({ name, kind, limit, sensitive }: ColumnSpec, hash?: CategoryHash) {
    this.#name = name;
    this.#rows =
      kind === 'numeric'
        ? new NumericColumn(sensitive)
        : new CategoryColumn(limit ?? DEFAULT_CATEGORY_LIMIT, sensitive ? hash : undefined);
  }

  /** @param position where the row stands, once the rows have ended and if they are in order: see `StreamOrder`. */
  add(value: unknown, position: number): void {
    if (this.#rows === undefined) this.#stream!.add(value, position);
    else this.#rows.add(value);
  }

  addInvalid(position: number): void {
    if (this.#rows === undefined) this.#stream!.addInvalid(position);
    else this.#rows.addInvalid();
  }

  get missing(): number {
    return (this.#rows ?? this.#stream)!.missing;
  }

  /** Of a numeric column, before the rows have ended: what a row counts as, NaN for missing and Infinity for invalid. */
  numberAt(row: number): number {
    return (this.#rows as NumericColumn).at(row);
  }

  /** The same of the newest row, once they have. */
  get newest(): number {
    return (this.#stream as NumericStream).newest;
  }

  /** Keeps no row any longer: what they say goes into a sketch of size `k`, and into the blocks of `order`. To be called once. */
  endRows(k: number, order: RowOrder | undefined): void {
    const rows = this.#rows!;
    this.#stream = rows instanceof NumericColumn ? rows.toStream(k, order) : rows.toStream(order);
    this.#rows = undefined;
  }

  /** The part of the baseline, before the rows have ended. The values are given up: call it once. */
  finishRows(order: RowOrder | undefined): FeatureBaseline {
    return this.#rows!.finish(this.#name, order);
  }

  /** The same once they have. */
  finishStream(order: StreamOrder | undefined): FeatureBaseline {
    return this.#stream!.finish(this.#name, order);
  }

  /** What can be merged with that of other processes, once the rows have ended. The values are given up: call it once. */
  part(order: StreamOrder | undefined): PartColumn {
    return this.#stream!.part(this.#name, order);
  }
}
