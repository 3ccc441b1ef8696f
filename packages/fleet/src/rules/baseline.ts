import type { ResolvedRuleOptions } from '../options.js';
import { formatDuration } from '../promql/duration.js';
import { by, labelSets, onOne } from '../promql/labels.js';
import type { RecordingRule } from '../rule-file.js';
import { ABSENT, VALUED } from './feature-counts.js';

/**
 * The baseline as the replicas report it, and whether they agree. Two tiles back, so that a scrape that fails or a collector that
 * restarts does not take the verdict away with it.
 */
export function baselineRules(options: ResolvedRuleOptions): RecordingRule[] {
  const { bin, feature, featureWindow, model } = labelSets(options);
  const reported = `last_over_time(ml_feature_baseline_bins[${formatDuration(2 * options.tile.ms)}])`;
  const bins = 'ml:feature_baseline_bins:max';
  return [
    { record: bins, expr: `max ${by(bin)} (${reported})` },
    {
      record: 'ml:feature_baseline_conflict',
      expr: `count ${by(feature)} (\n${bins}\n!= min ${by(bin)} (${reported})\n)`,
    },
    {
      record: 'ml:feature_baselines',
      expr: `count ${by([...model, 'ml_feature_name'])} (count ${by(feature)} (${bins}))`,
    },
    { record: 'ml:feature_baseline_n', expr: `sum ${by(feature)} (${bins}{${VALUED}})` },
    { record: 'ml:feature_baseline_k', expr: `count ${by(feature)} (${bins}{${VALUED}})` },
    {
      record: 'ml:feature_expected:min',
      expr: `ml:feature_n * ${onOne(feature)} min ${by(feature)} (${bins}{${VALUED}} > 0)\n/ ${onOne(feature)} ml:feature_baseline_n`,
    },
    { record: 'ml:feature_all', expr: `sum ${by(featureWindow)} (ml:feature_bins:window)` },
    { record: 'ml:feature_baseline_all', expr: `sum ${by(feature)} (${bins})` },
    { record: 'ml:feature_missing_count', expr: `sum ${by(featureWindow)} (ml:feature_bins:window{${ABSENT}})` },
    { record: 'ml:feature_baseline_missing_count', expr: `sum ${by(feature)} (${bins}{${ABSENT}})` },
  ];
}
