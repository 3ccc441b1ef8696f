import type { ResolvedRuleOptions } from '../options.js';
import { by, labelSets, on } from '../promql/labels.js';
import type { AlertRule, RecordingRule } from '../rule-file.js';
import { modelTitle, PERCENTAGE, ranked, saying } from './annotations.js';
import { FEATURE_LEVEL } from './drift.js';
import { CLASS, OUTPUT_LABEL, SHARE_USUAL, shareNow } from './predicted-classes.js';
import { earlier, overLong, overShort, recent } from './recent.js';

const ALERT = 'MlClassShare';

/** One class takes most of the predictions. */
const MOST = 0.7;
/** And takes this much more than it used to: six standard errors of a share at 200 predictions, so that 0.69 of old is no alarm at 0.71. */
const RISE = 0.2;
const ENOUGH = 200;

/**
 * What share each class usually has: of the baseline, where the baseline holds the predictions; else of the long window as it was one
 * long window ago, with 200 predictions in it. A class that neither knows has none of it (0). A version without either has no usual share,
 * and no alert.
 */
export function usualShareRule(options: ResolvedRuleOptions): RecordingRule {
  const { model } = labelSets(options);
  const [, long] = options.windows;
  const labelled = [...model, CLASS];
  const none = `0 * ${shareOf(options)}`;
  const baselineShare = recent(
    `ml:feature_baseline_share{ml_feature_name="${OUTPUT_LABEL}", ml_bin_kind="category"}`,
    options,
  );
  const baseline = `max ${by(labelled)} (label_replace(${baselineShare}, "${CLASS}", "$1", "ml_bin", "(.*)"))`;
  const before = `max ${by(labelled)} (
    ${earlier(overLong('ml:prediction_share', options, `${CLASS}!=""`), long.text, options)}
    and ${on(model)} ${earlier(overLong('ml:prediction_n', options), long.text, options)} >= ${ENOUGH}
  )`;
  return {
    record: SHARE_USUAL,
    expr: `${baseline}
or (${none} and ${on(model)} ${baseline})
or ${before}
or (${none} and ${on(model)} ${before})`,
  };
}

/**
 * One class takes more than 70 % of the predictions, and did not before. Where the predictions are judged against a baseline and a drift alert
 * names them, it names the classes too: one cause, one alert.
 */
export function classShareAlert(options: ResolvedRuleOptions): AlertRule {
  const { model } = labelSets(options);
  const [short] = options.windows;
  const share = shareOf(options);
  return {
    alert: ALERT,
    expr: `${share} > ${MOST}
and ${share} - ${SHARE_USUAL} > ${RISE}
and ${on(model)} ${recent(overShort('ml:prediction_n', options), options)} >= ${ENOUGH}
unless ${on(model)} ${FEATURE_LEVEL}{ml_feature_name="${OUTPUT_LABEL}", ml_drift_test!="missing"}`,
    for: options.for.text,
    ...saying(
      ALERT,
      'warning',
      options,
      `${modelTitle(options)}: {{ $value | ${PERCENTAGE} }} of the predictions are {{ $labels.${CLASS} }}`,
      [
        `Over ${short.text} one class took more than 70 % of the predictions, and at least 20 percentage points more than usual (in the baseline, or without one in the ${options.windows[1].text} before). A model that falls back on one class is often fed something it cannot read.`,
        `Usually:\n${ranked(`max ${by([CLASS])} (${SHARE_USUAL}{MODEL})`, CLASS, { before: '', format: PERCENTAGE, after: '' }, options)}First: look for drifted or missing inputs of the same model; compare a few recorded predictions of that class with their inputs.`,
      ],
    ),
  };
}

function shareOf(options: ResolvedRuleOptions): string {
  return `max ${by([...labelSets(options).model, CLASS])} (${shareNow(options)})`;
}
