import type { CountedFeature } from '@driftspan/sketch';

/** A feature of the sample, as the checks look at it. */
export interface SampledFeature extends CountedFeature {
  /** Of the file; undefined where it has none. */
  readonly column: string;
  /** Rows with a value that counts: neither missing nor invalid. */
  readonly values: number;
  readonly missing: number;
  readonly invalid: number;
  /** Of categories that are not hashed: those the baseline does not have. */
  readonly unknown?: UnknownCategories;
}

/** Categories of the sample that the baseline does not have. */
export interface UnknownCategories {
  /** How often each was seen. */
  readonly counts: ReadonlyMap<string, number>;
  /** Rows of those that were seen after the map was full: counted, not named. */
  readonly unnamed: number;
}
