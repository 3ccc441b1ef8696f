import { type RuleOptions, resolveOptions } from '../options.js';
import type { RuleGroup } from '../rule-file.js';
import { baselineDisagreementAlert } from './baseline-disagreement.js';
import { classShareAlert, usualShareRule } from './class-share.js';
import { confidenceCollapseAlert, usualConfidenceRule } from './confidence-collapse.js';
import { driftAlerts, driftLevelRules } from './drift.js';
import { latencyBudgetAlerts } from './latency-budget.js';
import { notEnoughDataAlert } from './not-enough-data.js';
import { rulesSilentAlert } from './rules-silent.js';
import { sdkDroppedAlert } from './sdk-dropped.js';
import { versionWithoutTrafficAlert } from './version-without-traffic.js';

/**
 * The alerts over what {@link recordingRules} records, in one group: what an alert compares with stands before it, and a critical one before
 * the ones that it silences. The group has the server's own interval, which must be below 5 minutes: an alert that is
 * silenced by another finds it in `ALERTS`.
 *
 * @throws FleetError `ERR_FLEET_OPTION`
 */
export function alertRules(options: RuleOptions = {}): RuleGroup[] {
  const resolved = resolveOptions(options);
  return [
    {
      name: 'driftspan-alerts',
      rules: [
        ...driftLevelRules(resolved),
        usualConfidenceRule(resolved),
        usualShareRule(resolved),
        ...driftAlerts(resolved),
        notEnoughDataAlert(resolved),
        confidenceCollapseAlert(resolved),
        classShareAlert(resolved),
        ...latencyBudgetAlerts(resolved),
        versionWithoutTrafficAlert(resolved),
        sdkDroppedAlert(resolved),
        baselineDisagreementAlert(resolved),
        rulesSilentAlert(resolved),
      ],
    },
  ];
}
