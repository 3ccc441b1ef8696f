import type { NumericBaseline } from '../baseline/baseline.js';
import { numericId } from '../baseline/id.js';
import { binLabels } from '../bins/labels.js';
import type { NumericCuts } from '../bins/numeric-cuts.js';
import type { FeatureDependence } from '../dependence/dependence.js';
import type { MomentsSummary } from '../moments.js';

/** What is known of a numeric feature's values, however they were kept. */
export interface NumericSummary {
  readonly bounds: NumericCuts;
  /** By bin. */
  readonly counts: readonly number[];
  readonly missing: number;
  readonly invalid: number;
  /** Undefined of a sensitive feature. */
  readonly moments: MomentsSummary | undefined;
}

/** A numeric feature's part of the baseline. */
export function numericBaseline(
  name: string,
  summary: NumericSummary,
  dependence: FeatureDependence | undefined,
): NumericBaseline {
  const { bounds, counts, missing, invalid, moments } = summary;
  const id = numericId(bounds.cuts, counts, missing, invalid);
  const bins = { cuts: bounds.cuts, labels: binLabels(bounds), counts, missing, invalid };
  const more = dependence === undefined ? {} : { dependence };
  if (moments === undefined) return { kind: 'numeric', name, id, sensitive: true, ...bins, ...more };
  return { kind: 'numeric', name, id, ...bins, ...moments, ...more };
}
