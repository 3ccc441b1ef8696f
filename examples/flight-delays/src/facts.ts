import type { DriftReport } from '@driftspan/core';
import { cellNames, type Verdict } from '@driftspan/sketch';
import type { Alarm, AlarmCause } from './alarm.js';
import type { DescribedMonth, MonthFeature } from './describe-month.js';
import type { Received, Year } from './year.js';

/*
 * The document that `--json` prints. Tables, conclusions and the explained year are made from it and from nothing else, so
 * they say what a program reading the document would find. Shares are from 0 to 1; a number that could not be had is null.
 */

export interface DemoDocument {
  readonly drift: DriftFacts;
  /** Every alarm as it opened, rose or closed, in order. */
  readonly alarms: readonly AlarmFacts[];
  readonly months: readonly MonthFacts[];
  /** null where a collector of the user's has it. */
  readonly received: Received | null;
  /** The user's collector, where there is one. */
  readonly sentTo: string | null;
}

/** What the live windows work with. */
export interface DriftFacts extends Pick<DriftReport, 'windowMs' | 'falseAlarms' | 'tests' | 'logAlpha'> {
  /** Whether the budget of false alarms holds, and in words what that rests on. */
  readonly guaranteed: boolean;
  readonly words: string;
}

export interface AlarmFacts {
  readonly feature: string;
  readonly change: Alarm['change'];
  readonly level: Verdict;
  /** Wall-clock time of New York, as `2013-05-25T13:36`. */
  readonly at: string;
  readonly openedAt: string;
  /** null of one that closed. */
  readonly cause: AlarmCause | null;
  readonly alsoMoved: readonly string[];
}

export interface MonthFacts {
  readonly month: number;
  readonly flights: number;
  /** The worst status that had arrived at the month's end. */
  readonly verdict: Verdict;
  readonly accuracy: number;
  readonly confidence: number;
  readonly predictedLate: number;
  /** Flights that were late in fact, as the application counted them. */
  readonly late: number;
  /** Predictions whose outcome is known. */
  readonly outcomes: number;
  /** Every feature and output, the furthest from January first. */
  readonly features: readonly FeatureFacts[];
}

export interface FeatureFacts {
  readonly feature: string;
  /** Population stability index of the month's counts against January's: a distance, not a verdict. */
  readonly psi: number;
  /** What arrived at the month's end: `ml.drift.status`, `ml.drift.score` (null if none was sent) and `ml.drift.samples`. */
  readonly verdict: Verdict;
  readonly windowPsi: number | null;
  readonly windowSamples: number;
  /** Whether the longest window could tell any shape from January's. */
  readonly judged: boolean;
  /** The smallest index that would have been a warning in the longest window. */
  readonly detectable: number | null;
  /** In it, so many flights count as one. */
  readonly lambda: number | null;
  readonly kind: 'numeric' | 'categorical';
  /** The month's counts; with `--counts`. */
  readonly bins?: readonly BinFacts[];
}

export interface BinFacts {
  readonly bin: string;
  readonly kind: string;
  readonly count: number;
  readonly baseline: number;
}

export function documentOf(year: Year, withCounts: boolean): DemoDocument {
  const { windowMs, falseAlarms, tests, logAlpha, dependence } = year.drift;
  return {
    drift: { windowMs, falseAlarms, tests, logAlpha, guaranteed: dependence.guaranteed, words: dependence.words },
    alarms: year.alarms.map(alarmFacts),
    months: year.months.map(month => monthFacts(month, withCounts)),
    received: year.received ?? null,
    sentTo: year.collector ?? null,
  };
}

export function alarmFacts({ feature, change, level, atMs, openedAtMs, cause, alsoMoved }: Alarm): AlarmFacts {
  return {
    feature,
    change,
    level,
    at: minuteText(atMs),
    openedAt: minuteText(openedAtMs),
    cause: cause ?? null,
    alsoMoved,
  };
}

export function monthFacts(described: DescribedMonth, withCounts: boolean): MonthFacts {
  const { features, ...month } = described;
  return { ...month, features: features.map(feature => featureFacts(feature, withCounts)) };
}

function featureFacts(feature: MonthFeature, withCounts: boolean): FeatureFacts {
  const { name, baseline, cells, baselineCells, psi, drift, limits } = feature;
  const bins = cellNames(baseline).map(([bin, kind], i) => ({
    bin,
    kind,
    count: cells[i]!,
    baseline: baselineCells[i]!,
  }));
  return {
    feature: name,
    psi,
    verdict: drift.verdict,
    windowPsi: drift.psi ?? null,
    windowSamples: drift.samples,
    judged: limits.judged,
    detectable: finite(limits.detectable),
    lambda: finite(limits.lambda),
    kind: baseline.kind,
    ...(withCounts ? { bins } : {}),
  };
}

/** Whether a feature is the label or its confidence, and not an input. */
export function isOutput({ feature }: Pick<FeatureFacts, 'feature'>): boolean {
  return feature.startsWith('prediction.');
}

/** `2013-05-25T13:36`, of a time whose wall clock is kept as if it were UTC. */
function minuteText(ms: number): string {
  return new Date(ms).toISOString().slice(0, 16);
}

function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}
