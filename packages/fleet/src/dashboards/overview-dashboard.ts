import { type Dashboard, RowBuilder } from '@grafana/grafana-foundation-sdk/dashboard';
import { MODEL_UID, OVERVIEW_UID, topLink } from './addresses.js';
import { dashboardFrame, numbered } from './dashboard-frame.js';
import { alertPanel, driftPanel, fleetStats, versionsPanel } from './overview-panels.js';
import { sdkPanels, trafficPanels } from './overview-trends.js';
import { datasourceVariable, filtersVariable, modelsVariable, runbooksVariable, windowVariable } from './variables.js';

/** All models of a fleet on one page: who drifts, who fails, who serves what, and whether the watching itself works. */
export function overviewDashboard(): Dashboard {
  const dashboard = dashboardFrame(
    'Driftspan / Overview',
    OVERVIEW_UID,
    'Every watched model of the fleet, worst first.',
  )
    .variables([datasourceVariable(), modelsVariable(), windowVariable(), filtersVariable(), runbooksVariable()])
    .link(topLink('One model', MODEL_UID));
  for (const panel of fleetStats()) dashboard.withPanel(panel);
  dashboard.withPanel(versionsPanel()).withPanel(alertPanel()).withPanel(driftPanel());
  dashboard.withRow(new RowBuilder('Traffic, errors, latency'));
  for (const panel of trafficPanels()) dashboard.withPanel(panel);
  dashboard.withRow(new RowBuilder('The watching itself'));
  for (const panel of sdkPanels()) dashboard.withPanel(panel);
  return numbered(dashboard);
}
