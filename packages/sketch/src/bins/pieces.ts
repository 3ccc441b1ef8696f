/** At most this many bins a numeric feature; also 1/16 is the share at which a value gets a bin of its own. */
export const MAX_BINS = 16;

/**
 * A run of neighbouring distinct values, first and last inclusive, as indices into them.
 *
 * ```
 *   distinct values    0   1   2   3   4   5   6   7
 *   rows of each      12  15 900  11  14  13 700  16
 *   pieces           [ gap  ][A ][   gap    ][A ][gap]
 * ```
 */
export interface Piece {
  readonly first: number;
  readonly last: number;
  /** Rows in it. */
  readonly count: number;
  readonly bins: number;
  /** A gap between atoms, which may be cut further; an atom or a merged piece may not. */
  readonly gap: boolean;
}

/**
 * Distinct values as at most 16 pieces with 16 bins among them.
 *
 * A value with at least 1/16 of the rows is an atom, a piece of its own; the values between atoms are gaps. There can be
 * 31 of both, so while there are more than 16 the smallest piece goes into its smaller neighbour. Then every bin left over
 * goes to the gap with the most rows a bin that still has a value to spare. Every tie goes to the left.
 *
 * `ends[i]` is how many rows are at or below distinct value i. Cost: one pass, then at most 16 × 31 steps.
 */
export function piecesOf(ends: ArrayLike<number>): Piece[] {
  const pieces = atomsAndGaps(ends);
  while (pieces.length > MAX_BINS) mergeSmallest(pieces);
  for (let spare = MAX_BINS - pieces.length; spare > 0; spare--) {
    const fullest = fullestGap(pieces);
    if (fullest === -1) break;
    const piece = pieces[fullest]!;
    pieces[fullest] = { ...piece, bins: piece.bins + 1 };
  }
  return pieces;
}

function atomsAndGaps(ends: ArrayLike<number>): Piece[] {
  const pieces: Piece[] = [];
  const rows = ends[ends.length - 1] ?? 0;
  let first = 0;
  for (let i = 0; i < ends.length; i++) {
    const count = rowsOf(ends, i, i);
    if (count * MAX_BINS < rows) continue;
    if (first < i) pieces.push({ first, last: i - 1, count: rowsOf(ends, first, i - 1), bins: 1, gap: true });
    pieces.push({ first: i, last: i, count, bins: 1, gap: false });
    first = i + 1;
  }
  const last = ends.length - 1;
  if (first <= last) pieces.push({ first, last, count: rowsOf(ends, first, last), bins: 1, gap: true });
  return pieces;
}

function rowsOf(ends: ArrayLike<number>, first: number, last: number): number {
  return ends[last]! - (first === 0 ? 0 : ends[first - 1]!);
}

function mergeSmallest(pieces: Piece[]): void {
  let smallest = 0;
  for (let i = 1; i < pieces.length; i++) if (pieces[i]!.count < pieces[smallest]!.count) smallest = i;
  const left = pieces[smallest - 1]?.count ?? Number.POSITIVE_INFINITY;
  const right = pieces[smallest + 1]?.count ?? Number.POSITIVE_INFINITY;
  const at = left <= right ? smallest - 1 : smallest;
  const [a, b] = [pieces[at]!, pieces[at + 1]!];
  pieces.splice(at, 2, { first: a.first, last: b.last, count: a.count + b.count, bins: 1, gap: false });
}

/** The leftmost gap with the most rows a bin among those with more distinct values than bins; -1 if there is none. */
function fullestGap(pieces: readonly Piece[]): number {
  let fullest = -1;
  for (let i = 0; i < pieces.length; i++) {
    const { first, last, count, bins, gap } = pieces[i]!;
    if (!gap || last - first + 1 <= bins) continue;
    const best = pieces[fullest];
    // count/bins > best.count/best.bins in integers: no rounding for another language to reproduce.
    if (best === undefined || count * best.bins > best.count * bins) fullest = i;
  }
  return fullest;
}
