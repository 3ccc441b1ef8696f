import type { FeatureBaseline } from '../baseline/baseline.js';

/** A feature of the merged baseline, and the largest count that may stand elsewhere in it. */
export interface MergedCounts<F extends FeatureBaseline> {
  readonly feature: F;
  readonly unsure: number;
}
