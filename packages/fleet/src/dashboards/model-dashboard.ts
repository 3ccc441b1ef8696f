import { type AnnotationQuery, type Dashboard, RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { MODEL_UID, OVERVIEW_UID, topLink } from './addresses.js';
import { dashboardFrame, numbered } from './dashboard-frame.js';
import { COLOR } from './drift-level.js';
import { driftPanels } from './model-drift.js';
import { featurePanels } from './model-feature.js';
import { predictionPanels } from './model-predictions.js';
import { modelStats, sdkPanels, servicePanels, versionPanels } from './model-service.js';
import { DATASOURCE } from './queries.js';
import {
  datasourceVariable,
  featureVariable,
  filtersVariable,
  modelVariable,
  runbooksVariable,
  versionVariable,
  windowVariable,
} from './variables.js';

/** One model: which version is wrong, on which feature, since when, and what it says and costs. */
export function modelDashboard(): Dashboard {
  const dashboard = dashboardFrame('Driftspan / Model', MODEL_UID, 'One model, its versions and its features.')
    .variables([
      datasourceVariable(),
      modelVariable(),
      versionVariable(),
      featureVariable(),
      windowVariable(),
      filtersVariable(),
      runbooksVariable(),
    ])
    .annotation({ build: firingAlerts })
    .link(topLink('All models', OVERVIEW_UID));
  for (const panel of modelStats()) dashboard.withPanel(panel);
  const sections = [
    ['Versions', versionPanels()],
    ['Drift of every feature', driftPanels()],
    ['Feature: $feature', featurePanels()],
    ['Predictions and outcomes', predictionPanels()],
    ['Latency and errors', servicePanels()],
    ['The watching itself', sdkPanels()],
  ] as const;
  for (const [title, panels] of sections) {
    dashboard.withRow(new RowBuilder(title));
    for (const panel of panels) dashboard.withPanel(panel);
  }
  return numbered(dashboard);
}

/** Marks on every panel over time: from when to when an alert of this model fired. */
function firingAlerts(): AnnotationQuery {
  return {
    name: 'Alerts',
    datasource: DATASOURCE,
    enable: true,
    iconColor: COLOR.critical,
    expr: 'ALERTS{alertname=~"Ml.*",alertstate="firing",ml_model_name="$model"}',
    step: '60s',
    titleFormat: '{{alertname}}',
    textFormat: 'version {{ml_model_version}}',
    tagKeys: 'severity',
  };
}
