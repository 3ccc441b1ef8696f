import type { Report } from '@driftspan/core';
import { populationStabilityIndex, VERDICT_LEVEL, type Verdict, valuedCells, worstVerdict } from '@driftspan/sketch';
import { LATE } from './flight-model.js';
import type { ReceivedDrift, ReceivedFeature, ReceivedMonth } from './received-month.js';

/** One feature in one month. */
export interface MonthFeature extends ReceivedFeature {
  readonly name: string;
  /** Of the month's counts against January's, as both arrived: a distance, not a verdict. */
  readonly psi: number;
  /** How the live windows stood at the month's end. */
  readonly drift: ReceivedDrift;
  readonly limits: WindowLimits;
}

/** What the longest window could have told of a feature's shape, whatever it saw: out of the monitor's own report. */
export interface WindowLimits {
  /** So many flights count as one. */
  readonly lambda: number;
  /** The smallest index that would have been a warning; NaN with too few flights. */
  readonly detectable: number;
  /** Whether any shape at all could have been told from January's. */
  readonly judged: boolean;
}

/** One month: what arrived of it. Shares are from 0 to 1, NaN where there was nothing to divide by. */
export interface DescribedMonth {
  readonly month: number;
  readonly flights: number;
  /** The worst status at the month's end. */
  readonly verdict: Verdict;
  /** All features, the furthest from January first: by PSI, then by name. */
  readonly features: readonly MonthFeature[];
  /** Right predictions among those whose outcome is known. */
  readonly accuracy: number;
  readonly confidence: number;
  readonly predictedLate: number;
  /** Flights that were late in fact, among those whose outcome is known. */
  readonly late: number;
  readonly outcomes: number;
}

/** A month in shares and distances. @param report of the month's end. */
export function describeMonth(received: ReceivedMonth, report: Report): DescribedMonth {
  const features = received.features
    .map(feature => {
      const { name } = feature.baseline;
      const valued = valuedCells(feature.baseline);
      return {
        ...feature,
        name,
        psi: populationStabilityIndex(feature.cells.slice(0, valued), feature.baselineCells.slice(0, valued)),
        drift: received.drift.get(name)!,
        limits: limitsOf(report, name),
      };
    })
    .sort((a, b) => b.psi - a.psi || (a.name < b.name ? -1 : 1));
  const flights = [...received.predictions.values()].reduce((sum, count) => sum + count, 0);
  const outcomes = received.correct + received.incorrect;
  return {
    month: received.month,
    flights,
    verdict: worstVerdict(features.map(({ drift }) => drift.verdict)),
    features,
    accuracy: received.correct / outcomes,
    confidence: received.confidenceSum / received.confidenceCount,
    predictedLate: (received.predictions.get(LATE) ?? 0) / flights,
    late: received.landedLate / (received.landedLate + received.landedOnTime),
    outcomes,
  };
}

function limitsOf(report: Report, name: string): WindowLimits {
  const shape = report.features.find(feature => feature.name === name)?.windows.at(-1)?.judgement.shape;
  if (shape === undefined) return { lambda: Number.NaN, detectable: Number.NaN, judged: false };
  return { lambda: shape.lambda, detectable: shape.detectable, judged: shape.verdict !== 'insufficient' };
}

/** A warning or worse: what a person would be called for. */
export function isAlarm(verdict: Verdict): boolean {
  return VERDICT_LEVEL[verdict] >= VERDICT_LEVEL.warning;
}
