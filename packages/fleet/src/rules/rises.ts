import type { ResolvedRuleOptions } from '../options.js';
import { by, labelSets, on, onOne } from '../promql/labels.js';
import type { RecordingRule } from '../rule-file.js';

/** A rise of one percentage point is a warning, one of five is critical; as in a process. */
export const RISE_WARNING = 0.01;
export const RISE_CRITICAL = 0.05;

/** Series of the hits and of all values, in a window and in the baseline. */
interface RiseSeries {
  readonly x: string;
  readonly n: string;
  readonly k: string;
  readonly m: string;
}

/**
 * Whether a rate rose: that of missing and invalid values among all, and that of values where the baseline had none (`_OTHER`
 * included) among those with a value. The second only where there are such bins.
 */
export function riseRules(options: ResolvedRuleOptions): RecordingRule[] {
  const { bin, feature, featureWindow } = labelSets(options);
  const bins = 'ml:feature_baseline_bins:max';
  const never = `${bins}{ml_bin_kind=~"range|category"} == 0`;
  const missing = {
    x: 'ml:feature_missing_count',
    n: 'ml:feature_all',
    k: 'ml:feature_baseline_missing_count',
    m: 'ml:feature_baseline_all',
  };
  const unseen = {
    x: 'ml:feature_unseen_count',
    n: 'ml:feature_n',
    k: 'ml:feature_baseline_unseen_count',
    m: 'ml:feature_baseline_n',
  };
  return [
    {
      record: unseen.x,
      expr: `sum ${by(featureWindow)} (
  ml:feature_bins:window{ml_bin_kind="other"}
  or ml:feature_bins:window{ml_bin_kind=~"range|category"} and ${on(bin)} ${never}
)`,
    },
    { record: unseen.k, expr: `sum ${by(feature)} (${bins}{ml_bin_kind="other"} or ${never})` },
    ...rulesOfOne('missing', missing, options),
    ...rulesOfOne('unseen', unseen, options),
  ];
}

/**
 * Fisher's exact test, bounded from above. X of n drawn from N = n + m hold x of the K = x + k hits, and
 *
 *   ln P(X ≥ x) ≤ −n KL(x/n ‖ K/N)     ln P(X ≥ x) ≤ −K KL(x/K ‖ n/N)     for x/n ≥ K/N
 *
 * the second being the first with draws and hits exchanged. Both begin with a = x ln(xN/nK); the smaller is taken.
 * Sources: Hoeffding 1963, theorem 4; Chvátal 1979, "The tail of the hypergeometric distribution".
 */
function rulesOfOne(test: string, { x, n, k, m }: RiseSeries, options: ResolvedRuleOptions): RecordingRule[] {
  const { scope, feature } = labelSets(options);
  const one = onOne(feature);
  const total = `(${n} + ${one} ${m})`;
  const hits = `(${x} + ${one} ${k})`;
  // At least 1 below each logarithm that is multiplied by a count of 0.
  const a = `${x} * ln(${x} * ${total} / (${n} * ${hits}))`;
  const ofDraws = `(${n} - ${x}) * ln(clamp_min(${n} - ${x}, 1) * ${total} / (${n} * clamp_min(${total} - ${hits}, 1)))`;
  const ofHits = `ln(${total} / ${hits} * ${one} (clamp_min(${k}, 1) / ${m})) * ${one} ${k}`;
  const logP = `ml:feature_${test}_log_p`;
  const alpha = `${onOne(scope)} ml:drift_log_alpha`;
  const rise = `((${x} * ${one} ${m} - ${n} * ${one} ${k}) / (${n} * ${one} ${m}))`;
  return [
    { record: `ml:feature_${test}_ratio`, expr: `${x} / (${n} > 0)` },
    { record: `ml:feature_baseline_${test}_ratio`, expr: `${k} / (${m} > 0)` },
    {
      record: logP,
      expr: `clamp_max(
  -(
    ${a}
    + (
      ${ofDraws}
      > ${ofHits}
      or ${ofHits}
    )
  ), 0)
  and ${on([...feature, 'ml_window'])} (${x} * ${one} ${m} > ${n} * ${one} ${k})
or 0 * ${x}`,
    },
    {
      // Insufficient if not even hits alone could have been significant: a is then all there is, with x = n.
      record: `ml:feature_${test}_level`,
      expr: `(${logP} <= bool ${alpha}) * (1 + (${rise} >= bool ${RISE_WARNING}) + (${rise} >= bool ${RISE_CRITICAL})) > 0
or 0 * (-${n} * ln(${total} / (${n} + ${one} ${k})) <= ${alpha})
or 0 * ${x} - 1`,
    },
  ];
}
