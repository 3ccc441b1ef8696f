import type {
  Baseline,
  CategoricalBaseline,
  FeatureBaseline,
  JointBaseline,
  NumericBaseline,
} from '../baseline/baseline.js';
import { cellCount } from '../baseline/cells.js';
import type { CountedFeature, CountedRows } from './counted-rows.js';
import { type CountAt, CumulativeCounts } from './cumulative-counts.js';
import { mostUnkept, nearestCategories } from './nearest-categories.js';
import { nearestCounts } from './nearest-counts.js';
import { checkSameModel } from './same-model.js';

/** Told of the categories that the reference does not keep, as by a `RowCounter`. */
const MOST_UNSEEN = 5;

/**
 * The rows of a `current` baseline in the cells of a `reference`: what {@link compare} judges where the rows themselves are not at hand.
 *
 * Rows, missing and invalid values are exact, and so are the counts of a feature with the same cuts or categories in both. Elsewhere
 * the current file bounds each count, and of all counts within the bounds those nearest to the reference are taken: the feature says
 * `atLeast`, and its distances but Wasserstein's are the least that the rows can have (see `nearestCounts`; of 3,000 generated pairs of
 * baselines none had an index over the rows' own by more than 1.4 %, which the ½ in it makes). What is lost is what moved within bins: of normal values in
 * 16 bins whose mean moved by 0.1, 0.4 and 1 standard deviations the index is 0.00, 0.13 and 0.84 instead of 0.01, 0.15 and 0.97.
 *
 * What is watched together by other projections, and an output that the current rows did not have, is not known: it has no counts, and is
 * `insufficient` when compared.
 *
 * @throws SketchError as `checkSameModel`, for two baselines that are not of one model.
 */
export function countsOfBaseline(reference: Baseline, current: Baseline): CountedRows {
  checkSameModel(reference, current, 'current');
  const features = new Map(current.features.map(feature => [feature.name, feature]));
  const joint = new Map((current.joint ?? []).map(feature => [feature.name, feature]));
  const outputs = new Map(current.outputs.map(output => [output.name, output]));
  const counted = (feature: FeatureBaseline, own: FeatureBaseline | undefined) =>
    Object.freeze(own === undefined ? notCounted(feature) : featureCounts(feature, own));
  const spanMs = current.dependence?.spanMs;
  return Object.freeze({
    rows: current.rows,
    ...(spanMs === undefined ? {} : { spanMs }),
    features: Object.freeze([
      ...reference.features.map(feature => counted(feature, features.get(feature.name))),
      ...(reference.joint ?? []).map(feature => counted(feature, sameProjection(feature, joint.get(feature.name)))),
      ...reference.outputs.map(feature => counted(feature, outputs.get(feature.name))),
    ]),
  });
}

function sameProjection(feature: JointBaseline, other: JointBaseline | undefined): JointBaseline | undefined {
  return JSON.stringify(feature.terms) === JSON.stringify(other?.terms) ? other : undefined;
}

function notCounted(feature: FeatureBaseline): CountedFeature {
  return { name: feature.name, counts: Object.freeze(new Array<number>(cellCount(feature)).fill(0)) };
}

/** The two are of one kind. */
function featureCounts(reference: FeatureBaseline, current: FeatureBaseline): CountedFeature {
  if (reference.kind === 'numeric') return numericCounts(reference, current as NumericBaseline);
  return categoricalCounts(reference, current as CategoricalBaseline);
}

function numericCounts(reference: NumericBaseline, current: NumericBaseline): CountedFeature {
  const cumulative = new CumulativeCounts(current);
  const bounds = reference.cuts.map(cut => cumulative.at(cut));
  const counts = nearestCounts(reference.counts, bounds, cumulative.values);
  const { name, missing, invalid } = current;
  const cells = { name, counts: Object.freeze([...counts, missing, invalid]), ...atLeastOf(bounds) };
  if (current.sensitive === true || reference.sensitive === true || cumulative.values === 0) return cells;
  const { mean, sd, min, max, cuts, counts: own } = current;
  const known = reference.counts.some(count => count > 0);
  return {
    ...cells,
    ...(known ? { outOfRange: leastOutOfRange(current, reference.min, reference.max) } : {}),
    mean,
    sd,
    min,
    max,
    shape: Object.freeze({ cuts, counts: own }),
  };
}

function atLeastOf(bounds: readonly CountAt[]): { readonly atLeast?: true } {
  return bounds.every(({ low, high }) => low === high) ? {} : { atLeast: true };
}

/** Whole bins beyond the range, and the smallest and the largest value where they are. */
function leastOutOfRange({ cuts, counts, min, max }: NumericBaseline, from: number, to: number): number {
  let below = 0;
  let above = 0;
  for (const [bin, count] of counts.entries()) {
    if ((cuts[bin] ?? Number.POSITIVE_INFINITY) < from) below += count;
    if ((cuts[bin - 1] ?? Number.NEGATIVE_INFINITY) >= to) above += count;
  }
  return Math.max(below, min! < from ? 1 : 0) + Math.max(above, max! > to ? 1 : 0);
}

function categoricalCounts(reference: CategoricalBaseline, current: CategoricalBaseline): CountedFeature {
  const kept = new Map(current.categories.map((category, i) => [category, current.counts[i]!]));
  const unkept = reference.categories.flatMap((category, i) => (kept.has(category) ? [] : [i]));
  const known = new Set(reference.categories);
  const unseen = [...kept].filter(([category]) => !known.has(category));
  const least = unseen.reduce((sum, [, count]) => sum + count, 0);
  const most = mostUnkept(current, reference.categories.length);
  const shares = unkept.map(i => reference.counts[i]!);
  const rows = least + current.other;
  const split = most === 0 ? shares.map(() => 0) : nearestCategories(shares, reference.other, { rows, least, most });
  const counts = reference.categories.map(category => kept.get(category) ?? 0);
  let other = rows;
  for (const [k, i] of unkept.entries()) {
    counts[i] = split[k]!;
    other -= split[k]!;
  }
  const { name, missing, invalid } = current;
  const told = current.sensitive === true ? [] : unseen.slice(0, MOST_UNSEEN).map(entry => Object.freeze(entry));
  return {
    name,
    counts: Object.freeze([...counts, other, missing, invalid]),
    ...(told.length === 0 ? {} : { unseen: Object.freeze(told) }),
    ...(unkept.length === 0 || most === 0 ? {} : { atLeast: true as const }),
  };
}
