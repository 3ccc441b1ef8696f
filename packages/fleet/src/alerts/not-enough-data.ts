import type { ResolvedRuleOptions } from '../options.js';
import { by, labelSets, on } from '../promql/labels.js';
import type { AlertRule } from '../rule-file.js';
import { COUNT, modelTitle, modelValue, saying } from './annotations.js';
import { earlier, overLong, recent } from './recent.js';

const ALERT = 'MlDriftNotEnoughData';

/**
 * Calls come, a baseline is there, and still not one feature can be judged over the long window. Only of a version that reports, and did so
 * one long window ago: the window of a younger one is still filling, and that of one that has gone still holds its calls.
 */
export function notEnoughDataAlert(options: ResolvedRuleOptions): AlertRule {
  const { model } = labelSets(options);
  const [, long] = options.windows;
  const level = `max ${by(model)} (${recent(overLong('ml:feature_drift_level', options), options)})`;
  const calls = overLong('ml:inference:window', options);
  const ofModel = (series: string): string =>
    `sum(${recent(overLong(series, options).replace('{', '{MODEL, '), options)})`;
  return {
    alert: ALERT,
    expr: `${level} == -1
and ${on(model)} ${recent(calls, options)} > 0
and ${on(model)} ${recent('ml:replicas', options)}
and ${on(model)} ${earlier('ml:replicas', long.text, options)}`,
    for: options.for.text,
    ...saying(
      ALERT,
      'info',
      options,
      `${modelTitle(options)}: no drift verdict from ${modelValue(ofModel('ml:inference:window'), COUNT, options)} calls in ${long.text}`,
      [
        `The version serves calls and has a baseline, and over ${long.text} no feature has the 20 expected values in each of two bins that a verdict takes. Drift would go unseen.`,
        'First: compare ml:feature_n with ml:feature_expected:min. With little traffic, make the long window longer; with a baseline of rare categories only, learn it from more rows.',
      ],
    ),
  };
}
