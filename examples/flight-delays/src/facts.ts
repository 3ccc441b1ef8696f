import { cellNames, type RiseJudgement, type Verdict } from '@driftspan/sketch';
import { isDrift, type JudgedFeature, type JudgedMonth, worstOf, yearlyLogAlpha } from './judge-month.js';
import type { Received, Year } from './year.js';

/*
 * The document that `--json` prints. Tables, conclusions and the explained year are made from it and from nothing else, so
 * they say what a program reading the document would find. Shares are from 0 to 1; a number that could not be had is null.
 */

export interface DemoDocument {
  readonly months: readonly MonthFacts[];
  /** null where a collector of the user's has it. */
  readonly received: Received | null;
  /** The first month with a warning or worse, and its worst feature. */
  readonly firstDrift: { readonly month: number; readonly feature: string; readonly psi: number } | null;
  /** ln of the level of each test: 1 / (tests × 12). */
  readonly logAlpha: number | null;
  /** The user's collector, where there is one. */
  readonly sentTo: string | null;
}

export interface MonthFacts {
  readonly month: number;
  readonly flights: number;
  readonly verdict: Verdict;
  /** The three worst: by verdict, then by PSI. */
  readonly worst: readonly FeatureScore[];
  readonly accuracy: number;
  readonly confidence: number;
  readonly predictedLate: number;
  /** Flights that were late in fact, as the application counted them. */
  readonly late: number;
  /** Predictions whose outcome is known. */
  readonly outcomes: number;
  /** The label and its confidence, judged as features. */
  readonly outputs: readonly FeatureScore[];
  /** Every feature with its counts, the worst first; with `--counts`. */
  readonly features?: readonly FeatureFacts[];
}

export interface FeatureScore {
  readonly feature: string;
  readonly psi: number;
  readonly verdict: Verdict;
}

export interface FeatureFacts extends FeatureScore {
  readonly kind: 'numeric' | 'categorical';
  /** Values, missing and invalid left out. */
  readonly samples: number;
  readonly shape: {
    readonly verdict: Verdict;
    readonly logP: number | null;
    /** What the true index exceeds with 99.9 % confidence. */
    readonly lowerBound: number | null;
  };
  readonly missing: RiseFacts;
  readonly unseen: RiseFacts | null;
  readonly bins: readonly BinFacts[];
}

export interface RiseFacts {
  readonly verdict: Verdict;
  readonly rate: number | null;
  readonly baselineRate: number | null;
  readonly logP: number | null;
}

export interface BinFacts {
  readonly bin: string;
  readonly kind: string;
  readonly count: number;
  readonly baseline: number;
}

export function documentOf(year: Year, withCounts: boolean): DemoDocument {
  const months = year.months.map(month => monthFacts(month, withCounts));
  const first = months.find(({ verdict }) => isDrift(verdict));
  const worst = first?.worst[0];
  return {
    months,
    received: year.received ?? null,
    firstDrift:
      first === undefined || worst === undefined
        ? null
        : { month: first.month, feature: worst.feature, psi: worst.psi },
    logAlpha: year.months[0] === undefined ? null : yearlyLogAlpha(year.months[0].features),
    sentTo: year.collector ?? null,
  };
}

export function monthFacts(judged: JudgedMonth, withCounts: boolean): MonthFacts {
  const { month, flights, verdict, accuracy, confidence, predictedLate, late, outcomes, features } = judged;
  return {
    month,
    flights,
    verdict,
    worst: worstOf(judged).map(score),
    accuracy,
    confidence,
    predictedLate,
    late,
    outcomes,
    outputs: features.filter(({ name }) => name.startsWith('prediction.')).map(score),
    ...(withCounts ? { features: features.map(featureFacts) } : {}),
  };
}

function score({ name, judgement: { psi, verdict } }: JudgedFeature): FeatureScore {
  return { feature: name, psi, verdict };
}

function featureFacts(feature: JudgedFeature): FeatureFacts {
  const { baseline, cells, baselineCells, judgement } = feature;
  const { shape, missing, unseen, samples } = judgement;
  return {
    ...score(feature),
    kind: baseline.kind,
    samples,
    shape: { verdict: shape.verdict, logP: finite(shape.logP), lowerBound: finite(shape.lowerBound) },
    missing: riseFacts(missing),
    unseen: unseen === undefined ? null : riseFacts(unseen),
    bins: cellNames(baseline).map(([bin, kind], i) => ({ bin, kind, count: cells[i]!, baseline: baselineCells[i]! })),
  };
}

function riseFacts({ verdict, rate, baselineRate, logP }: RiseJudgement): RiseFacts {
  return { verdict, rate: finite(rate), baselineRate: finite(baselineRate), logP: finite(logP) };
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
