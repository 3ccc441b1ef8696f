import type { ResolvedRuleOptions } from '../options.js';

/** The label that says which window a series is of. */
export const WINDOW = 'ml_window';

/** What series are told apart by, from the outermost to the innermost; `by` of the options stands in all of them. */
export interface LabelSets {
  /** `by` alone: one fleet. */
  readonly scope: readonly string[];
  readonly model: readonly string[];
  readonly modelWindow: readonly string[];
  /** A feature of a model against one baseline. */
  readonly feature: readonly string[];
  readonly featureWindow: readonly string[];
  readonly bin: readonly string[];
  readonly binWindow: readonly string[];
}

export function labelSets({ by }: Pick<ResolvedRuleOptions, 'by'>): LabelSets {
  const model = [...by, 'ml_model_name', 'ml_model_version'];
  const feature = [...model, 'ml_baseline_id', 'ml_feature_name'];
  const bin = [...feature, 'ml_bin', 'ml_bin_kind'];
  return {
    scope: by,
    model,
    modelWindow: [...model, WINDOW],
    feature,
    featureWindow: [...feature, WINDOW],
    bin,
    binWindow: [...bin, WINDOW],
  };
}

/** `sum by (a, b)`, for an aggregation. */
export function by(labels: readonly string[]): string {
  return `by (${labels.join(', ')})`;
}

/** `on (a, b)`, for one-to-one matching and for `and`, `unless`. */
export function on(labels: readonly string[]): string {
  return `on (${labels.join(', ')})`;
}

/** `on (a, b) group_left ()`: many on the left, one on the right. */
export function onOne(labels: readonly string[]): string {
  return `on (${labels.join(', ')}) group_left ()`;
}

/** The vector with one label set to a constant. */
export function withLabel(expr: string, label: string, value: string): string {
  return `label_replace(${expr}, "${label}", "${value}", "", "")`;
}
