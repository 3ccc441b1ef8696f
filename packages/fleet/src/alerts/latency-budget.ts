import type { ResolvedRuleOptions } from '../options.js';
import { by, labelSets, on, onOne } from '../promql/labels.js';
import type { AlertRule } from '../rule-file.js';
import { modelTitle, SECONDS, saying } from './annotations.js';
import { firing, overShort, recent } from './recent.js';

const NEAR = 'MlLatencyBudget';
const OVER = 'MlLatencyBudgetExceeded';
const BUDGET = 'ml:inference_duration_budget_seconds';

/** A service that keeps 30 % of its budget in hand has it left for a slow neighbour or a burst. */
const HEADROOM = 0.3;
/** Calls in the short window, so that a model which hardly serves is left alone. */
const ENOUGH = 100;
/** Calls in the two tiles that the percentile is taken over: of fewer it is the slowest call itself. */
const ENOUGH_LATELY = 20;

/** The 95th percentile against the model's budget: one alert for the headroom, another for the budget itself. */
export function latencyBudgetAlerts(options: ResolvedRuleOptions): AlertRule[] {
  const { model } = labelSets(options);
  const budget = `max by (ml_model_name) (${recent(BUDGET, options)})`;
  const p95 = `max ${by(model)} (${recent('ml:inference_duration_seconds:quantile{quantile="0.95"}', options)})`;
  const enough = `and ${on(model)} ${recent(overShort('ml:inference:window', options), options)} >= ${ENOUGH}
and ${on(model)} ${recent('ml:inference:rate', options)} >= ${ENOUGH_LATELY / ((2 * options.tile.ms) / 1000)}`;
  const expr = (part: number): string =>
    `${p95}\n> ${onOne(['ml_model_name'])} ${part === 1 ? '' : `${part} * `}${budget}\n${enough}`;
  const ofBudget = `{{ range query (printf \`max(${recent(`${BUDGET}{ml_model_name=%q}`, options)})\` $labels.ml_model_name) }}{{ .Value | ${SECONDS} }}{{ end }}`;
  const summary = `${modelTitle(options)}: p95 of a call {{ $value | ${SECONDS} }}, budget ${ofBudget}`;
  return [
    {
      alert: OVER,
      expr: expr(1),
      for: options.for.text,
      ...saying(OVER, 'critical', options, summary, [
        'One call in twenty takes longer than the budget allows.',
        'First: did the traffic rise (ml:inference:rate), the calls in flight (ml_inference_active), or each call grow slower? If it began with a version, roll that back; else add replicas.',
      ]),
    },
    {
      alert: NEAR,
      expr: `${expr(1 - HEADROOM)}\nunless ${on(model)} ${firing(OVER)}`,
      for: options.for.text,
      ...saying(NEAR, 'warning', options, summary, [
        'The 30 % of the latency budget that are kept in hand are being used: a burst or a slow neighbour now breaks it.',
        'First: look since when (ml:inference_duration_seconds:quantile), and whether a version, the traffic or the size of inputs changed then.',
      ]),
    },
  ];
}
