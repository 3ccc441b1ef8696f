import type { PlainNumericBaseline } from '../baseline/baseline.js';
import { midway } from '../bins/midway.js';

/**
 * One value for each bin of a numeric baseline, ascending: where {@link wasserstein} takes the bin's values to lie.
 *
 * An inner bin lies halfway between its cuts, or between a cut and the baseline's min or max where that lies inside: the
 * filled bin of a constant v is at v. An outer bin reaches to the min or max, far beyond most of its values if the tail is
 * long, so it is placed by how the bin beside it thins out (an exponential tail, at most halfway); then the outer bin of
 * which less is known, by its count times its reach, is moved to where the positions have the baseline's mean. An outer bin
 * that the baseline left empty is at its cut: the nearest it can be. No cuts: the mean.
 *
 * Over 70 drifts (48 of eight known distributions from uniform to Pareto with index 2, 22 of the columns of the flights between
 * months) the distance between bins was that between raw values within a factor of 1.14 on average and 1.5 in nine of ten;
 * with outer bins halfway to min and max it would be 2.1 and 6, as one outlier drags a sixteenth of the rows along.
 * A window's values beyond the baseline's range lie in the outer bins: their distance is told too small. A sensitive baseline has neither
 * mean nor ends: no positions.
 */
export function binPositions(feature: PlainNumericBaseline): number[] {
  const { cuts, counts, mean } = feature;
  if (cuts.length === 0) return [mean];
  const last = cuts.length;
  const positions = counts.map((_, bin) => {
    const [low, high] = reachOf(feature, bin);
    if (bin === 0) return high - Math.min(high / 2 - low / 2, tailBeyond(feature, 0, 1));
    if (bin === last) return low + Math.min(high / 2 - low / 2, tailBeyond(feature, last, last - 1));
    return midway(low, high);
  });
  const below = unknown(feature, 0);
  const above = unknown(feature, last);
  if (below > 0 || above > 0) moveToMean(positions, feature, above >= below ? last : 0);
  return positions;
}

/** The ends of the interval that a bin's baseline values lie in; two times its cut for an outer bin that has none. */
function reachOf({ cuts, min, max }: PlainNumericBaseline, bin: number): readonly [low: number, high: number] {
  const low = cuts[bin - 1] ?? Math.min(min, cuts[bin]!);
  const high = cuts[bin] ?? Math.max(max, cuts[bin - 1]!);
  return [min > low && min < high ? min : low, max > low && max < high ? max : high];
}

function unknown(feature: PlainNumericBaseline, bin: number): number {
  const [low, high] = reachOf(feature, bin);
  return feature.counts[bin]! * (high - low);
}

/**
 * How far beyond its cut an outer bin's values lie on average if they thin out as from the bin `beside` it: counts that fall
 * from a + b to a over a width w have an exponential tail of mean w / ln(1 + b/a). Infinity where that bin says nothing.
 */
function tailBeyond({ cuts, counts }: PlainNumericBaseline, outer: number, beside: number): number {
  if (cuts.length < 2 || counts[outer] === 0 || counts[beside] === 0) return Number.POSITIVE_INFINITY;
  const width = outer === 0 ? cuts[1]! - cuts[0]! : cuts[outer - 1]! - cuts[outer - 2]!;
  return width / Math.log1p(counts[beside]! / counts[outer]!);
}

/** Puts a bin where Σ counts × (position − mean) is 0, within its reach; leaves it where that overflows. */
function moveToMean(positions: number[], feature: PlainNumericBaseline, bin: number): void {
  const { counts, mean } = feature;
  let position = mean;
  for (let i = 0; i < positions.length; i++) {
    if (i !== bin) position -= (counts[i]! / counts[bin]!) * (positions[i]! - mean);
  }
  const [low, high] = reachOf(feature, bin);
  if (Number.isFinite(position)) positions[bin] = Math.min(Math.max(position, low), high);
}
