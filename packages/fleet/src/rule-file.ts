import { stringify } from 'yaml';

export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels?: Readonly<Record<string, string>>;
}

/** `keep_firing_for` is left out: Prometheus has it since 2.42, many that speak its language do not. */
export interface AlertRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly keep_firing_for?: never;
  readonly labels: Readonly<Record<string, string>>;
  readonly annotations: Readonly<Record<string, string>>;
}

/** Rules that are evaluated in their order, each seeing what those before it recorded. */
export interface RuleGroup {
  readonly name: string;
  /** A PromQL duration; the server's own interval without it. */
  readonly interval?: string;
  readonly rules: readonly (RecordingRule | AlertRule)[];
}

const HEADER = `# Made by @driftspan/fleet. For other windows, budgets or labels, make the file anew with "driftspan rules", or with
# recordingRules(options), alertRules(options) and rulesYaml(groups), instead of editing this one.
`;

/** A Prometheus rule file, with a short header. Expressions of several lines stand as they are written. */
export function rulesYaml(groups: readonly RuleGroup[]): string {
  return HEADER + stringify({ groups }, { lineWidth: 0, blockQuote: 'literal', aliasDuplicateObjects: false });
}
