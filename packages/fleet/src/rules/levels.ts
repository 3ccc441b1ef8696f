import type { ResolvedRuleOptions } from '../options.js';
import { by, labelSets, on, withLabel } from '../promql/labels.js';
import type { RecordingRule } from '../rule-file.js';
import { VALUED } from './feature-counts.js';

/**
 * The worst of a feature's tests and of a model's features: -1 insufficient, 0 ok, 1 notice, 2 warning, 3 critical. A feature is
 * not called ok while its shape could not be judged, unless the baseline has but one filled bin, which has no shape.
 */
export function levelRules(options: ResolvedRuleOptions): RecordingRule[] {
  const { feature, featureWindow, modelWindow } = labelSets(options);
  const shaped = `(count ${by(feature)} (ml:feature_baseline_bins:max{${VALUED}} > 0) > 1)`;
  const tests = ['missing', 'unseen'].map(test => {
    const level = `ml:feature_${test}_level`;
    return withLabel(`${level} > 0 or ${level} unless ${on(feature)} ${shaped}`, 'ml_test', test);
  });
  return [
    {
      record: 'ml:feature_drift_level',
      expr: `max ${by(featureWindow)} (
  ${[withLabel('ml:feature_shape_level', 'ml_test', 'shape'), ...tests].join('\n  or ')}
)`,
    },
    { record: 'ml:model_drift_level', expr: `max ${by(modelWindow)} (ml:feature_drift_level)` },
  ];
}
