import { textWidth } from './text-width.js';

/** Wider lines are hard to read, however wide the terminal is. */
export const MOST_COLUMNS = 100;
/** Where it is no terminal: a log, a file. */
const COLUMNS = 100;

/** How wide prose is written on a stream. */
export function proseWidth(columns: number | undefined): number {
  return Math.min(columns ?? COLUMNS, MOST_COLUMNS);
}

/**
 * Breaks a text between words (`31 %` is one) so that no line is wider than `width`, its indent included; a word that is too long stands alone.
 * Colours take no room. `first` stands before the first line in place of the indent.
 */
export function wrapped(text: string, width: number, indent = '', first = indent): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(/ (?!%)/)) {
    if (!empty && textWidth(line) + 1 + textWidth(word) > width) {
      lines.push(line);
      line = indent;
      empty = true;
    }
    line += empty ? word : ` ${word}`;
    empty = false;
  }
  return [...lines, line];
}
