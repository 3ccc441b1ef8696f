import type { ResolvedRuleOptions } from '../options.js';
import { formatDuration } from '../promql/duration.js';
import { by, labelSets, on } from '../promql/labels.js';
import type { AlertRule, RecordingRule } from '../rule-file.js';
import { COUNT, DECIMALS, modelTitle, modelValue, PERCENTAGE, ranked, saying } from './annotations.js';
import { OUTPUT_LABEL, SHARE_USUAL, shareNow } from './predicted-classes.js';
import { firing, overShort, recent } from './recent.js';

const CRITICAL = 'MlDriftCritical';
const WARNING = 'MlDriftWarning';
const MISSING = 'MlFeatureMissing';

/** The tests of a feature, as `ml_drift_test` names them. */
const TESTS = ['shape', 'unseen', 'missing'] as const;
type Test = (typeof TESTS)[number];

/** Levels of a verdict, from the rules. */
const LEVEL_WARNING = 2;
const LEVEL_CRITICAL = 3;

/** Level of each test of each feature that there is to be told of. */
export const FEATURE_LEVEL = 'ml:feature_alert_level';
const MODEL_LEVEL = 'ml:model_drift_alert_level';
const of = (test: Test): string => `${FEATURE_LEVEL}{ml_drift_test="${test}"}`;

/**
 * What there is to be told of: the features at a warning or above, by test and window, and the worst level of each model.
 *
 * A short window sees the hour of the day: night traffic is not the baseline's whole day, every night. So a short window
 * counts only while its level is above what it was at that hour (half a short window to either side) one long window earlier. A drift
 * that stays is in the long window by then; one that comes back every day is the day's course.
 *
 * What is missing has an alert of its own, and only counts as drift once it is critical: that one is worth a page, and one page is enough.
 */
export function driftLevelRules(options: ResolvedRuleOptions): RecordingRule[] {
  const { featureWindow, model } = labelSets(options);
  const [short, long] = options.windows;
  const ago = formatDuration(long.ms - short.ms / 2);
  const levels = TESTS.map(test => {
    const series = `ml:feature_${test}_level`;
    const yesterday = `max_over_time(${overShort(series, options)}[${short.text}] offset ${ago})`;
    return {
      record: FEATURE_LEVEL,
      labels: { ml_drift_test: test },
      expr: `${recent(series, options)} >= ${LEVEL_WARNING}
unless ${on(featureWindow)} (
  ${yesterday}
  >= ${on(featureWindow)} ${recent(series, options)}
)`,
    };
  });
  return [
    ...levels,
    {
      record: MODEL_LEVEL,
      expr: `max ${by(model)} (
  ${FEATURE_LEVEL}{ml_drift_test!="missing"}
  or ${of('missing')} == ${LEVEL_CRITICAL}
)`,
    },
  ];
}

/**
 * One alert a model and version. A critical one keeps its level until a short window has passed without a warning (an alarm is an
 * episode, as in the processes), and while it fires the two others say nothing.
 */
export function driftAlerts(options: ResolvedRuleOptions): AlertRule[] {
  const { model } = labelSets(options);
  const [short] = options.windows;
  const stays = (level: string, alert: string): string =>
    `${level} >= ${LEVEL_WARNING}\n  and ${on(model)} ${firing(alert)}`;
  const lately = `max_over_time(${MODEL_LEVEL}[${short.text}])`;
  const missing = `max ${by(model)} (${of('missing')})`;
  const missingLately = `max ${by(model)} (max_over_time(${of('missing')}[${short.text}]))`;
  const unlessCritical = `unless ${on(model)} ${firing(CRITICAL)}`;
  const features = modelValue(
    `count(count by (ml_feature_name) (${FEATURE_LEVEL}{MODEL})) or vector(0)`,
    COUNT,
    options,
  );
  const absent = modelValue(
    `count(count by (ml_feature_name) (${FEATURE_LEVEL}{MODEL, ml_drift_test="missing"})) or vector(0)`,
    COUNT,
    options,
  );
  const closing = `It closes ${short.text} after the last feature was at a warning.`;
  return [
    {
      alert: CRITICAL,
      expr: `${MODEL_LEVEL} == ${LEVEL_CRITICAL}\nor (\n  ${stays(lately, CRITICAL)}\n)`,
      for: options.for.text,
      ...saying(
        CRITICAL,
        'critical',
        options,
        `${modelTitle(options)}: critical drift, ${features} of the inputs and outputs concerned`,
        [
          `What the model sees or says (prediction.*) is not what its baseline holds: beyond chance, and by a large effect: a population stability index (PSI) above ${options.psi.critical} with 99.9 % confidence, or 5 percentage points more missing or unseen values.`,
          listOf('shape', options) +
            listOf('unseen', options) +
            listOf('missing', options) +
            classes(options) +
            closing,
          'First: what changed when it began: a release, a feed, the feature code? If one version alone is concerned, stop its rollout. Then look at the bins of the first feature above.',
        ],
      ),
    },
    {
      alert: WARNING,
      expr: `(
  ${MODEL_LEVEL} >= ${LEVEL_WARNING}
  or (
  ${stays(lately, WARNING)}
  )
)
${unlessCritical}`,
      for: options.for.text,
      ...saying(
        WARNING,
        'warning',
        options,
        `${modelTitle(options)}: drift, ${features} of the inputs and outputs concerned`,
        [
          `What the model sees or says (prediction.*) has moved away from its baseline: beyond chance, and by an effect that matters: a population stability index (PSI) above ${options.psi.warning} with 99.9 % confidence, or a percentage point more unseen values.`,
          listOf('shape', options) + listOf('unseen', options) + classes(options) + closing,
          'First: find out what changed when it began, and whether accuracy (ml:outcome_accuracy) moved with it. A world that has changed for good asks for new training data and a new baseline.',
        ],
      ),
    },
    {
      alert: MISSING,
      expr: `(
  ${missing} >= ${LEVEL_WARNING}
  or (
  ${stays(missingLately, MISSING)}
  )
)
${unlessCritical}`,
      for: options.for.text,
      ...saying(
        MISSING,
        'warning',
        options,
        `${modelTitle(options)}: ${absent} of the inputs missing or invalid more often than in the baseline`,
        [
          'Values of these inputs are absent, NaN or of a wrong type, at least a percentage point more often than in the training data and beyond chance. The model still answers.',
          listOf('missing', options) + closing,
          'First: ask who feeds the first input above: a feed that dries up, a renamed field, a unit that became text.',
        ],
      ),
    },
  ];
}

/** The features that one test found, ranked, a row each. */
function listOf(test: Test, options: ResolvedRuleOptions): string {
  const found = (series: string): string =>
    `max by (ml_feature_name) (${recent(`${series}{MODEL}`, options)} and ${on(labelSets(options).featureWindow)} ${FEATURE_LEVEL}{MODEL, ml_drift_test="${test}"})`;
  if (test === 'shape') {
    return ranked(
      found('ml:feature_psi'),
      'ml_feature_name',
      { before: 'PSI ', format: DECIMALS, after: '' },
      options,
      {
        promql: `max(${recent('ml:feature_psi_lower{MODEL}', options)} and ${on(labelSets(options).featureWindow)} ${FEATURE_LEVEL}{MODEL, ml_drift_test="shape"})`,
        before: ', with 99.9 % confidence above ',
        format: DECIMALS,
        after: '',
      },
    );
  }
  const what = test === 'unseen' ? ' of the values were never seen in the baseline' : ' missing or invalid';
  return ranked(
    found(`ml:feature_${test}_ratio`),
    'ml_feature_name',
    { before: '', format: PERCENTAGE, after: what },
    options,
    {
      promql: `max(${recent(`ml:feature_baseline_${test}_ratio{MODEL}`, options)})`,
      before: ', ',
      format: PERCENTAGE,
      after: ' in the baseline',
    },
  );
}

/** Where the predicted classes have moved: what each takes now, the largest first. */
function classes(options: ResolvedRuleOptions): string {
  const { model } = labelSets(options);
  const moved = `${FEATURE_LEVEL}{MODEL, ml_feature_name="${OUTPUT_LABEL}", ml_drift_test!="missing"}`;
  return ranked(
    `max by (ml_prediction_label) (${shareNow(options, 'MODEL')} and ${on(model)} ${moved})`,
    'ml_prediction_label',
    { before: '', format: PERCENTAGE, after: ' of the predictions' },
    options,
    { promql: `max(${SHARE_USUAL}{MODEL})`, before: ', usually ', format: PERCENTAGE, after: '' },
  );
}
