import type { ResolvedRuleOptions } from '../options.js';
import { labelSets } from '../promql/labels.js';

/** How loud an alert is: `critical` wakes somebody, `warning` is for the working day, `info` is for who looks. */
export type Severity = 'info' | 'warning' | 'critical';

/** Rows of a list: more would be cut by most receivers of alerts, and the dashboard has the rest. */
const LISTED = 5;

/** What every alert says, in this order. */
export interface Annotations {
  /** One line: model, version, the number. */
  readonly summary: string;
  /** What it means, what to do first, and the list of what is concerned. */
  readonly description: string;
  readonly runbook_url: string;
  readonly [name: string]: string;
}

/** Puts the annotations of an alert together, and its severity with them. */
export function saying(
  alert: string,
  severity: Severity,
  options: ResolvedRuleOptions,
  summary: string,
  description: readonly string[],
): { readonly labels: Readonly<Record<string, string>>; readonly annotations: Annotations } {
  return {
    labels: { severity },
    annotations: { summary, description: description.join('\n'), runbook_url: `${options.runbooks}/${pageOf(alert)}` },
  };
}

/** The runbook page of an alert: `ml-drift-critical.md` of `MlDriftCritical`. */
export function pageOf(alert: string): string {
  return `${alert.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}.md`;
}

/** Name and version of the alert's model, then the labels that `by` keeps apart. */
export function modelTitle(options: ResolvedRuleOptions): string {
  return ['ml_model_name', 'ml_model_version', ...options.by].map(label => `{{ $labels.${label} }}`).join(' ');
}

/**
 * A query of the alert's own model within an annotation: `MODEL` in it stands for the matchers of that model.
 * The query may not hold a backtick or a percent sign. Further arguments fill each `%q` after `MODEL`.
 */
function modelQuery(promql: string, options: ResolvedRuleOptions, ...rest: readonly string[]): string {
  const { model } = labelSets(options);
  const uses = promql.split('MODEL').length - 1;
  const matchers = model.map(label => `${label}=%q`).join(', ');
  const values = Array.from({ length: uses }, () => [...model.map(label => `$labels.${label}`), ...rest]).flat();
  return `query (printf \`${promql.replaceAll('MODEL', matchers)}\` ${values.join(' ')})`;
}

/** The value of a query of the alert's model in a format of the templates; nothing where the query finds nothing. */
export function modelValue(promql: string, format: string, options: ResolvedRuleOptions): string {
  return `{{ range ${modelQuery(promql, options)} }}{{ .Value | ${format} }}{{ end }}`;
}

/** What stands beside a row: a query about the row's label, which `ROW=%q` asks for, and the words around its value. */
export interface Beside {
  readonly promql: string;
  readonly before: string;
  readonly format: string;
  readonly after: string;
}

/**
 * A list, the largest value first, five rows at most: `- temp: PSI 0.41, above 0.33`. `promql` must leave one label.
 *
 * @param label the label that names a row.
 * @param words what stands before and after a row's value.
 */
export function ranked(
  promql: string,
  label: string,
  words: { readonly before: string; readonly format: string; readonly after: string },
  options: ResolvedRuleOptions,
  beside?: Beside,
): string {
  const rows = modelQuery(`sort_desc(topk(${LISTED}, ${promql}))`, options);
  const row = `- {{ .Labels.${label} }}: ${words.before}{{ .Value | ${words.format} }}${words.after}`;
  const more =
    beside === undefined
      ? ''
      : `{{ range ${modelQuery(beside.promql.replaceAll('MODEL', `MODEL, ${label}=%q`), options, `.Labels.${label}`)} }}` +
        `${beside.before}{{ .Value | ${beside.format} }}${beside.after}{{ end }}`;
  return `{{ range ${rows} }}${row}${more}\n{{ end }}`;
}

/** Two decimals, for indices and ratios. */
export const DECIMALS = 'printf "%.2f"';
/** `12.3%` of 0.123. */
export const PERCENTAGE = 'humanizePercentage';
/** Seconds with a unit: `120ms`. */
export const SECONDS = 'humanizeDuration';
/** A count without decimals. */
export const COUNT = 'printf "%.0f"';
