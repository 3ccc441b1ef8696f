import type { Baseline, JointBaseline } from '@driftspan/sketch';
import type { FeaturePlan, NumericPlan, Planner } from '../window/plan.js';

/** Two numeric columns that are watched together: where they come from, and where their projection is counted. */
export interface JointPlan {
  readonly plan: NumericPlan;
  readonly terms: JointBaseline['terms'];
  readonly a: NumericPlan;
  readonly b: NumericPlan;
}

/** @param inputs the plans of all the features of the baseline. */
export function planJoint(
  baseline: Baseline | undefined,
  inputs: readonly FeaturePlan[],
  planner: Planner,
): JointPlan[] {
  const planned = new Map(inputs.map(plan => [plan.name, plan]));
  return (baseline?.joint ?? []).map(joint => {
    const [a, b] = joint.terms.map(([name]) => planned.get(name) as NumericPlan) as [NumericPlan, NumericPlan];
    return { plan: planner.plan(joint.name, 'numeric', undefined, joint) as NumericPlan, terms: joint.terms, a, b };
  });
}
