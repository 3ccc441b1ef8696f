import type { BaselineModel, FeatureBaseline } from '../baseline/baseline.js';
import type { FeatureDistances } from '../distance/distances.js';
import type { FeatureKind } from '../feature/feature.js';
import type { FeatureJudgement } from '../verdict/judge.js';
import type { Verdict } from '../verdict/levels.js';
import type { PsiThresholds } from '../verdict/shape.js';
import type { CountedFeature } from './counted-rows.js';

/** The schema id that every comparison carries. */
export const COMPARISON_SCHEMA = 'driftspan.comparison/v1';

/**
 * Rows beside a baseline, judged once: plain data. `schema/driftspan.comparison.v1.json` describes it as JSON, where a number
 * that could not be had (NaN) and one that is not finite (ln 0 = -Infinity) are null.
 */
export interface Comparison {
  readonly schema: typeof COMPARISON_SCHEMA;
  /** Of the baseline. */
  readonly model: BaselineModel;
  /** The worst of the features; `insufficient` only if nothing could be judged. */
  readonly verdict: Verdict;
  readonly baseline: { readonly rows: number; readonly source?: string; readonly createdAt?: string };
  readonly current: {
    readonly rows: number;
    readonly source?: string;
    readonly firstMs?: number;
    readonly lastMs?: number;
  };
  readonly drift: ComparisonDrift;
  /** In the order of the baseline: features, what is watched together, outputs. */
  readonly features: readonly ComparedFeature[];
}

/** By what the verdicts were made. */
export interface ComparisonDrift {
  readonly falseAlarmRate: number;
  /** Over which the rate is split. */
  readonly tests: number;
  /** ln of the level of one test. */
  readonly logAlpha: number;
  readonly psi: PsiThresholds;
  readonly dependence: ComparisonDependence;
}

/** What the verdicts take for granted of how values hang together. */
export interface ComparisonDependence {
  readonly assumes: 'independent' | 'baseline';
  /** Whether the rate of false alarms holds: the dependence was measured over 20 stretches as long as the current data. */
  readonly guaranteed: boolean;
  /** The same in plain words, for a person. */
  readonly words: string;
}

export interface ComparedFeature extends Omit<CountedFeature, 'atLeast'> {
  readonly kind: FeatureKind;
  readonly role: 'feature' | 'joint' | 'output';
  readonly verdict: Verdict;
  readonly judgement: FeatureJudgement;
  readonly distances: FeatureDistances;
  /** As in `drift.dependence`, of this feature. */
  readonly guaranteed: boolean;
  /** The counts lie as near to the baseline's as both files allow, so that the drift told is a lower bound: see `countsOfBaseline`. */
  readonly atLeast: boolean;
  readonly baseline: FeatureBaseline;
}
