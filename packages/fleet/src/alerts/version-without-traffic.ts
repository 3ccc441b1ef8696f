import type { ResolvedRuleOptions } from '../options.js';
import { by, labelSets, on } from '../promql/labels.js';
import type { AlertRule } from '../rule-file.js';
import { COUNT, modelTitle, saying } from './annotations.js';
import { earlier, overShort, recent } from './recent.js';

const ALERT = 'MlVersionWithoutTraffic';

/**
 * A version that reports, has done so for a short window, and got no call in it, while another version of the model did. A model that
 * nobody calls at all is not meant.
 */
export function versionWithoutTrafficAlert(options: ResolvedRuleOptions): AlertRule {
  const { model, scope } = labelSets(options);
  const [short] = options.windows;
  const allVersions = [...scope, 'ml_model_name'];
  const calls = recent(overShort('ml:inference:window', options), options);
  return {
    alert: ALERT,
    expr: `max ${by(model)} (${recent('ml:replicas', options)}) > 0
and ${on(model)} ${earlier('ml:replicas', short.text, options)} > 0
unless ${on(model)} ${calls} > 0
and ${on(allVersions)} sum ${by(allVersions)} (${calls}) > 0`,
    for: options.for.text,
    ...saying(
      ALERT,
      'warning',
      options,
      `${modelTitle(options)}: {{ $value | ${COUNT} }} replicas, no call in ${short.text}`,
      [
        `The replicas of this version report and were not called for ${short.text}, while another version of the model was.`,
        'First: is it a canary that the router does not know, or a version left behind? The one has not been tried yet, the other costs memory. A standby on purpose is silenced by its version.',
      ],
    ),
  };
}
