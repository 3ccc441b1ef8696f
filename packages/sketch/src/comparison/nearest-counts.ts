import type { CountAt } from './cumulative-counts.js';

/**
 * The whole counts, bin by bin, that lie nearest to those of a reference among all that are possible: which of `all` values are at or below
 * cut j is known only to lie from `bounds[j].low` to `bounds[j].high`, both of which never fall.
 *
 * ```
 *  all ┤                 ●      Values at or below (up) over those of the reference (right). Each cut is a gate;
 *      │            ┬   ╱       the thread runs through all of them from corner to corner and is pulled taut.
 *      │       ┬   ╱┴           It bends only where a gate makes it.
 *      │      ╱┴──
 *    0 ●──────┴
 * ```
 *
 * Among all lines through the gates the taut one has the least Σ p φ(q/p) whatever the convex φ (the taut string of Barlow, Bartholomew,
 * Bremner and Brunk 1972): of the divergences at once, so G, PSI, Jensen–Shannon and Hellinger of what is returned are no more than those
 * of the values, but for the rounding to whole counts and the ½ that PSI adds. So is Kolmogorov–Smirnov's, up to half a value: the line is
 * farthest from the diagonal where it bends, there it lies on a gate's end nearest the diagonal, and every other line is at least as far at
 * that gate. Over bins that a test has merged the line is through fewer gates, and no more than nearly the least.
 *
 * Cost: the square of the number of bins at worst, of which there are 128.
 */
export function nearestCounts(reference: readonly number[], bounds: readonly CountAt[], all: number): number[] {
  const across = [0];
  for (const count of reference) across.push(across.at(-1)! + count);
  const gates = [{ low: 0, high: 0 }, ...bounds, { low: all, high: all }];
  const path = new Float64Array(gates.length);
  for (let start = 0; start < gates.length - 1; ) start = pullOn(start, across, gates, path);
  return reference.map((_, i) => wholeAt(path, gates, i + 1) - wholeAt(path, gates, i));
}

interface Gate {
  readonly low: number;
  readonly high: number;
}

/** Pulls the thread from gate `start` straight on to the next where it bends, or to the end; gives that gate. */
function pullOn(start: number, across: readonly number[], gates: readonly Gate[], path: Float64Array): number {
  const from = path[start]!;
  // The steepest rise that a gate so far asks for and the one that it allows, and at which gate.
  let [least, leastAt] = [Number.NEGATIVE_INFINITY, start + 1];
  let [most, mostAt] = [Number.POSITIVE_INFINITY, start + 1];
  for (let gate = start + 1; gate < gates.length; gate++) {
    const width = across[gate]! - across[start]!;
    const { low, high } = gates[gate]!;
    if (width === 0) {
      // Bins that the reference left empty: it rises there only as far as it has to.
      if (low > from) return drawn(path, across, start, gate, low);
      continue;
    }
    const [asked, allowed] = [(low - from) / width, (high - from) / width];
    if (asked > most) return drawn(path, across, start, mostAt, gates[mostAt]!.high);
    if (allowed < least) return drawn(path, across, start, leastAt, gates[leastAt]!.low);
    if (asked >= least) [least, leastAt] = [asked, gate];
    if (allowed <= most) [most, mostAt] = [allowed, gate];
  }
  const end = gates.length - 1;
  return drawn(path, across, start, end, gates[end]!.low);
}

function drawn(path: Float64Array, across: readonly number[], start: number, end: number, height: number): number {
  const from = path[start]!;
  const width = across[end]! - across[start]!;
  for (let gate = start + 1; gate < end; gate++) {
    path[gate] = width === 0 ? from : from + ((height - from) * (across[gate]! - across[start]!)) / width;
  }
  path[end] = height;
  return end;
}

function wholeAt(path: Float64Array, gates: readonly Gate[], gate: number): number {
  const { low, high } = gates[gate]!;
  return Math.min(high, Math.max(low, Math.round(path[gate]!)));
}
