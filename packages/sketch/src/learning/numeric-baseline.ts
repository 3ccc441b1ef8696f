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
  readonly moments: MomentsSummary;
}

/** A numeric feature's part of the baseline. */
export function numericBaseline(
  name: string,
  summary: NumericSummary,
  dependence: FeatureDependence | undefined,
): NumericBaseline {
  const { bounds, counts, missing, invalid, moments } = summary;
  return {
    kind: 'numeric',
    name,
    id: numericId(bounds.cuts, counts, missing, invalid),
    cuts: bounds.cuts,
    labels: binLabels(bounds),
    counts,
    missing,
    invalid,
    ...moments,
    ...(dependence === undefined ? {} : { dependence }),
  };
}
