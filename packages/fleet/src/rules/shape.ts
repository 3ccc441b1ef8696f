import type { ResolvedRuleOptions } from '../options.js';
import { by, labelSets, onOne } from '../promql/labels.js';
import type { RecordingRule } from '../rule-file.js';

/** The 99.9 % quantile of the normal distribution, as in a process. */
export const EFFECT_Z = 3.09;

/**
 * Whether a feature's values are distributed as in the baseline: significant (G within the budget), and large (the lower bound of
 * the index reaches a threshold). Needs the groups and the budget.
 *
 * PromQL has no incomplete gamma function. For x > k, with a = k/2 and y = x/2,
 *
 *   ln P(X ≥ x) ≤ −(y − a − a ln(y/a)) + min(0, ½ ln(a/2π) − ln(y − max(a − 1, 0)))
 *
 * stands for it: Chernoff's bound, times what Γ(a, y) ≤ yᵃ e⁻ʸ / (y − a + 1) and Stirling's formula (a lower bound of Γ(a)) take off
 * it. Never too small, so no alarm that the exact tail would not give; at p = 1e-7 it asks for at most 1.3 % more.
 */
export function shapeRules(options: ResolvedRuleOptions): RecordingRule[] {
  const { scope, featureWindow } = labelSets(options);
  const [x, y] = ['ml:feature_group_bins', 'ml:feature_baseline_group_bins'];
  const [n, m] = ['ml:feature_group_n', 'ml:feature_baseline_group_n'];
  const df = 'ml:feature_g_df';
  const sum = (expr: string): string => `sum ${by(featureWindow)} (${expr})`;
  const [q, p] = [
    `(${x} + 0.5) / ${onOne(featureWindow)} (${n} + 0.5 * (${df} + 1))`,
    `(${y} + 0.5) / ${onOne(featureWindow)} (${m} + 0.5 * (${df} + 1))`,
  ];
  const u = `(1 / ${n} + 1 / ${m})`;
  const c = `((${df} - 1) / 2)`;
  const g = 'ml:feature_g';
  return [
    { record: df, expr: `count ${by(featureWindow)} (${y}) - 1 > 0` },
    {
      // Divided by Williams' q. A window's empty bins add nothing to the first sum: x ln x is 0 at 0.
      record: g,
      expr: `2 * (
  ${sum(`(${x} > 0) * ln(${x} / (${x} + ${y}))`)} - ${n} * ln(${n} / (${n} + ${m}))
  + ${sum(`${y} * ln(${y} / (${x} + ${y}))`)} - ${m} * ln(${m} / (${n} + ${m}))
)
/ (
  1
  + ((${n} + ${m}) / ${n} + (${n} + ${m}) / ${m} - 1)
  * (${sum(`1 / (${x} + ${y})`)} * (${n} + ${m}) - 1)
  / (6 * (${n} + ${m}) * ${df})
)`,
    },
    {
      record: 'ml:feature_log_p',
      expr: `-0.5 * (${g} - ${df} - ${df} * ln(${g} / ${df}))
+ clamp_max(0.5 * ln(${df} / ${4 * Math.PI}) - ln(${g} / 2 - clamp_min(${df} / 2 - 1, 0)), 0)
and ${g} > ${df}
or 0 * ${g}`,
    },
    {
      record: 'ml:feature_group_psi',
      expr: `${sum(`(${q} - ${p}) * ln((${q}) / (${p}))`)}`,
    },
    { record: 'ml:feature_effect_psi', expr: `clamp_min(ml:feature_group_psi - ${df} * ${u}, 0)` },
    {
      // The root is cut off before it is squared: where it is negative its square would count as evidence.
      record: 'ml:feature_psi_lower',
      expr: `clamp_min(
  ${u}
  * (
    clamp_min(sqrt(clamp_min(ml:feature_group_psi / ${u} - ${c}, 0)) - ${EFFECT_Z}, 0) ^ 2
    - ${c}
  ), 0)`,
    },
    {
      // With 20 expected in a bin and 10 in another of a baseline of 1,000 rows, some drift could always be significant.
      record: 'ml:feature_shape_level',
      expr: `(ml:feature_log_p <= bool ${onOne(scope)} ml:drift_log_alpha)
* (1 + (ml:feature_psi_lower >= bool ${options.psi.warning}) + (ml:feature_psi_lower >= bool ${options.psi.critical}))
or 0 * ml:feature_n - 1`,
    },
  ];
}
