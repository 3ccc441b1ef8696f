import type { ResolvedRuleOptions } from '../options.js';
import { by, labelSets, on, onOne, withLabel } from '../promql/labels.js';
import type { RecordingRule } from '../rule-file.js';

/**
 * The largest difference of the cumulative shares at a bin's edge. PromQL has no prefix sum: every edge is a term of its own,
 * and the two-digit index that range bins begin with says which bins lie below it. A feature with more range bins than
 * there are terms would be given too small a distance, and has none instead.
 */
export function kolmogorovSmirnovRule(options: ResolvedRuleOptions): RecordingRule {
  const { feature, featureWindow } = labelSets(options);
  const prefixes = (series: string, labels: readonly string[]): string =>
    Array.from({ length: options.bins - 1 }, (_, edge) => {
      const below = `${series}{ml_bin_kind="range", ml_bin=~"${upTo(edge)} .*"}`;
      return `  ${withLabel(`sum ${by(labels)} (${below})`, 'ml_edge', twoDigits(edge))}`;
    }).join('\n  or\n');
  return {
    record: 'ml:feature_ks',
    expr: `max ${by(featureWindow)} (abs(
  (
${prefixes('ml:feature_bins:window', featureWindow)}
  ) / ${onOne(featureWindow)} (ml:feature_n > 0)
  - ${onOne([...feature, 'ml_edge'])} (
  (
${prefixes('ml:feature_baseline_bins:max', feature)}
  ) / ${onOne(feature)} (ml:feature_baseline_n > 0)
  )
))
and ${on(feature)} (count ${by(feature)} (ml:feature_baseline_bins:max{ml_bin_kind="range"}) <= ${options.bins})`,
  };
}

function twoDigits(index: number): string {
  return String(index).padStart(2, '0');
}

/** A pattern of the two-digit numbers up to one: `(0[0-9]|1[0-4])` for 14. */
function upTo(index: number): string {
  const tens = Math.floor(index / 10);
  const whole = Array.from({ length: tens }, (_, i) => `${i}[0-9]`);
  return `(${[...whole, `${tens}[0-${index % 10}]`].join('|')})`;
}
