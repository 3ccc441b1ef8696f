import type { DependenceLadder, FeatureDependence } from '../dependence/dependence.js';
import type { Projection } from '../joint/projection.js';

/** The schema id that every baseline file carries. */
export const BASELINE_SCHEMA = 'driftspan.baseline/v1';

/**
 * What the model was trained on, as counts: no row is kept. A plain JSON document, frozen; `stringifyBaseline` writes its file,
 * `schema/driftspan.baseline.v1.json` describes it.
 */
export interface Baseline {
  readonly schema: typeof BASELINE_SCHEMA;
  readonly model: BaselineModel;
  /** Rows it was learned from; every feature's counts add up to this. */
  readonly rows: number;
  /** Present if the rows were in time order: how far values move together could be measured. */
  readonly dependence?: DependenceLadder;
  readonly provenance?: Provenance;
  /** Under which key the categories of sensitive features were hashed: see `sensitiveKeyId`. Present if there are such. */
  readonly sensitiveKeyId?: string;
  readonly features: readonly FeatureBaseline[];
  /** `prediction.label`, `prediction.confidence`, `prediction.value`: judged as features where present. */
  readonly outputs: readonly FeatureBaseline[];
  /** Of models with `joint: true`, and of those always: how numeric features go together, judged as features too. */
  readonly joint?: readonly JointBaseline[];
}

/** A baseline binds to the name, the features' names and kinds, and `transforms`; the version is provenance. */
export interface BaselineModel {
  readonly name: string;
  readonly version: string;
  readonly transforms?: string;
  readonly task?: string;
}

export interface Provenance {
  /** Where the rows came from, for a person: a file, a query, a table and its date range. */
  readonly source?: string;
  /** ISO 8601. Given by the caller, never taken from a clock: the same rows give the same bytes. */
  readonly createdAt?: string;
}

export type FeatureBaseline = NumericBaseline | CategoricalBaseline;

/** A number, counted in bins. `sensitive` tells the two apart: moments are there of a plain one alone. */
export type NumericBaseline = PlainNumericBaseline | SensitiveNumericBaseline;

/** Bin i holds the values in (cuts[i-1], cuts[i]]; the first and last bins are open. */
interface BinnedBaseline {
  readonly kind: 'numeric';
  readonly name: string;
  /** First 16 hex digits of SHA-256 over the canonical bounds and counts. */
  readonly id: string;
  /** Finite and strictly rising; one fewer than `counts`. */
  readonly cuts: readonly number[];
  /** `07 (0.31,0.45]`: made once, here, so that two languages never format an edge apart. */
  readonly labels: readonly string[];
  readonly counts: readonly number[];
  /** null, undefined, NaN. */
  readonly missing: number;
  /** ±Infinity, a wrong type, a reader that threw. */
  readonly invalid: number;
  /** Absent where the rows were in no order, or looked independent. */
  readonly dependence?: FeatureDependence;
}

export interface PlainNumericBaseline extends BinnedBaseline {
  readonly sensitive?: never;
  /** Of the values counted in bins; 0 where there were none. */
  readonly min: number;
  readonly max: number;
  readonly mean: number;
  readonly sd: number;
}

/**
 * Of a sensitive feature: each bin holds 10 values or more, and either outer one at least 1 % of them, so that every cut lies within the
 * 1 % and 99 % quantiles; a constant, or what hardly varies, has one bin. What a single row could have set is not there.
 */
export interface SensitiveNumericBaseline extends BinnedBaseline {
  readonly sensitive: true;
  readonly min?: never;
  readonly max?: never;
  readonly mean?: never;
  readonly sd?: never;
}

/** A projection of two numeric features, counted as a numeric feature: missing where either is missing or invalid. */
export interface JointBaseline extends PlainNumericBaseline, Projection {}

export interface CategoricalBaseline {
  readonly kind: 'categorical';
  readonly name: string;
  readonly id: string;
  /** The categories are hashes under the model's key: see `sensitiveCategory`. */
  readonly sensitive?: true;
  /** Most frequent first, ties by code unit order (of the hashes, where they are hashes); each was seen at least 10 times. */
  readonly categories: readonly string[];
  readonly counts: readonly number[];
  /** Rows whose category was too rare to be kept. */
  readonly other: number;
  readonly missing: number;
  readonly invalid: number;
  /** Absent where the rows were in no order, or looked independent. */
  readonly dependence?: FeatureDependence;
}
