import { cutText, textWidth } from './text-width.js';
import { NOTHING, number, printable } from './words.js';

/** Text is made printable first, so that colours are given beside it; a number is written with 4 digits. */
export type Cell =
  | string
  | number
  | undefined
  | { readonly text: string; readonly colour?: ((text: string) => string) | undefined };

export interface TableOptions {
  /** Columns of the terminal; undefined: as wide as it comes, as in a file. */
  readonly width?: number | undefined;
  /** Colours the head. */
  readonly head?: (text: string) => string;
  /** Before each line. Default two blanks. */
  readonly indent?: string;
  /** Index of the column that is cut with … where the table is too wide. Default the last that is not of numbers. */
  readonly cut?: number;
}

/** What a column of numbers may hold: the column stands to the right if every cell is such, or empty. */
const NUMERIC = /^(?:[<>≥≤]?[-+]?[\d,]+(?:\.\d+)?(?:e[-+]?\d+)?(?: ?%)?|–|-?∞|)$/;
const GAP = '  ';
/** Below this a cut column says nothing; the terminal wraps the line instead. */
const LEAST_CUT = 8;

/**
 * Aligned columns without borders, a line a row, each ending in a line feed. Numbers stand to the right; cells beyond the head are left
 * out. About 2 µs a cell: 10,000 rows are printed before anybody notices.
 */
export function tableText(
  head: readonly string[],
  rows: readonly (readonly Cell[])[],
  { width, head: headColour = text => text, indent = '  ', cut }: TableOptions = {},
): string {
  const texts = rows.map(row => head.map((_, column) => textOf(row[column])));
  const right = head.map((_, column) => rows.length > 0 && texts.every(row => NUMERIC.test(row[column]!)));
  const widths = head.map((name, column) =>
    texts.reduce((most, row) => Math.max(most, textWidth(row[column]!)), textWidth(name)),
  );
  if (width !== undefined) cutWidth(widths, cut ?? right.lastIndexOf(false), width - indent.length);
  const lineOf = (cells: readonly string[], colour: (column: number) => ((text: string) => string) | undefined) => {
    const padded = cells.map((text, column) => {
      const fitting = cutText(text, widths[column]!);
      const blanks = ' '.repeat(Math.max(0, widths[column]! - textWidth(fitting)));
      const coloured = colour(column)?.(fitting) ?? fitting;
      return right[column] ? blanks + coloured : coloured + blanks;
    });
    return `${(indent + padded.join(GAP)).trimEnd()}\n`;
  };
  const lines = rows.map((row, i) => lineOf(texts[i]!, column => colourOf(row[column])));
  return lineOf(head, () => headColour) + lines.join('');
}

/** Takes from one column what is too much for the terminal. */
function cutWidth(widths: number[], column: number, room: number): void {
  const tooMuch = widths.reduce((sum, own) => sum + own, GAP.length * (widths.length - 1)) - room;
  const own = widths[column];
  if (own !== undefined && tooMuch > 0) widths[column] = Math.min(own, Math.max(own - tooMuch, LEAST_CUT));
}

function textOf(cell: Cell): string {
  if (cell === undefined) return '';
  if (typeof cell === 'number') return Number.isNaN(cell) ? NOTHING : number(cell);
  return printable(typeof cell === 'string' ? cell : cell.text);
}

function colourOf(cell: Cell): ((text: string) => string) | undefined {
  return typeof cell === 'object' ? cell.colour : undefined;
}
