import type { InferredColumn } from '../data/index.js';
import type { Colours } from '../terminal/colours.js';
import { type Cell, tableText } from '../terminal/table.js';
import { count, number, printable, share } from '../terminal/words.js';
import { proseWidth, wrapped } from '../terminal/wrapped.js';

/** From here on there is room for what the file itself says of a column. */
const WIDE_COLUMNS = 110;

/** A longer name would push all else out of the terminal. */
const MOST_OF_A_NAME = 40;

/** What was made of each column, and why: a line a column; below it what a person should look at twice. */
export function inferredText(
  inferred: readonly InferredColumn[],
  colours: Colours,
  columns: number | undefined,
): string {
  const wide = columns === undefined || columns >= WIDE_COLUMNS;
  const head = wide
    ? ['column', 'in the file', 'used as', 'distinct', 'missing', 'from', 'to', 'why']
    : ['column', 'used as', 'distinct', 'missing', 'why'];
  const rows = inferred.map((column): Cell[] => {
    const { name, type, profile } = column;
    const [reason] = reasonsOf(column);
    const used: Cell = { text: usedAs(column), colour: colourOf(column, colours) };
    const distinct = `${count(profile.distinct)}`;
    const missing = profile.missing === 0 ? '' : share(profile.missing / profile.rows);
    const shown = name.length > MOST_OF_A_NAME ? `${name.slice(0, MOST_OF_A_NAME - 1)}…` : name;
    if (!wide) return [shown, used, distinct, missing, reason];
    const [from, to] = column.sensitive ? ['', ''] : [rangeEnd(profile.min), rangeEnd(profile.max)];
    return [shown, type, used, distinct, missing, from, to, reason];
  });
  const doubts = inferred.flatMap(column => {
    const doubt = reasonsOf(column)[1];
    return doubt === undefined
      ? []
      : wrapped(`${printable(column.name)}: ${printable(doubt)}`, proseWidth(columns), '    ', '  ');
  });
  const table = tableText(head, rows, { width: columns, head: colours.dim });
  return doubts.length === 0 ? table : `${table}\n${['Look twice:', ...doubts].join('\n')}\n`;
}

/** `numbers`, and what has to be said besides: `9 different whole ones: …`. */
function reasonsOf({ reason }: InferredColumn): [short: string, doubt: string | undefined] {
  const at = reason.indexOf('; ');
  return at < 0 ? [reason, undefined] : [reason.slice(0, at), reason.slice(at + 2)];
}

function usedAs({ use, kind, limit, sensitive }: InferredColumn): string {
  if (use !== 'feature')
    return use === 'excluded' || use === 'refused' ? use : `prediction ${use}`.replace('prediction time', 'time');
  const kept = limit === undefined ? '' : ` (${count(limit)})`;
  return `${sensitive ? 'sensitive ' : ''}${kind ?? ''}${kept}`;
}

function colourOf({ use }: InferredColumn, colours: Colours): (text: string) => string {
  if (use === 'excluded') return colours.dim;
  return use === 'refused' ? colours.red : colours.cyan;
}

function rangeEnd(value: number | undefined): string {
  return value === undefined ? '' : number(value);
}
