import type { FeatureBaseline } from '../baseline/baseline.js';

/** Windows judged at every look: the last 4, 15 and 60 sub-windows. */
export const WINDOWS_PER_LOOK = 3;

export interface FalseAlarmBudget {
  /** False alarms granted per period, over all tests together; may be a fraction. */
  readonly count: number;
  readonly periodMs: number;
  /** Time between two looks: the length of a sub-window. */
  readonly lookEveryMs: number;
  /** Tests made at each look and window: the sum of {@link testsOf} over what is judged. */
  readonly tests: number;
  readonly windows?: number;
}

/**
 * ln of the level each single test may use so that the expected number of false alarms stays within the budget:
 * count / (tests × looks × windows), at most 0. A plain union bound: overlapping windows make it conservative by a factor
 * of about 3, which costs 5 % more samples. NaN for negative or NaN arguments.
 */
export function logAlpha(budget: FalseAlarmBudget): number {
  const looks = budget.periodMs / budget.lookEveryMs;
  return Math.min(0, Math.log(budget.count) - Math.log(budget.tests * looks * (budget.windows ?? WINDOWS_PER_LOOK)));
}

/**
 * How many tests one look at a feature makes: its shape and its missing or invalid values; a rise of `_OTHER` and of the
 * categories the baseline never saw; of a numeric feature's empty bins only if the baseline left one empty.
 */
export function testsOf(feature: FeatureBaseline): number {
  return feature.kind === 'categorical' || feature.counts.includes(0) ? 3 : 2;
}
