import type { ResolvedRuleOptions } from '../options.js';
import { increaseOverTile, overWindows } from '../promql/increase.js';
import { by, labelSets } from '../promql/labels.js';
import type { RecordingRule } from '../rule-file.js';

/** The bins that hold values; the others count what was missing or invalid. */
export const VALUED = 'ml_bin_kind=~"range|category|other"';
export const ABSENT = 'ml_bin_kind=~"missing|invalid"';

/** How often the fleet saw each bin, and how many values that makes. */
export function featureCountRules(options: ResolvedRuleOptions): RecordingRule[] {
  const { bin, featureWindow } = labelSets(options);
  return [
    {
      record: 'ml:feature_bins:tile',
      expr: `sum ${by(bin)} (\n${increaseOverTile(['ml_feature_bins_total'], options)}\n)`,
    },
    { record: 'ml:feature_bins:window', expr: overWindows('ml:feature_bins:tile', options) },
    { record: 'ml:feature_n', expr: `sum ${by(featureWindow)} (ml:feature_bins:window{${VALUED}})` },
  ];
}
