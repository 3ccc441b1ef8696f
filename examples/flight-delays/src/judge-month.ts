import {
  type FeatureJudgement,
  judgeFeature,
  logAlpha,
  testsOf,
  VERDICT_LEVEL,
  type Verdict,
  worstVerdict,
} from '@driftspan/sketch';
import { LATE } from './flight-model.js';
import type { ReceivedFeature, ReceivedMonth } from './received-month.js';

/** Months of the year: how often the question "is this month as January was?" is asked. */
const LOOKS = 12;
/** The features named for a month. */
const WORST = 3;

export interface JudgedFeature extends ReceivedFeature {
  readonly name: string;
  readonly judgement: FeatureJudgement;
}

/** One month: what arrived of it, and what that says. Shares are from 0 to 1, NaN where there was nothing to divide by. */
export interface JudgedMonth {
  readonly month: number;
  readonly flights: number;
  readonly verdict: Verdict;
  /** All features, the worst first: by verdict, then by PSI, then by name. */
  readonly features: readonly JudgedFeature[];
  /** Right predictions among those whose outcome is known. */
  readonly accuracy: number;
  readonly confidence: number;
  readonly predictedLate: number;
  /** Flights that were late in fact, among those whose outcome is known. */
  readonly late: number;
  readonly outcomes: number;
}

/**
 * One judgement over a month's counts: every feature and output against the baseline, each test at ln(1 / (tests × 12)), so that
 * a year like January would have one false alarm expected at most.
 */
export function judgeMonth(received: ReceivedMonth): JudgedMonth {
  const level = yearlyLogAlpha(received.features);
  const features = received.features
    .map(feature => ({
      ...feature,
      name: feature.baseline.name,
      judgement: judgeFeature(feature.cells, feature.baseline, { logAlpha: level }),
    }))
    .sort(worstFirst);
  const flights = [...received.predictions.values()].reduce((sum, count) => sum + count, 0);
  const outcomes = received.correct + received.incorrect;
  return {
    month: received.month,
    flights,
    verdict: worstVerdict(features.map(feature => feature.judgement.verdict)),
    features,
    accuracy: received.correct / outcomes,
    confidence: received.confidenceSum / received.confidenceCount,
    predictedLate: (received.predictions.get(LATE) ?? 0) / flights,
    late: received.landedLate / (received.landedLate + received.landedOnTime),
    outcomes,
  };
}

/** ln of the level of each test: one false alarm a year, over all tests of all months. */
export function yearlyLogAlpha(features: readonly ReceivedFeature[]): number {
  const tests = features.reduce((sum, { baseline }) => sum + testsOf(baseline), 0);
  return logAlpha({ count: 1, periodMs: LOOKS, lookEveryMs: 1, tests, windows: 1 });
}

/** The few that are named. */
export function worstOf(month: JudgedMonth): readonly JudgedFeature[] {
  return month.features.slice(0, WORST);
}

/** A warning or worse: what a person would be called for. */
export function isDrift(verdict: Verdict): boolean {
  return VERDICT_LEVEL[verdict] >= VERDICT_LEVEL.warning;
}

function worstFirst(a: JudgedFeature, b: JudgedFeature): number {
  const byVerdict = VERDICT_LEVEL[b.judgement.verdict] - VERDICT_LEVEL[a.judgement.verdict];
  if (byVerdict !== 0) return byVerdict;
  return b.judgement.psi - a.judgement.psi || (a.name < b.name ? -1 : 1);
}
