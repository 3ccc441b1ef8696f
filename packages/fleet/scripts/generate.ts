import { writeFileSync } from 'node:fs';
import { alertRules } from '../src/alerts/alert-rules.js';
import { dashboardJson } from '../src/dashboards/dashboard-frame.js';
import { modelDashboard } from '../src/dashboards/model-dashboard.js';
import { overviewDashboard } from '../src/dashboards/overview-dashboard.js';
import { rulesYaml } from '../src/rule-file.js';
import { recordingRules } from '../src/rules/recording-rules.js';

// Writes the files that the package ships, each from default options.
const write = (path: string, text: string) => writeFileSync(new URL(`../${path}`, import.meta.url), text);

write('prometheus/driftspan.rules.yml', rulesYaml(recordingRules()));
write('prometheus/driftspan.alerts.yml', rulesYaml(alertRules()));
write('grafana/driftspan-overview.json', dashboardJson(overviewDashboard()));
write('grafana/driftspan-model.json', dashboardJson(modelDashboard()));
