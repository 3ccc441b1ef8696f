import { MIN_SENSITIVE_BIN } from '../baseline/limits.js';
import { midway } from './midway.js';

/**
 * The share of the values that lies beyond either outer cut of a sensitive feature, at least: the 1 % that is promised, and what a
 * sketch may be off by (0.013 %), as a power of two.
 */
const OUTER_SHARE = 1 / 64;

/**
 * Those of the cuts' `positions` (see `cutsBetween`) that a sensitive feature may have: so that each bin holds 10 values at least, and
 * either outer one more than 1/64 of them. A cut lies between two neighbouring values; both are then within the 1 % and 99 % quantiles,
 * however those are interpolated, and with them the cut and every edge that its label may have.
 *
 * From the left, a cut that comes too early is left out, and the bins beside it are one.
 */
export function sensitivePositions(positions: readonly number[], ends: ArrayLike<number>): number[] {
  const values = ends[ends.length - 1]!;
  const outer = Math.max(MIN_SENSITIVE_BIN, Math.floor(values * OUTER_SHARE) + 1);
  const kept: number[] = [];
  let before = 0;
  for (const position of positions) {
    const below = ends[position]!;
    if (below - before < (kept.length === 0 ? outer : MIN_SENSITIVE_BIN) || values - below < outer) continue;
    kept.push(position);
    before = below;
  }
  return kept;
}

/** A double written with 17 significant digits reads back as itself. */
const MAX_CUT_DIGITS = 17;

/**
 * A cut between two neighbouring values a < b: halfway, rounded to the fewest significant digits that leave it in the middle half of the
 * way; a itself where no double is left for it.
 *
 * Halfway would do, but from that and one of the values the other can be worked out: beside an atom everyone knows, such as 0, it
 * is the one value of a single row. The middle half, since a cut near a value may split it from its float32 neighbour.
 */
export function roundBetween(a: number, b: number): number {
  const middle = midway(a, b);
  const [low, high] = [midway(a, middle), midway(middle, b)];
  for (let digits = 1; digits < MAX_CUT_DIGITS; digits++) {
    const cut = Number(middle.toPrecision(digits));
    if (cut >= low && cut <= high) return cut;
  }
  return middle;
}
