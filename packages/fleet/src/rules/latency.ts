import type { ResolvedRuleOptions } from '../options.js';
import { formatDuration } from '../promql/duration.js';
import { by, labelSets } from '../promql/labels.js';
import type { RecordingRule } from '../rule-file.js';

/** The histogram of durations in seconds: the Collector and OTLP ingestion append the unit, the JS exporter does not. */
export const DURATION = ['ml_inference_duration_seconds', 'ml_inference_duration'] as const;

const QUANTILES = ['0.5', '0.95', '0.99'];

/** Quantiles of the last two tiles in seconds, failed calls included; none without calls. And the budgets of the options. */
export function latencyRules(options: ResolvedRuleOptions): RecordingRule[] {
  const { model } = labelSets(options);
  const range = formatDuration(2 * options.tile.ms);
  const rates = DURATION.map(name => `rate(${name}_bucket[${range}])`).join(' or ');
  return [
    { record: 'ml:inference_duration_seconds_bucket:rate', expr: `sum ${by([...model, 'le'])} (${rates})` },
    ...QUANTILES.map(quantile => ({
      record: 'ml:inference_duration_seconds:quantile',
      expr: `histogram_quantile(${quantile}, ml:inference_duration_seconds_bucket:rate) >= 0`,
      labels: { quantile },
    })),
    ...Object.entries(options.latencyBudgets).map(([name, seconds]) => ({
      record: 'ml:inference_duration_budget_seconds',
      expr: `vector(${seconds})`,
      labels: { ml_model_name: name },
    })),
  ];
}
