import { type FeatureJudgement, VERDICT_LEVEL, type Verdict } from '@driftspan/sketch';

/** A feature's tests: how its values are distributed, how many are missing or invalid, how many training hardly or never had. */
export type Test = 'shape' | 'missing' | 'unseen';

const TESTS: readonly Test[] = ['shape', 'missing', 'unseen'];

/** The tests that say a notice or worse, those as bad as the worst of them first. */
export function causesOf(judgement: FeatureJudgement): readonly Test[] {
  const said = (test: Test): Verdict => judgement[test]?.verdict ?? 'insufficient';
  return TESTS.filter(test => VERDICT_LEVEL[said(test)] >= VERDICT_LEVEL.notice).sort(
    (a, b) => VERDICT_LEVEL[said(b)] - VERDICT_LEVEL[said(a)],
  );
}
