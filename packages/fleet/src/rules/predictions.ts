import type { ResolvedRuleOptions } from '../options.js';
import { increaseOverTile, overWindows } from '../promql/increase.js';
import { by, labelSets, onOne } from '../promql/labels.js';
import type { RecordingRule } from '../rule-file.js';

/** What the models said: predictions by label (those without one under an empty label), and how sure they were. */
export function predictionRules(options: ResolvedRuleOptions): RecordingRule[] {
  const { model, modelWindow } = labelSets(options);
  const tile = (record: string, counter: string, ...more: string[]): RecordingRule => ({
    record,
    expr: `sum ${by([...model, ...more])} (\n${increaseOverTile([counter], options)}\n)`,
  });
  const sums = overWindows('ml:prediction_confidence_sum:tile', options);
  return [
    tile('ml:prediction_count:tile', 'ml_prediction_count_total', 'ml_prediction_label'),
    { record: 'ml:prediction_count:window', expr: overWindows('ml:prediction_count:tile', options) },
    { record: 'ml:prediction_n', expr: `sum ${by(modelWindow)} (ml:prediction_count:window)` },
    {
      record: 'ml:prediction_share',
      expr: `ml:prediction_count:window / ${onOne(modelWindow)} (ml:prediction_n > 0)`,
    },
    tile('ml:prediction_confidence_bucket:tile', 'ml_prediction_confidence_bucket', 'le'),
    tile('ml:prediction_confidence_sum:tile', 'ml_prediction_confidence_sum'),
    { record: 'ml:prediction_confidence:bucket', expr: overWindows('ml:prediction_confidence_bucket:tile', options) },
    {
      record: 'ml:prediction_confidence:n',
      expr: `sum ${by(modelWindow)} (ml:prediction_confidence:bucket{le="+Inf"})`,
    },
    { record: 'ml:prediction_confidence:mean', expr: `(\n${sums}\n)\n/ (ml:prediction_confidence:n > 0)` },
  ];
}
