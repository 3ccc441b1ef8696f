import type { CellColumn } from './cells.js';
import type { Table } from './source.js';

/** Of one query; wide files are read several times instead, so that a piece of 2,048 rows of texts stays within some 100 MB. */
const COLUMNS_AT_ONCE = 1000;

/** Columns of one type, looked at by one set of expressions. */
export interface ColumnGroup {
  readonly indices: readonly number[];
  /** Any of them, as `x`. */
  readonly column: CellColumn;
  /**
   * A query of all their cells, as pairs of `i`, the column's index, and `x`. Expressions over 1,000 columns one by one would take DuckDB 10 ms
   * each before the first row; over pairs they take as long for one column as for all.
   */
  readonly cells: string;
}

/** Columns by their type, at most 1,000 together. */
export function columnGroups(table: Table, wanted: readonly number[]): readonly ColumnGroup[] {
  const byType = new Map<string, number[]>();
  for (const i of wanted) {
    const { sqlType } = table.columns[i]!;
    const indices = byType.get(sqlType);
    if (indices === undefined) byType.set(sqlType, [i]);
    else indices.push(i);
  }
  return [...byType.values()].flatMap(indices => {
    const groups: ColumnGroup[] = [];
    for (let start = 0; start < indices.length; start += COLUMNS_AT_ONCE) {
      groups.push(groupOf(table, indices.slice(start, start + COLUMNS_AT_ONCE)));
    }
    return groups;
  });
}

function groupOf(table: Table, indices: readonly number[]): ColumnGroup {
  const refs = indices.map(i => table.columns[i]!.ref).join(', ');
  const cells = `SELECT unnest([${indices.join(', ')}]) AS i, unnest([${refs}]) AS x FROM ${table.from(indices)}`;
  return { indices, column: { ...table.columns[indices[0]!]!, ref: 'x' }, cells };
}
