import type { DriftAlert, Report } from '@driftspan/core';
import { type FeatureJudgement, VERDICT_LEVEL, type Verdict } from '@driftspan/sketch';

/** What was found: of values, how they are distributed, how many are missing, or how many the baseline had not or hardly. */
export type AlarmTest = 'shape' | 'missing' | 'unseen';

/** The test that rang, with what it saw. */
export interface AlarmCause {
  readonly test: AlarmTest;
  /** Of the window in which it rang. */
  readonly windowMs: number;
  /** Of `shape`: the index, over the window; null of the others. */
  readonly psi: number | null;
  /** Of `missing` and `unseen`: the share in the window and in the baseline; null of `shape`. */
  readonly rate: number | null;
  readonly baselineRate: number | null;
}

/** What a listener was told, and why: the cause is in the report of that moment. */
export interface Alarm {
  readonly feature: string;
  readonly change: DriftAlert['change'];
  readonly level: Verdict;
  readonly atMs: number;
  /** When its episode opened: `atMs` itself if it just did. */
  readonly openedAtMs: number;
  /** Undefined of one that closed. */
  readonly cause: AlarmCause | undefined;
  readonly alsoMoved: readonly string[];
}

/** Turns alerts into alarms, remembering since when each feature's episode is open. */
export class AlarmLog {
  readonly #openedAtMs = new Map<string, number>();

  /** @param report of the moment at which the alert came. */
  take(alert: DriftAlert, report: Report): Alarm {
    const { feature, change, to, from, atMs, alsoMoved } = alert;
    if (change === 'opened') this.#openedAtMs.set(feature, atMs);
    const openedAtMs = this.#openedAtMs.get(feature) ?? atMs;
    if (change === 'closed') this.#openedAtMs.delete(feature);
    const level = change === 'closed' ? from : to;
    const cause = change === 'closed' ? undefined : causeOf(report, feature, to);
    return { feature, change, level, atMs, openedAtMs, cause, alsoMoved };
  }

  /** Features with an open episode, the oldest first. */
  get open(): string[] {
    return [...this.#openedAtMs].sort((a, b) => a[1] - b[1]).map(([feature]) => feature);
  }
}

/** The longest window in which a test is as bad as the alarm. */
function causeOf(report: Report, feature: string, level: Verdict): AlarmCause | undefined {
  const windows = report.features.find(({ name }) => name === feature)?.windows ?? [];
  const causes = windows.flatMap(({ lengthMs, judgement }) =>
    testsOf(judgement)
      .filter(({ verdict }) => VERDICT_LEVEL[verdict] >= VERDICT_LEVEL[level])
      .map(({ verdict: _, ...found }): AlarmCause => ({ ...found, windowMs: lengthMs })),
  );
  return causes.at(-1);
}

function testsOf({ shape, missing, unseen }: FeatureJudgement) {
  const rise = (test: AlarmTest, { verdict, rate, baselineRate }: FeatureJudgement['missing']) => ({
    test,
    verdict,
    psi: null,
    rate,
    baselineRate,
  });
  return [
    { test: 'shape' as const, verdict: shape.verdict, psi: shape.psi, rate: null, baselineRate: null },
    rise('missing', missing),
    ...(unseen === undefined ? [] : [rise('unseen', unseen)]),
  ];
}
