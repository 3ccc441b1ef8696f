import type { Verdict } from '@driftspan/sketch';
import type { FeatureScore, MonthFacts } from './facts.js';
import { count, monthName, score, share } from './words.js';

/** No line is longer. */
export const WIDTH = 98;

/** Gives a text its colour, or gives it back. */
export type Paint = (verdict: Verdict | 'header', text: string) => string;
export const plain: Paint = (_, text) => text;

interface TableColumn {
  readonly header: readonly [string, string];
  readonly width: number;
  readonly right?: true;
}

const COLUMNS: readonly TableColumn[] = [
  { header: ['', 'month'], width: 9 },
  { header: ['', 'flights'], width: 7, right: true },
  { header: ['', 'verdict'], width: 8 },
  { header: ['furthest from January', 'feature and PSI'], width: 36 },
  { header: ['were', 'right'], width: 6, right: true },
  { header: ['mean', 'conf.'], width: 6, right: true },
  { header: ['said', 'late'], width: 6, right: true },
  { header: ['were', 'late'], width: 6, right: true },
];
const GAP = '  ';
const WORST_WIDTH = COLUMNS[3]!.width;

/** Two lines of headings. */
export function headerLines(paint: Paint = plain): string[] {
  return [0, 1].map(line =>
    paint(
      'header',
      joined(
        COLUMNS.map(({ header }) => header[line]!),
        text => text,
      ).trimEnd(),
    ),
  );
}

/** One line of the table. */
export function monthLine(month: MonthFacts, paint: Paint = plain): string {
  const { flights, verdict, worst, accuracy, confidence, predictedLate, late } = month;
  const shares = [accuracy, confidence, predictedLate, late].map(part => share(part, 1));
  return joined([monthName(month.month), count(flights), verdict, worstText(worst), ...shares], (text, column) =>
    column === 2 ? paint(verdict, text) : text,
  );
}

/** As many of the worst features as have room; a month in which nothing moved names none. */
function worstText(worst: readonly FeatureScore[]): string {
  let text = '';
  for (const { feature, psi } of worst.filter(({ psi }) => psi > 0)) {
    const longer = `${text}${text === '' ? '' : ', '}${feature} ${score(psi)}`;
    if (longer.length > WORST_WIDTH) break;
    text = longer;
  }
  return text === '' ? '-' : text;
}

function joined(cells: readonly string[], paint: (text: string, column: number) => string): string {
  return cells
    .map((cell, i) => {
      const { width, right } = COLUMNS[i]!;
      return paint(right ? cell.padStart(width) : cell.padEnd(width), i);
    })
    .join(GAP);
}
