import type { NumericCuts } from './numeric-cuts.js';

/** Edges carry at least this many significant digits, where the number has them: 0.3125 is 0.313, 0.5 stays 0.5. */
export const MIN_EDGE_DIGITS = 3;
/** A double written with 17 significant digits reads back as itself. */
const MAX_EDGE_DIGITS = 17;

/**
 * The bins' names: `00 (-inf,0.31]`, `01 (0.31,0.45]`, …, `15 (2.7,inf)`; ASCII, in order when sorted as text.
 *
 * All edges are rounded to the fewest significant digits (3 to 17) that keep each between the learned values around its cut,
 * so a learned value lies in the very interval that its label states; one that falls between a cut and its rounded edge may
 * not. Rounding is half away from zero and the text is JavaScript's (`1e-7`, `1e+21`). Made once and stored in the
 * baseline: two languages that formatted an edge apart would split a bin.
 */
export function binLabels({ cuts, below, above }: NumericCuts): string[] {
  const edges = edgeTexts(cuts, below, above);
  return Array.from({ length: cuts.length + 1 }, (_, i) => {
    const upper = i === cuts.length ? 'inf)' : `${edges[i]}]`;
    return `${binIndexText(i)} (${i === 0 ? '-inf' : edges[i - 1]},${upper}`;
  });
}

/** `07`: two digits, or three from bin 100 on. */
export function binIndexText(index: number): string {
  return String(index).padStart(2, '0');
}

function edgeTexts(cuts: readonly number[], below: readonly number[], above: readonly number[]): string[] {
  for (let digits = MIN_EDGE_DIGITS; digits < MAX_EDGE_DIGITS; digits++) {
    const edges = cuts.map(cut => Number(cut.toPrecision(digits)));
    if (edges.every((edge, i) => edge >= below[i]! && edge < above[i]! && (i === 0 || edge > edges[i - 1]!))) {
      return edges.map(String);
    }
  }
  return cuts.map(String);
}
