import type { Verdict } from '@driftspan/sketch';
import type { FeatureFacts, MonthFacts } from './facts.js';
import { count, monthName, score, share } from './words.js';

/** No line is longer, unless the terminal has less. */
export const WIDTH = 98;

/** Gives a text its colour, or gives it back. */
export type Paint = (verdict: Verdict | 'header', text: string) => string;
export const plain: Paint = (_, text) => text;

interface TableColumn {
  readonly header: readonly [string, string];
  readonly width: number;
  readonly right?: true;
  /** What of a month stands there. */
  readonly cell: (month: MonthFacts) => string;
  readonly painted?: true;
}

const MONTH: TableColumn = { header: ['', 'month'], width: 9, cell: ({ month }) => monthName(month) };
const FLIGHTS: TableColumn = { header: ['', 'flights'], width: 7, right: true, cell: month => count(month.flights) };
const STATUS: TableColumn = {
  header: ['at its', 'end'],
  width: 8,
  cell: ({ verdict }) => verdict,
  painted: true,
};
const JUDGED: TableColumn = {
  header: ['', 'judged'],
  width: 8,
  cell: ({ features }) => `${features.filter(({ judged }) => judged).length} of ${features.length}`,
};
const FURTHEST: TableColumn = {
  header: ['furthest from January:', 'PSI (a warning takes)'],
  width: 26,
  cell: ({ features }) => furthestText(features[0]!, true),
};
const FURTHEST_SHORT: TableColumn = {
  header: ['furthest from', 'January: PSI'],
  width: 18,
  cell: ({ features }) => furthestText(features[0]!, false),
};
const SHARES: readonly TableColumn[] = [
  { header: ['were', 'right'], width: 6, right: true, cell: month => share(month.accuracy, 1) },
  { header: ['mean', 'conf.'], width: 6, right: true, cell: month => share(month.confidence, 1) },
  { header: ['said', 'late'], width: 6, right: true, cell: month => share(month.predictedLate, 1) },
  { header: ['were', 'late'], width: 6, right: true, cell: month => share(month.late, 1) },
];
const WIDE: readonly TableColumn[] = [MONTH, FLIGHTS, STATUS, JUDGED, FURTHEST, ...SHARES];
/** For a terminal of 80 columns: 79. */
const NARROW: readonly TableColumn[] = [MONTH, FLIGHTS, STATUS, FURTHEST_SHORT, ...SHARES];
const GAP = '  ';

/** Two lines of headings. @param width of the terminal, in columns. */
export function headerLines(paint: Paint = plain, width = WIDTH): string[] {
  return [0, 1].map(line => paint('header', joined(columnsOf(width), ({ header }) => header[line]!).trimEnd()));
}

/** One line of the table. */
export function monthLine(month: MonthFacts, paint: Paint = plain, width = WIDTH): string {
  return joined(
    columnsOf(width),
    ({ cell }) => cell(month),
    (text, { painted }) => (painted ? paint(month.verdict, text) : text),
  );
}

function columnsOf(width: number): readonly TableColumn[] {
  return width < WIDTH ? NARROW : WIDE;
}

/** The feature that moved most, and from which index on a warning had been possible. */
function furthestText({ feature, psi, detectable }: FeatureFacts, withDetectable: boolean): string {
  if (!(psi > 0)) return '-';
  const moved = `${feature} ${score(psi)}`;
  return withDetectable && detectable !== null ? `${moved} (${detectable.toFixed(1)})` : moved;
}

function joined(
  columns: readonly TableColumn[],
  textOf: (column: TableColumn) => string,
  paint: (text: string, column: TableColumn) => string = text => text,
): string {
  return columns
    .map(column => {
      const text = textOf(column);
      return paint(column.right ? text.padStart(column.width) : text.padEnd(column.width), column);
    })
    .join(GAP);
}
