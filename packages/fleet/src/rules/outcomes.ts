import type { ResolvedRuleOptions } from '../options.js';
import { increaseOverTile, overWindows } from '../promql/increase.js';
import { by, labelSets } from '../promql/labels.js';
import type { RecordingRule } from '../rule-file.js';

/** Accuracy by the outcomes that arrived in a window, whenever their predictions were made. */
export function outcomeRules(options: ResolvedRuleOptions): RecordingRule[] {
  const { model, modelWindow } = labelSets(options);
  return [
    {
      record: 'ml:outcome_count:tile',
      expr: `sum ${by([...model, 'ml_outcome_correct'])} (\n${increaseOverTile(['ml_outcome_count_total'], options)}\n)`,
    },
    { record: 'ml:outcome_count:window', expr: overWindows('ml:outcome_count:tile', options) },
    { record: 'ml:outcome_n', expr: `sum ${by(modelWindow)} (ml:outcome_count:window)` },
    {
      record: 'ml:outcome_accuracy',
      expr: `sum ${by(modelWindow)} (ml:outcome_count:window{ml_outcome_correct="true"}) / (ml:outcome_n > 0)`,
    },
  ];
}
