import type { FeatureBaseline, FeatureDistances, FeatureJudgement, FeatureKind, Verdict } from '@driftspan/sketch';
import type { DependenceSource } from './drift/assumptions.js';
import type { DriftedBin } from './drift/drifted-bins.js';
import type { BudgetPeriod } from './drift/options.js';
import type { FaultReason } from './faults.js';

/** A monitor as it stands: plain data, made anew by every `report()`. Times are ms since the epoch. */
export interface Report {
  readonly model: { readonly name: string; readonly version: string; readonly transforms?: string };
  /** The worst of the features: an open episode's highest level until it closes; `insufficient` only if nothing could be judged. */
  readonly verdict: Verdict;
  /** End of the newest judged sub-window; undefined before the first has closed. */
  readonly judgedAtMs: number | undefined;
  readonly features: readonly FeatureReport[];
  /** While an alarm is open: features without one that moved too, at a looser level; see `DriftAlert`. */
  readonly alsoMoved: readonly string[];
  readonly drift: DriftReport;
  readonly calls: {
    readonly succeeded: number;
    readonly failed: number;
    readonly active: number;
    readonly errors: Readonly<Record<string, number>>;
  };
  /** By label; predictions without one under ''. */
  readonly predictions: Readonly<Record<string, number>>;
  readonly outcomes: OutcomeReport;
  /** What was not recorded since construction, by reason. */
  readonly dropped: Readonly<Partial<Record<FaultReason, number>>>;
}

export interface FeatureReport {
  readonly name: string;
  readonly kind: FeatureKind;
  readonly verdict: Verdict;
  /** Population stability index of the longest window, +0.5, unmerged bins; NaN without values or baseline. */
  readonly psi: number;
  /** Kolmogorov–Smirnov distance at the bin edges; numeric features only. */
  readonly ks?: number;
  /** The longest window in every measure that applies; only of features with a baseline, once a sub-window was judged. */
  readonly distances?: FeatureDistances;
  /** Values in the longest window, missing and invalid ones not counted. */
  readonly samples: number;
  /** Of the longest window and of the baseline; numeric features only. */
  readonly mean?: number;
  readonly sd?: number;
  readonly baselineMean?: number;
  readonly baselineSd?: number;
  /** When the open episode began. */
  readonly driftingSinceMs?: number;
  /** The bins that make the open episode, with sampled traces to look at. */
  readonly driftedBins?: readonly DriftedBin[];
  /** The last 4, 15 and 60 sub-windows, as they were judged. */
  readonly windows: readonly {
    readonly subWindows: number;
    readonly lengthMs: number;
    readonly judgement: FeatureJudgement;
    /** What it took for granted of its values; λ and k are in the judgement. */
    readonly assumes: DependenceSource;
    /** Whether the budget of false alarms holds under it. */
    readonly guaranteed: boolean;
  }[];
  /** What it is compared with, to be drawn beside it: frozen, and the same object in every report. */
  readonly baseline?: FeatureBaseline;
  /** The longest window in the baseline's cells (see `baselineCells`), and before the first sub-window was judged the provisional one. */
  readonly counts?: readonly number[];
  /** The longest window with the open sub-window in the place of its oldest: for a person, never for an alert. */
  readonly provisional?: FeatureJudgement;
  /** Since construction. */
  readonly totals: {
    readonly valued: number;
    readonly missing: number;
    readonly invalid: number;
    readonly outOfRange: number;
  };
}

export interface DriftReport {
  readonly windowMs: number;
  readonly subWindowMs: number;
  readonly falseAlarms: { readonly count: number; readonly per: BudgetPeriod };
  /** Tests of one look, over which the budget is split. */
  readonly tests: number;
  /** ln of the level of one test in one window. */
  readonly logAlpha: number;
  readonly psi: { readonly warning: number; readonly critical: number };
  readonly dependence: DependenceReport;
  readonly baselineRows: number | undefined;
  /** While the baseline is learned from the first rows: nothing is judged yet. */
  readonly learning?: { readonly rows: number; readonly of: number };
}

/** What the verdicts take for granted of how values hang together. */
export interface DependenceReport {
  /** Of the longest window; a shorter one may be known sooner: see `windows`. */
  readonly assumes: DependenceSource;
  /** Whether the budget of false alarms holds: in every window and feature the dependence was measured over enough stretches as long. */
  readonly guaranteed: boolean;
  /** The same in plain words, for a person. */
  readonly words: string;
}

export interface OutcomeReport {
  /** Of the longest window of closed sub-windows and the open one; NaN without outcomes. */
  readonly accuracy: number;
  readonly known: number;
  /** Since construction. */
  readonly totalCorrect: number;
  readonly totalKnown: number;
  /** Predictions that wait for their outcome in this process. */
  readonly pending: number;
  /** Of outcomes that are numbers; absent before the first. */
  readonly errors?: ErrorReport;
}

/** Predicted value less the actual one: of the longest window of closed sub-windows and the open one; NaN without outcomes in it. */
export interface ErrorReport {
  readonly known: number;
  readonly mean: number;
  readonly meanAbsolute: number;
  readonly rootMeanSquare: number;
  /** Since construction. */
  readonly totalKnown: number;
  readonly totalMean: number;
  readonly totalMeanAbsolute: number;
}
