import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { type DashboardLink, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';
import { pageOf } from '../alerts/annotations.js';

/** Stable, so that links and bookmarks hold over a new version of the file. */
export const OVERVIEW_UID = 'driftspan-overview';
export const MODEL_UID = 'driftspan-model';
export const TAG = 'driftspan';

/** The data source and the window go along from one dashboard to the other. */
const CARRIED = `var-datasource=\${datasource}&var-window=\${window}`;

/** What was clicked: a row of a table, whose columns are labels, or a series. */
type From = 'table' | 'series';

/** A data link to the page of the model and version that was clicked. */
export function modelLink(from: From): Builder<DashboardLink> {
  return link('Open this version', `${modelUrl(from)}&\${__url_time_range}`);
}

/** A data link to the page of the model and version in the clicked row, with the row's feature chosen. */
export function modelFeatureLink(): Builder<DashboardLink> {
  return link(
    'Look at this feature',
    `${modelUrl('table')}&var-feature=${label('table', 'ml_feature_name')}&\${__url_time_range}`,
  );
}

/** A data link that chooses the feature of the row or series that was clicked, on the page itself. */
export function featureLink(from: From): Builder<DashboardLink> {
  const kept = `${CARRIED}&\${model:queryparam}&\${version:queryparam}`;
  return link(
    'Look at this feature',
    `/d/${MODEL_UID}?${kept}&var-feature=${label(from, 'ml_feature_name')}&\${__url_time_range}`,
  );
}

/** A data link from a cell that shows the name of a runbook page. */
export function runbookLink(): Builder<DashboardLink> {
  return link('Runbook', `\${runbooks}/\${__value.text}`, { targetBlank: true });
}

/** A link at the top of a dashboard to the other one, at the same time range. */
export function topLink(title: string, uid: string): Builder<DashboardLink> {
  return link(title, `/d/${uid}?${CARRIED}`, { icon: 'dashboard', keepTime: true });
}

/** Markdown for a panel's description: the pages of these alerts, under the address in the variable `runbooks`. */
export function runbookText(alerts: readonly string[]): string {
  return alerts.map(alert => `[${alert}](\${runbooks}/${pageOf(alert)})`).join(', ');
}

function modelUrl(from: From): string {
  const version = `var-model=${label(from, 'ml_model_name')}&var-version=${label(from, 'ml_model_version')}`;
  return `/d/${MODEL_UID}?${version}&${CARRIED}`;
}

function label(from: From, name: string): string {
  return from === 'table' ? `\${__data.fields.${name}:percentencode}` : `\${__field.labels.${name}:percentencode}`;
}

/** Without a `placement`, which the builder sets: Grafana would put the link into a menu. */
function link(title: string, url: string, more: Partial<DashboardLink> = {}): Builder<DashboardLink> {
  const plain = {
    icon: '',
    tooltip: '',
    tags: [],
    asDropdown: false,
    targetBlank: false,
    includeVars: false,
    keepTime: false,
  };
  return { build: () => ({ title, type: DashboardLinkType.Link, url, ...plain, ...more }) };
}
