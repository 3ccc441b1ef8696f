import type { ResolvedRuleOptions } from '../options.js';
import { by, labelSets, onOne } from '../promql/labels.js';
import type { RecordingRule } from '../rule-file.js';
import { VALUED } from './feature-counts.js';

/**
 * Shares, and the distances of the window from the baseline over all valued bins as they are: the figures that a process
 * computes from the same counts. A window without values has none of them.
 */
export function distanceRules(options: ResolvedRuleOptions): RecordingRule[] {
  const { bin, feature, featureWindow } = labelSets(options);
  const baselineBins = `ml:feature_baseline_bins:max{${VALUED}}`;
  const q = `ml:feature_bins:window{${VALUED}} / ${onOne(featureWindow)} (ml:feature_n > 0)`;
  const p = `(${baselineBins} / ${onOne(feature)} (ml:feature_baseline_n > 0))`;
  const shares = `ml:feature_share / ${onOne(bin)} ml:feature_baseline_share`;
  return [
    {
      // The same ½ as in a process (PSI_OFFSET): an empty bin has a finite logarithm.
      record: 'ml:feature_share',
      expr: `(ml:feature_bins:window{${VALUED}} + 0.5)
/ ${onOne(featureWindow)}
((ml:feature_n > 0) + ${onOne(feature)} (0.5 * ml:feature_baseline_k))`,
    },
    {
      record: 'ml:feature_baseline_share',
      expr: `(${baselineBins} + 0.5)
/ ${onOne(feature)}
((ml:feature_baseline_n > 0) + 0.5 * ml:feature_baseline_k)`,
    },
    {
      record: 'ml:feature_psi',
      expr: `sum ${by(featureWindow)} (
  (ml:feature_share - ${onOne(bin)} ml:feature_baseline_share)
  * ln(${shares})
)`,
    },
    {
      // q ln(2q/(q+p)) + p ln(2p/(q+p)), each over the bins where its share is not 0; `/` and `*` alone bind from left to right.
      record: 'ml:feature_js',
      expr: `sqrt(clamp_min(
  (
    sum ${by(featureWindow)} (
      (${q} > 0)
      * ln(2 / (1 + 1 / ((${q} > 0) / ${onOne(bin)} ${p})))
    )
    + sum ${by(featureWindow)} (
      ln(2 / (1 + ${q} / ${onOne(bin)} (${p} > 0)))
      * ${onOne(bin)} ${p}
    )
  ) / 2, 0))`,
    },
  ];
}
