import { columnGroups } from './column-groups.js';
import { looksPersonal } from './personal.js';
import type { ColumnProfile } from './profile.js';
import type { Table } from './source.js';

/** Rows at the head of the file whose values are looked at. */
const ROWS_LOOKED_AT = 5000;

/** Why columns look personal, by their index. Values stay in memory, and no longer than this takes. */
export async function personalColumns(
  table: Table,
  profiles: readonly ColumnProfile[],
  description: string,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<number, string>> {
  const reasons = new Map<number, string>();
  // What has two values tells yes from no, whatever it is called.
  const wanted = [...profiles.keys()].filter(i => profiles[i]!.distinct > 2);
  for (const { indices, column } of columnGroups(table, wanted)) {
    const { text, number } = table.cells.facts(column);
    const words = text ?? (number === undefined ? 'NULL' : `format('{:.0f}', ${number})`);
    const refs = indices.map(i => table.columns[i]!.ref).join(', ');
    const head = `SELECT ${refs} FROM ${table.from(indices)} LIMIT ${ROWS_LOOKED_AT}`;
    const cells = `SELECT unnest([${indices.join(', ')}]) AS i, unnest([${refs}]) AS x FROM (${head})`;
    const values = new Map<number, string[]>(indices.map(i => [i, []]));
    const answer = await table.engine.rows(`SELECT DISTINCT i, ${words} AS word FROM (${cells})`, description, signal);
    for (const [i, word] of answer) if (typeof word === 'string') values.get(Number(i))!.push(word);
    for (const [i, some] of values) {
      const reason = looksPersonal(profiles[i]!.name, some);
      if (reason !== undefined) reasons.set(i, reason);
    }
  }
  return reasons;
}
