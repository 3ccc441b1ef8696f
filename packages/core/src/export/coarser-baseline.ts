import {
  binIndexText,
  type CategoricalBaseline,
  categoricalId,
  type FeatureBaseline,
  type NumericBaseline,
  numericId,
} from '@driftspan/sketch';

/*
 * The cells of one feature, and what they are with 4 of them for values:
 *
 *   numeric      [ 40 | 900 | 0 | 7 | 60 | 55 | missing | invalid ]      smallest first, into the smaller neighbour:
 *   cellOf       [  0 |  1  | 2 | 2 |  2 |  3 |    4    |    5    ]      0 + 7, then 7 + 60
 *   coarser      [ 40 | 900 | 67 | 55 | missing | invalid ]
 *
 *   categorical  [ AA 50 | B6 40 | DL 30 | UA 20 | other 5 | missing | invalid ]
 *   cellOf       [   0   |   1   |   2   |   3   |    3    |    4    |    5    ]
 *   coarser      [ AA 50 | B6 40 | DL 30 | other 25 | missing | invalid ]
 */

/** A feature's baseline over fewer cells, and where each of its own went. */
export interface CoarserBaseline {
  /** As a baseline of its own, with the id of its own bounds and counts. */
  readonly feature: FeatureBaseline;
  /** For each cell of the finer one, in cell order, the cell of `feature` that counts it. */
  readonly cellOf: readonly number[];
}

/**
 * The same baseline with at most `most` (2 or more) cells for values. Ranges go smallest first, by the baseline's counts, into their smaller
 * neighbour, the leftmost where counts are equal: a cut is kept or not, and never moved, and every edge keeps the text it has. Of categories
 * the `most - 1` most frequent keep their names, the others are counted as `other`. What has no more cells than that stays as it is, and so does its id.
 *
 * Its dependence is left out, since it was measured over the finer cells. The square of the number of cells in time; made once a feature.
 */
export function coarserBaseline(feature: FeatureBaseline, most: number): CoarserBaseline {
  return feature.kind === 'numeric' ? coarserRanges(feature, most) : coarserCategories(feature, most);
}

function coarserRanges(feature: NumericBaseline, most: number): CoarserBaseline {
  const { cuts, labels, missing, invalid } = feature;
  const bins = joinedBins(feature.counts, most);
  const counts = bins.map(bin => bin.count);
  const kept = bins.slice(1).map(bin => cuts[bin.first - 1]!);
  const { dependence: _, ...rest } = feature;
  return {
    feature: {
      ...rest,
      id: numericId(kept, counts, missing, invalid),
      cuts: kept,
      labels: bins.map(
        ({ first, last }, i) => `${binIndexText(i)} (${lowerEdge(labels[first]!)},${upperEdge(labels[last]!)}`,
      ),
      counts,
    },
    cellOf: [
      ...bins.flatMap(({ first, last }, i) => new Array<number>(last - first + 1).fill(i)),
      bins.length,
      bins.length + 1,
    ],
  };
}

/** A run of neighbouring bins, first and last inclusive, and the baseline's values in it. */
interface JoinedBin {
  readonly first: number;
  readonly last: number;
  readonly count: number;
}

function joinedBins(counts: readonly number[], most: number): readonly JoinedBin[] {
  const bins: JoinedBin[] = counts.map((count, i) => ({ first: i, last: i, count }));
  while (bins.length > most) {
    const smallest = bins.reduce((found, bin, i) => (bin.count < bins[found]!.count ? i : found), 0);
    const left = bins[smallest - 1]?.count ?? Number.POSITIVE_INFINITY;
    const right = bins[smallest + 1]?.count ?? Number.POSITIVE_INFINITY;
    const at = left <= right ? smallest - 1 : smallest;
    const [a, b] = [bins[at]!, bins[at + 1]!];
    bins.splice(at, 2, { first: a.first, last: b.last, count: a.count + b.count });
  }
  return bins;
}

/** Of `07 (0.31,0.45]`: `0.31`. */
function lowerEdge(label: string): string {
  return label.slice(label.indexOf('(') + 1, label.indexOf(','));
}

/** Of `07 (0.31,0.45]`: `0.45]`. */
function upperEdge(label: string): string {
  return label.slice(label.indexOf(',') + 1);
}

function coarserCategories(feature: CategoricalBaseline, most: number): CoarserBaseline {
  const { missing, invalid } = feature;
  const kept = Math.min(feature.categories.length, most - 1);
  const categories = feature.categories.slice(0, kept);
  const counts = feature.counts.slice(0, kept);
  const other = feature.counts.slice(kept).reduce((sum, count) => sum + count, feature.other);
  const { dependence: _, ...rest } = feature;
  return {
    feature: {
      ...rest,
      id: categoricalId(categories, counts, other, missing, invalid),
      categories,
      counts,
      other,
    },
    cellOf: [...feature.categories.map((_name, i) => Math.min(i, kept)), kept, kept + 1, kept + 2],
  };
}
