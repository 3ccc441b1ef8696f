import { alertRules, type RuleGroup, type RuleOptions, recordingRules, rulesYaml } from '@driftspan/fleet';

/** {@link RuleOptions} as the command line has them: flat, and absent where not given. */
export interface RuleFlags extends Omit<RuleOptions, 'psi' | 'latencyBudgets'> {
  readonly format: 'yaml' | 'json';
  readonly alerts?: true;
  readonly recording?: true;
  readonly psiWarning?: number;
  readonly psiCritical?: number;
  readonly latencyBudget?: Readonly<Record<string, number>>;
}

/**
 * The rule file of `driftspan rules`. Recording rules stand before the alerts that read them.
 *
 * @throws FleetError `ERR_FLEET_OPTION`
 */
export function rulesText({
  format,
  alerts,
  recording,
  psiWarning,
  psiCritical,
  latencyBudget,
  ...flags
}: RuleFlags): string {
  const options: RuleOptions = {
    ...flags,
    psi: {
      ...(psiWarning === undefined ? {} : { warning: psiWarning }),
      ...(psiCritical === undefined ? {} : { critical: psiCritical }),
    },
    ...(latencyBudget === undefined ? {} : { latencyBudgets: latencyBudget }),
  };
  const groups: RuleGroup[] = [];
  if (alerts !== true) groups.push(...recordingRules(options));
  if (recording !== true) groups.push(...alertRules(options));
  return format === 'json' ? `${JSON.stringify({ groups }, null, 2)}\n` : rulesYaml(groups);
}
