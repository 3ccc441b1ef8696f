import {
  type BinKind,
  baselineCells,
  cellNames,
  type FeatureBaseline,
  PSI_OFFSET,
  valuedCells,
} from '@driftspan/sketch';
import type { DriftTest } from './cause.js';
import type { DriftExample } from './examples.js';

/** A bin of a drifting feature into which more values fall than in training. */
export interface DriftedBin {
  /** As `ml.bin` has it: of a sensitive feature no category, but `c0`, `c1`, …. */
  readonly bin: string;
  readonly kind: BinKind;
  /** In the window that told: of the values, and for `missing` and `invalid` of all. */
  readonly share: number;
  readonly baselineShare: number;
  /** Sampled traces of the longest window with such a value, the newest first, three at most. */
  readonly examples: readonly DriftExample[];
}

/** A bin, and its place. */
export interface RisenBin extends Omit<DriftedBin, 'examples'> {
  /** Among the cells of its feature; as `WindowJudge` gives it, relative to a slot's first. */
  readonly cell: number;
}

/** More than a person looks at. */
export const MAX_DRIFTED_BINS = 5;
/** A bin that brings less of the whole rise than this may as well be the noise of the others. */
export const LEAST_PART = 0.1;

/**
 * The bins whose share rose, by what each brings to the population stability index, (q − p) ln (q / p) with half a count added to every
 * cell as `populationStabilityIndex` does, most first: each brings a tenth or more of what all that rose bring, and five are given at
 * most. Those that fell are the same drift seen from the other side, and have few examples. Empty where a side is.
 *
 * @param live counts in cell order, as many as the baseline has.
 * @param tests that rang: the shape looks at values, `missing` at missing and invalid ones, `unseen` at `other` and at what the
 *   baseline left empty. Other bins are not looked at: a rise of missing values by a percentage point brings little to the index.
 */
export function risenBins(live: ArrayLike<number>, feature: FeatureBaseline, tests: readonly DriftTest[]): RisenBin[] {
  const baseline = baselineCells(feature);
  const valued = valuedCells(feature);
  const liveSums = sums(live, valued);
  const baselineSums = sums(baseline, valued);
  const risen: { readonly bin: RisenBin; readonly brings: number }[] = [];
  cellNames(feature).forEach(([bin, kind], cell) => {
    const isUnseen = kind === 'other' || baseline[cell] === 0;
    const isLookedAt =
      cell >= valued ? tests.includes('missing') : tests.includes('shape') || (isUnseen && tests.includes('unseen'));
    if (!isLookedAt) return;
    const among = cell < valued ? 'values' : 'all';
    const [n, m] = [liveSums[among], baselineSums[among]];
    const share = live[cell]! / n;
    const baselineShare = baseline[cell]! / m;
    // NaN where a side is empty: nothing rose. By the halves alone an empty bin would rise in a small window.
    if (!(share > baselineShare)) return;
    const halves = PSI_OFFSET * (among === 'values' ? valued : valued + 2);
    const q = (live[cell]! + PSI_OFFSET) / (n + halves);
    const p = (baseline[cell]! + PSI_OFFSET) / (m + halves);
    if (q > p) risen.push({ bin: { bin, kind, cell, share, baselineShare }, brings: (q - p) * Math.log(q / p) });
  });
  const all = risen.reduce((total, { brings }) => total + brings, 0);
  return risen
    .filter(({ brings }) => brings >= LEAST_PART * all)
    .sort((a, b) => b.brings - a.brings)
    .slice(0, MAX_DRIFTED_BINS)
    .map(({ bin }) => bin);
}

/** Of the values, and of all with missing and invalid ones. */
function sums(counts: ArrayLike<number>, valued: number): { readonly values: number; readonly all: number } {
  let values = 0;
  for (let cell = 0; cell < valued; cell++) values += counts[cell]!;
  return { values, all: values + counts[valued]! + counts[valued + 1]! };
}
