import type { FeatureBaseline } from '../baseline/baseline.js';
import { baselineCells, valuedCells } from '../baseline/cells.js';
import { sumCounts } from '../distance/counts.js';
import { type MergePlan, planMerges } from './merge.js';

/** A feature's baseline as the judge reads it: everything that does not depend on the window. About 1 KB. */
export interface PreparedFeature {
  readonly feature: FeatureBaseline;
  /** The baseline's counts in cell order. */
  readonly cells: Float64Array;
  /** How many of the cells hold values; missing and invalid follow. */
  readonly valued: number;
  /** Baseline values: the sum of the valued cells. */
  readonly samples: number;
  /** Baseline values that were missing or invalid. */
  readonly absent: number;
  readonly plan: MergePlan;
  /** The cell of `_OTHER`; -1 for a numeric feature. */
  readonly other: number;
  /** Cells tested for a rise of what the baseline never (or, for `_OTHER`, hardly) saw; empty if there is nothing to test. */
  readonly unseenCells: Uint16Array;
  /** Baseline values in them. */
  readonly unseen: number;
}

/**
 * A baseline made ready for `judgeFeature`, once.
 *
 * @throws SketchError `ERR_COUNTS` if a count of the baseline is not a whole number from 0.
 */
export function prepareFeature(feature: FeatureBaseline): PreparedFeature {
  const cells = Float64Array.from(baselineCells(feature));
  const valued = valuedCells(feature);
  const values = cells.subarray(0, valued);
  const unseenCells: number[] = [];
  for (let cell = 0; cell < valued; cell++) {
    const isOther = feature.kind === 'categorical' && cell === valued - 1;
    if (isOther || values[cell] === 0) unseenCells.push(cell);
  }
  return {
    feature,
    cells,
    valued,
    samples: sumCounts(values, `baseline of ${feature.name}`),
    absent: sumCounts(cells.subarray(valued), `missing and invalid of ${feature.name}`),
    plan: planMerges(values, feature.kind === 'categorical' ? 'categories' : 'ranges'),
    other: feature.kind === 'categorical' ? valued - 1 : -1,
    unseenCells: Uint16Array.from(unseenCells),
    unseen: feature.kind === 'categorical' ? feature.other : 0,
  };
}
