/**
 * A Markdown table whose columns are aligned in the source too: the first `names` of them stand to the left, numbers to the right.
 * Every row has as many cells as there are headings.
 */
export function markdownTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  names: number,
): string[] {
  const widths = headings.map((heading, i) => Math.max(heading.length, 3, ...rows.map(row => row[i]!.length)));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const padded = (cells: readonly string[]): string =>
    line(cells.map((cell, i) => (i < names ? cell.padEnd(widths[i]!) : cell.padStart(widths[i]!))));
  const rule = widths.map((width, i) => (i < names ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`));
  return [padded(headings), line(rule), ...rows.map(padded)];
}
