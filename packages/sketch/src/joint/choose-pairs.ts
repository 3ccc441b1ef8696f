import { correlation } from './correlation.js';

/** A column to choose from. */
export interface PairedColumn {
  /** Its values less their mean, over their standard deviation, in the same rows for every column; what is not finite is left out. */
  readonly standardised: Float64Array;
  /** Only columns of one source are paired: those whose values come row by row together. */
  readonly source: string;
}

/** Two columns that are watched together, by their index, the lower one first. */
export interface Pair {
  readonly a: number;
  readonly b: number;
  readonly rho: number;
}

/** Pairs at most: each costs about 20 ns a row and up to 22 series. */
export const MAX_PAIRS = 8;
/** A pair is chosen for its correlation from here on: a weaker one may be chance, with 1,000 rows and many columns. */
export const RELATED = 0.2;
/** Columns closer than this are one column in two units: what is left between them is rounding. */
export const COPY = 0.999999;
/** Pairs that one column may be in: where it moves, all of them do. */
const MOST_PAIRS_A_COLUMN = 3;
/** Share of the rows in which both columns must have a number: with fewer, their projection is mostly missing. */
const TOGETHER = 0.1;

/**
 * The pairs of columns to watch, half as many as columns and 8 at most, chosen so that they reach many columns:
 *
 *  1. The most strongly correlated two, then the next of columns that are in no pair yet, down to |ρ| = 0.2.
 *  2. The most strongly correlated that bring in one more column, with one that is in less than 3 pairs.
 *  3. Of columns that go with no other, each with the next in their order. Such a pair shows when unrelated columns begin to go
 *     together in one sense, and hardly in the other.
 *
 * Copies, |ρ| > 0.999999, are no pair. Of equals the one declared first. A column without a number in it is in no pair.
 * 5 ns a row and two columns.
 */
export function choosePairs(columns: readonly PairedColumn[]): Pair[] {
  const most = Math.min(MAX_PAIRS, Math.floor(columns.length / 2));
  const pairs: Pair[] = [];
  const uses = columns.map(() => 0);
  const take = (pair: Pair): void => {
    pairs.push(pair);
    uses[pair.a]!++;
    uses[pair.b]!++;
  };
  const related = relatedPairs(columns);
  for (const mostUses of [1, MOST_PAIRS_A_COLUMN]) {
    for (const pair of related) {
      const [fewer, more] = [Math.min(uses[pair.a]!, uses[pair.b]!), Math.max(uses[pair.a]!, uses[pair.b]!)];
      if (pairs.length < most && fewer === 0 && more < mostUses) take(pair);
    }
  }
  for (let a = 0; a < columns.length; a++) {
    for (let b = a + 1; b < columns.length && uses[a] === 0 && pairs.length < most; b++) {
      const pair = uses[b] === 0 ? pairOf(columns, a, b) : undefined;
      if (pair !== undefined) take(pair);
    }
  }
  return pairs;
}

/** From the strongest down. */
function relatedPairs(columns: readonly PairedColumn[]): Pair[] {
  const related: Pair[] = [];
  for (let a = 0; a < columns.length; a++) {
    for (let b = a + 1; b < columns.length; b++) {
      const pair = pairOf(columns, a, b);
      if (pair !== undefined && Math.abs(pair.rho) >= RELATED) related.push(pair);
    }
  }
  // A stable sort: of equals, the one declared first.
  return related.sort((p, q) => Math.abs(q.rho) - Math.abs(p.rho));
}

/** Undefined where the two can't be watched together. */
function pairOf(columns: readonly PairedColumn[], a: number, b: number): Pair | undefined {
  const [left, right] = [columns[a]!, columns[b]!];
  if (left.source !== right.source) return undefined;
  const { rho, rows } = correlation(left.standardised, right.standardised);
  return rows >= TOGETHER * left.standardised.length && Math.abs(rho) <= COPY ? { a, b, rho } : undefined;
}
