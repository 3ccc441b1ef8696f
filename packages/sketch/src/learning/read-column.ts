import type { Column } from './column.js';

/** A feature or output that is counted itself, read off a row. */
export class ReadColumn<Source> {
  readonly column: Column;
  readonly #read: (source: Source) => unknown;

  constructor(column: Column, read: (source: Source) => unknown) {
    this.column = column;
    this.#read = read;
  }

  /** A value whose reader throws is invalid; `position` as in {@link Column.add}. */
  add(source: Source, position: number): void {
    let value: unknown;
    try {
      value = this.#read(source);
    } catch {
      this.column.addInvalid(position);
      return;
    }
    this.column.add(value, position);
  }
}
