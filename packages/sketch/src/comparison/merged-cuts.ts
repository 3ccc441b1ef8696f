import type { NumericBaseline } from '../baseline/baseline.js';
import { cutsBetween } from '../bins/numeric-cuts.js';
import { MAX_BINS } from '../bins/pieces.js';
import { sensitivePositions } from '../bins/sensitive-cuts.js';
import { type CountAt, CumulativeCounts } from './cumulative-counts.js';

export interface MergedCuts {
  readonly cuts: readonly number[];
  readonly counts: readonly number[];
  /** The most values that may stand on the wrong side of one of the cuts. */
  readonly unsure: number;
}

/** A cut that leaves more open than a bin should hold lies within a frequent value of another file, which a line would spread out. */
const MOST_UNSURE = 1 / MAX_BINS;

/** What all files together have at or below one of their cuts. */
interface PooledCut {
  readonly cut: number;
  readonly below: number;
  readonly unsure: number;
}

/**
 * Where the values of several files are cut: at their own cuts if these are equal, and else at 15 or fewer of all of them, by the rule for
 * a baseline's values with what lies between two neighbouring ones as one value. Cuts about which the files leave more open than a sixteenth
 * of the values, and twice what they leave about the surest, are left out first, so that a value that is a bin of its own in the files is one here.
 *
 * @param features with values, or a single one.
 * @param sensitive that every bin must hold what one of a sensitive feature has to.
 */
export function mergedCuts(features: readonly NumericBaseline[], sensitive: boolean): MergedCuts {
  const [first, ...others] = features;
  if (others.every(({ cuts }) => isEqual(cuts, first!.cuts))) {
    const counts = first!.counts.map((_, bin) => features.reduce((sum, feature) => sum + feature.counts[bin]!, 0));
    return { cuts: first!.cuts, counts, unsure: 0 };
  }
  const cumulative = features.map(feature => new CumulativeCounts(feature));
  const all = cumulative.reduce((sum, { values }) => sum + values, 0);
  const every = [...new Set(features.flatMap(({ cuts }) => cuts))].sort((a, b) => a - b);
  const pooled = sureEnough(
    every.map(cut => pooledAt(cut, cumulative)),
    all * MOST_UNSURE,
  );
  const ends = [...pooled.map(({ below }) => below), all];
  // What is cut are places among the pooled cuts: `below` is the place after which a cut falls.
  const { below: wanted } = cutsBetween(ends, place => place);
  const places = sensitive ? sensitivePositions(wanted, ends) : wanted;
  const chosen = places.map(place => pooled[place]!);
  const upTo = [...chosen.map(({ below }) => below), all];
  return {
    cuts: chosen.map(({ cut }) => cut),
    counts: upTo.map((count, bin) => count - (upTo[bin - 1] ?? 0)),
    unsure: chosen.reduce((worst, { unsure }) => Math.max(worst, unsure), 0),
  };
}

function isEqual(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((cut, i) => cut === b[i]);
}

function pooledAt(cut: number, cumulative: readonly CumulativeCounts[]): PooledCut {
  let below = 0;
  let unsure = 0;
  for (const file of cumulative) {
    const { low, high, guess }: CountAt = file.at(cut);
    below += guess;
    unsure += Math.max(guess - low, high - guess);
  }
  return { cut, below, unsure };
}

function sureEnough(pooled: readonly PooledCut[], enough: number): readonly PooledCut[] {
  const least = pooled.reduce((lowest, { unsure }) => Math.min(lowest, unsure), Number.POSITIVE_INFINITY);
  return pooled.filter(({ unsure }) => unsure <= Math.max(enough, 2 * least));
}
