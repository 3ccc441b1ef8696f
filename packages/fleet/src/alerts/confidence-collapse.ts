import type { ResolvedRuleOptions } from '../options.js';
import { formatDuration } from '../promql/duration.js';
import { by, labelSets, on } from '../promql/labels.js';
import type { AlertRule, RecordingRule } from '../rule-file.js';
import { DECIMALS, modelTitle, modelValue, saying } from './annotations.js';
import { overShort, recent } from './recent.js';

const ALERT = 'MlConfidenceCollapse';
const USUAL = 'ml:prediction_confidence:usual';

/**
 * A fifth below the usual mean. The standard error of a mean of 200 confidences is 0.035 at the very most and 0.014 at a
 * spread of 0.2: a fifth of a usual 0.9 is five times the first, a fifth of 0.5 seven times the second.
 */
const COLLAPSED = 0.8;
const ENOUGH = 200;
/** How many long windows the usual is taken from: a week of days, so that a weekend is part of it. */
const HISTORY = 7;

/**
 * The usual mean confidence of a version: the median of its own short windows over the last seven long ones, the newest left out, of
 * those with 200 predictions. A median does not follow a collapse before it has lasted for half of what it looks back on.
 * There is none until one long window's worth of short ones has passed.
 */
export function usualConfidenceRule(options: ResolvedRuleOptions): RecordingRule {
  const { model } = labelSets(options);
  const [short, long] = options.windows;
  const mean = recent(overShort('ml:prediction_confidence:mean', options), options);
  const n = recent(overShort('ml:prediction_confidence:n', options), options);
  const history = `(${mean} and ${n} >= ${ENOUGH})[${formatDuration(HISTORY * long.ms)}:${short.text}] offset ${short.text}`;
  return {
    record: USUAL,
    expr: `max ${by(model)} (
  quantile_over_time(0.5, ${history})
  and count_over_time(${history}) >= ${Math.floor(long.ms / short.ms)}
)`,
  };
}

/** The mean confidence of the short window is a fifth below the usual one. */
export function confidenceCollapseAlert(options: ResolvedRuleOptions): AlertRule {
  const { model } = labelSets(options);
  const [short] = options.windows;
  const mean = `max ${by(model)} (${recent(overShort('ml:prediction_confidence:mean', options), options)})`;
  return {
    alert: ALERT,
    expr: `${mean} < ${COLLAPSED} * ${USUAL}
and ${on(model)} ${recent(overShort('ml:prediction_confidence:n', options), options)} >= ${ENOUGH}`,
    for: options.for.text,
    ...saying(
      ALERT,
      'warning',
      options,
      `${modelTitle(options)}: mean confidence {{ $value | ${DECIMALS} }}, usually ${modelValue(`${USUAL}{MODEL}`, DECIMALS, options)}`,
      [
        `Over ${short.text} the model is less sure by a fifth or more than this version usually is. It is often the first sign of inputs it was not trained on, before any outcome comes in.`,
        'First: look for drifted or missing inputs of the same model (ml:feature_drift_level), then for what changed upstream when the confidence fell.',
      ],
    ),
  };
}
