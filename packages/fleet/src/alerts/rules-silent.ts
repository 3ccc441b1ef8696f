import type { ResolvedRuleOptions } from '../options.js';
import { formatDuration } from '../promql/duration.js';
import { by, labelSets, on } from '../promql/labels.js';
import type { AlertRule } from '../rule-file.js';
import { COUNT, saying } from './annotations.js';
import { recent } from './recent.js';

const ALERT = 'MlRulesSilent';

/** Tiles after the lag by which a new series must have been recorded: two to be counted, one for an evaluation that was late. */
const TILES = 3;

/**
 * Models report and nothing is recorded of them: rules that are not loaded, that fail, or that fit no series come out empty, and every
 * other alert here is then silent too. One alert for all, since rules fail for all models at once.
 */
export function rulesSilentAlert(options: ResolvedRuleOptions): AlertRule {
  const { model } = labelSets(options);
  const { lag, tile } = options;
  const features = 'ml_feature_bins_total{ml_bin_kind="missing"}';
  const silent = (source: string, recorded: string): string =>
    `(count ${by(model)} (${source}) unless ${on(model)} ${recent(recorded, options)})`;
  return {
    alert: ALERT,
    expr: `count(
  ${silent('{__name__=~"ml_inference_duration(_seconds)?_count"}', 'ml:inference:window')}
  or ${on(model)}
  ${silent(features, 'ml:feature_n')}
  or ${on(model)}
  ${silent(`${recent('ml:feature_n', options)} > 0 and ${on(model)} ${features}`, 'ml:feature_psi')}
)`,
    for: formatDuration(Math.max(options.for.ms, lag.ms + TILES * tile.ms)),
    ...saying(
      ALERT,
      'warning',
      options,
      `The recording rules are silent for {{ $value | ${COUNT} }} models and versions that report`,
      [
        'Metrics of models come in, and what is recorded from them (ml:inference:window, ml:feature_n, ml:feature_psi) does not exist. Drift, latency and traffic alerts of these models cannot fire.',
        'First: see on the rules page of Prometheus whether driftspan.rules.yml is loaded and which rule fails; then whether replicas export baseline bins.',
      ],
    ),
  };
}
