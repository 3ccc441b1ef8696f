import type { DataSourceRef } from '@grafana/grafana-foundation-sdk/common';
import { DataqueryBuilder, PromQueryFormat, QueryEditorMode } from '@grafana/grafana-foundation-sdk/prometheus';

/** Whatever the reader chose at the top: no file of ours names a data source. */
export const DATASOURCE: DataSourceRef = { type: 'prometheus', uid: `\${datasource}` };

/** Matchers of the overview: the chosen models. */
export const MODELS = 'ml_model_name=~"$model"';
/** Matchers of the page of one model: the chosen versions. */
export const VERSIONS = 'ml_model_name="$model",ml_model_version=~"$version"';
/** The chosen window, for the series that have one. */
export const WINDOW = 'ml_window="$window"';
/** The chosen feature. */
export const FEATURE = 'ml_feature_name="$feature"';

/** A line for each series over the dashboard's time range; `legend` is Grafana's `{{label}}` template. */
export function overTime(refId: string, expr: string, legend: string): DataqueryBuilder {
  return query(refId, expr).range().legendFormat(legend);
}

/** The value at the end of the time range, one row a series with its labels as columns. */
export function rows(refId: string, expr: string): DataqueryBuilder {
  return query(refId, expr).instant().format(PromQueryFormat.Table);
}

/** The value at the end of the time range, for a stat. */
export function now(refId: string, expr: string, legend: string): DataqueryBuilder {
  return query(refId, expr).instant().legendFormat(legend);
}

/** Cumulative buckets over time, which the data source takes apart by `le`. */
export function buckets(refId: string, expr: string): DataqueryBuilder {
  return query(refId, expr).range().format(PromQueryFormat.Heatmap).legendFormat('{{le}}');
}

function query(refId: string, expr: string): DataqueryBuilder {
  return new DataqueryBuilder().refId(refId).expr(expr).datasource(DATASOURCE).editorMode(QueryEditorMode.Code);
}
