import type { ResolvedRuleOptions } from '../options.js';
import { by, labelSets } from '../promql/labels.js';
import type { RecordingRule } from '../rule-file.js';

const MONTH_MS = 30 * 86_400_000;

/**
 * ln of the level of each single test: the budget over tests × looks a month × windows, a union bound as in a process. Tests
 * are counted from what the server holds: the shape and the missing values of every feature, and a rise of what the baseline never
 * (or, in `_OTHER`, hardly) saw where there are such bins.
 */
export function budgetRule(options: ResolvedRuleOptions): RecordingRule {
  const { scope, feature } = labelSets(options);
  const share = options.falseAlarms / ((MONTH_MS / options.tile.ms) * options.windows.length);
  const bins = 'ml:feature_baseline_bins:max';
  const unseen = `${bins}{ml_bin_kind="other"} or ${bins}{ml_bin_kind=~"range|category"} == 0`;
  return {
    record: 'ml:drift_log_alpha',
    expr: `clamp_max(
  ${Math.log(share)}
  - ln(
    sum ${by(scope)} (
      2 + (count ${by(feature)} (${unseen}) > bool 0 or 0 * ml:feature_baseline_n)
    )
  ), 0)`,
  };
}
