import type { ResolvedRuleOptions } from '../options.js';
import { by, labelSets, on, onOne, withLabel } from '../promql/labels.js';
import type { RecordingRule } from '../rule-file.js';
import { VALUED } from './feature-counts.js';

/** Values expected in a bin that stands alone: the χ² tail of G is then right within 15 % down to p = 1e-7. */
export const ENOUGH_EXPECTED = 20;
/** Values expected in the pool of the others; with fewer they are left out. */
export const FEWEST_EXPECTED = 10;

/**
 * The bins as the shape test takes them: those that the baseline filled and in which 20 are expected, and one pool of the other
 * filled ones. In a process the smallest bins are merged first, which no query can do; the pool, like that, is chosen by the
 * baseline's counts and the window's size alone, so what the window shows never decides how it is judged.
 */
export function groupRules(options: ResolvedRuleOptions): RecordingRule[] {
  const { bin, feature, featureWindow, binWindow } = labelSets(options);
  const window = `ml:feature_bins:window{${VALUED}}`;
  const filled = `(ml:feature_baseline_bins:max{${VALUED}} > 0)`;
  // The baseline's count beside each window's: two windows on the one side, so the window's series must lead.
  const baseline = `(0 * ${window} + ${onOne(bin)} ${filled})`;
  const enough = `${onOne(featureWindow)} (${ENOUGH_EXPECTED} / (ml:feature_n > 0) * ${onOne(feature)} ml:feature_baseline_n)`;
  const fewest = `(${FEWEST_EXPECTED} / (ml:feature_n > 0) * ${onOne(feature)} ml:feature_baseline_n)`;
  const pooled = (expr: string): string => withLabel(withLabel(expr, 'ml_bin', 'pooled'), 'ml_bin_kind', 'pooled');
  return [
    {
      record: 'ml:feature_baseline_group_bins',
      expr: `${baseline} >= ${enough}
or
${pooled(`
  sum ${by(featureWindow)} (${baseline} < ${enough})
  >= ${fewest}
`)}`,
    },
    {
      record: 'ml:feature_group_bins',
      expr: `${window} and ${on(binWindow)} ml:feature_baseline_group_bins
or
${pooled(`
  sum ${by(featureWindow)} (
    ${window} and ${on(bin)} ${filled} unless ${on(binWindow)} ml:feature_baseline_group_bins
  )
  and ${on(featureWindow)} ml:feature_baseline_group_bins{ml_bin_kind="pooled"}
`)}`,
    },
    { record: 'ml:feature_group_n', expr: `sum ${by(featureWindow)} (ml:feature_group_bins) > 0` },
    { record: 'ml:feature_baseline_group_n', expr: `sum ${by(featureWindow)} (ml:feature_baseline_group_bins)` },
  ];
}
