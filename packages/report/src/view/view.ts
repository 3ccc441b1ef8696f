import type { Report } from '@driftspan/core';
import type {
  FeatureBaseline,
  FeatureDistances,
  FeatureJudgement,
  FeatureKind,
  PsiThresholds,
  Verdict,
} from '@driftspan/sketch';

/** What a feature is of: what the model is given, how two of those go together, or what it answers. */
export type FeatureRole = 'feature' | 'joint' | 'output';

/** One feature as sentences and pictures read it, of a comparison or of a monitor alike. What is not known is absent. */
export interface FeatureView {
  readonly name: string;
  readonly kind: FeatureKind;
  readonly role: FeatureRole;
  readonly verdict: Verdict;
  /** Absent while nothing of it was judged. */
  readonly judgement?: FeatureJudgement;
  /** The judgement is of a window that is still open. */
  readonly isProvisional: boolean;
  /** How far values hang together is still being learned: no verdict is above a notice. */
  readonly isCalibrating: boolean;
  readonly distances?: FeatureDistances;
  /** Files of other bins: the drift told is the least there is. */
  readonly atLeast: boolean;
  readonly baseline?: FeatureBaseline;
  /** In cell order. */
  readonly counts?: readonly number[];
  readonly outOfRange?: number;
  readonly mean?: number;
  readonly sd?: number;
  readonly baselineMean?: number;
  readonly baselineSd?: number;
  readonly min?: number;
  readonly max?: number;
  readonly shape?: { readonly cuts: readonly number[]; readonly counts: readonly number[] };
  readonly unseen?: readonly (readonly [category: string, count: number])[];
  readonly monitor?: Pick<Report['features'][number], 'driftingSinceMs' | 'driftedBins' | 'windows' | 'totals'>;
}

/** All of a page. */
export interface ReportView {
  readonly of: 'comparison' | 'monitor';
  readonly model: { readonly name: string; readonly version: string; readonly transforms?: string };
  readonly verdict: Verdict;
  readonly psi: PsiThresholds;
  readonly features: readonly FeatureView[];
  /** While a monitor learns its baseline. */
  readonly learning?: { readonly rows: number; readonly of: number };
}
