import type { ResolvedRuleOptions } from '../options.js';
import { by, labelSets, on } from '../promql/labels.js';
import type { AlertRule } from '../rule-file.js';
import { COUNT, modelTitle, ranked, saying } from './annotations.js';
import { recent } from './recent.js';

const ALERT = 'MlBaselineDisagreement';

/**
 * Replicas of one version judge one feature against several baselines, or report different counts under one id. Nobody is harmed yet, but no
 * verdict is over the whole fleet: a warning. It must hold for a short window, the time that a rollout with a new baseline may take.
 */
export function baselineDisagreementAlert(options: ResolvedRuleOptions): AlertRule {
  const { model } = labelSets(options);
  const [short] = options.windows;
  const feature = [...model, 'ml_feature_name'];
  return {
    alert: ALERT,
    expr: `count ${by(model)} (
  ${recent('ml:feature_baselines', options)} > 1
  or ${on(feature)} ${recent('ml:feature_baseline_conflict', options)} > 0
)`,
    for: options.for.ms > short.ms ? options.for.text : short.text,
    ...saying(
      ALERT,
      'warning',
      options,
      `${modelTitle(options)}: replicas disagree on the baseline of {{ $value | ${COUNT} }} features`,
      [
        'Replicas of one version hold different baselines, so each baseline is compared with a part of the traffic only, or with counts that are not its own.',
        `${ranked(`max by (ml_feature_name) (${recent('ml:feature_baselines{MODEL}', options)} > 1)`, 'ml_feature_name', { before: '', format: COUNT, after: ' baselines' }, options)}First: has a rollout with a new baseline stopped halfway? Else find the replicas that loaded another file, or that learn a baseline of their own (learnFrom).`,
      ],
    ),
  };
}
