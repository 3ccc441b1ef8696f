import type { DependenceLadder, FeatureDependence } from '../dependence/dependence.js';
import type { CategoryTally } from '../learning/category-tally.js';
import type { NumericTally } from '../learning/numeric-tally.js';

/** The schema id in the header of every part. */
export const PART_SCHEMA = 'driftspan.part/v1';

/** How the rows of a part were ordered: by times of theirs, by the word of the caller, or not at all. */
export type PartOrder = 'times' | 'rows' | 'none';

/** What one process has learned of its share of the rows. */
export interface Part {
  readonly model: PartModel;
  readonly rows: number;
  /** 'none' without rows. */
  readonly order: PartOrder;
  /** Absent where the rows were in no order, or too few. */
  readonly dependence: DependenceLadder | undefined;
  readonly features: readonly PartColumn[];
  /** All that a model may have, in the order of `OUTPUT_FEATURES`; without a value where no row had one. */
  readonly outputs: readonly PartColumn[];
}

export interface PartModel {
  readonly name: string;
  readonly version: string;
  readonly transforms: string | undefined;
}

export type PartColumn = NumericPart | CategoricalPart;

export interface NumericPart {
  readonly kind: 'numeric';
  readonly name: string;
  readonly tally: NumericTally;
  /** At the lengths of the part's ladder; absent where it has none, or the values looked independent. */
  readonly dependence: FeatureDependence | undefined;
}

export interface CategoricalPart {
  readonly kind: 'categorical';
  readonly name: string;
  readonly tally: CategoryTally;
  readonly dependence: FeatureDependence | undefined;
}
