import { VERDICT_LEVEL } from '@driftspan/sketch';
import type { Look, WindowJudgement } from './window-judge.js';

/** Of a feature's tests: its distribution, its missing and invalid values, or values that training did not have. */
export type DriftTest = 'shape' | 'missing' | 'unseen';
const TESTS: readonly DriftTest[] = ['shape', 'missing', 'unseen'];

/** What made a look a warning or worse. */
export interface Cause {
  /** The shortest window that was as bad as the look. */
  readonly window: WindowJudgement;
  /** The first of its tests that was. */
  readonly test: DriftTest;
  /** All of its tests that were a warning or worse. */
  readonly tests: readonly DriftTest[];
}

/** Undefined of a look below a warning. */
export function causeOf({ verdict, windows }: Look): Cause | undefined {
  if (VERDICT_LEVEL[verdict] < VERDICT_LEVEL.warning) return undefined;
  // A window that still learns how values hang together says no more than a notice, whatever its tests say.
  const window = windows.find(({ judgement }) => judgement.verdict === verdict);
  const test = TESTS.find(name => window?.judgement[name]?.verdict === verdict);
  if (window === undefined || test === undefined) return undefined;
  const tests = TESTS.filter(name => {
    const said = window.judgement[name]?.verdict;
    return said !== undefined && VERDICT_LEVEL[said] >= VERDICT_LEVEL.warning;
  });
  return { window, test, tests };
}
