import type { PanelBuilder as StatusHistory } from '@grafana/grafana-foundation-sdk/statushistory';
import type { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import * as units from '@grafana/grafana-foundation-sdk/units';
import { featureLink } from './addresses.js';
import { type Column, withColumns } from './columns.js';
import { levelMappings, levelThresholds, psiThresholds } from './drift-level.js';
import { squares, table } from './panel-kinds.js';
import { overTime, VERSIONS, WINDOW } from './queries.js';

const WINDOWED = `${VERSIONS},${WINDOW}`;
const BY = 'by (ml_feature_name, ml_model_version)';
/** A square no narrower than the rules are evaluated, and no more of them than a screen shows apart. */
const STEP = '5m';
const SQUARES = 150;

/** Feature by time, twice: what was decided, and how far it was; and every figure of now. */
export function driftPanels(): (StatusHistory | Table)[] {
  return [
    squares({
      title: 'Verdict by feature',
      text:
        'One row a feature, one square a stretch of time with the worst verdict in it over the chosen versions. Grey: too few values to tell. Blue: real but small. ' +
        'Bad: orange, red. Click a square to look at the feature below.',
      alerts: ['MlDriftCritical', 'MlDriftWarning', 'MlDriftNotEnoughData'],
      width: 12,
      height: 10,
      empty: 'No verdict yet',
    })
      .interval(STEP)
      .maxDataPoints(SQUARES)
      .mappings(levelMappings())
      .thresholds(levelThresholds())
      .dataLinks([featureLink('series')])
      .withTarget(overTime('A', worst('ml:feature_drift_level'), '{{ml_feature_name}}')),
    squares({
      title: 'PSI by feature',
      text:
        'The population stability index against the baseline, the largest in each stretch of time: orange from 0.1, red from 0.25. It is the plain index: few values, or values that the baseline never saw, make it high, ' +
        'which the verdict on the left takes into account. Bad: a row that turns from green and stays.',
      alerts: ['MlDriftCritical', 'MlDriftWarning'],
      width: 12,
      height: 10,
      empty: 'No feature has a baseline',
    })
      .interval(STEP)
      .maxDataPoints(SQUARES)
      .decimals(3)
      .thresholds(psiThresholds())
      .dataLinks([featureLink('series')])
      .withTarget(overTime('A', worst('ml:feature_psi'), '{{ml_feature_name}}')),
    featureTable(),
  ];
}

function featureTable(): Table {
  const panel = table({
    title: 'Features now',
    text:
      'Verdict is the worst of shape, missing and unseen. A verdict on the shape needs the lower bound, not PSI itself, above 0.1 or 0.25. Bad: orange and red. ' +
      'Click a feature to look at it below.',
    alerts: ['MlDriftCritical', 'MlDriftWarning', 'MlFeatureMissing'],
    width: 24,
    height: 10,
    empty: 'No feature has a baseline',
  });
  const columns: Column[] = [
    { title: 'Feature', label: 'ml_feature_name', link: featureLink('table') },
    { title: 'Version', label: 'ml_model_version' },
    level('Verdict', 'ml:feature_drift_level'),
    level('Shape', 'ml:feature_shape_level'),
    level('Missing', 'ml:feature_missing_level'),
    level('Unseen', 'ml:feature_unseen_level'),
    { title: 'PSI', expr: `max ${BY} (ml:feature_psi{${WINDOWED}})`, decimals: 3, colored: 'psi', width: 80 },
    { title: 'PSI, lower bound', expr: `max ${BY} (ml:feature_psi_lower{${WINDOWED}})`, decimals: 3, colored: 'psi' },
    { title: 'KS', expr: `max ${BY} (ml:feature_ks{${WINDOWED}})`, decimals: 3 },
    { title: 'Values', expr: `sum ${BY} (ml:feature_n{${WINDOWED}})`, unit: units.Short },
    {
      title: 'Missing share',
      expr: `max ${BY} (ml:feature_missing_ratio{${WINDOWED}})`,
      unit: units.PercentUnit,
      decimals: 2,
    },
    {
      title: 'Unseen share',
      expr: `max ${BY} (ml:feature_unseen_ratio{${WINDOWED}})`,
      unit: units.PercentUnit,
      decimals: 2,
    },
  ];
  return withColumns(panel, columns).sortBy([
    { build: () => ({ displayName: 'Verdict', desc: true }) },
    { build: () => ({ displayName: 'PSI', desc: true }) },
  ]);
}

function level(title: string, series: string): Column {
  return { title, expr: `max ${BY} (${series}{${WINDOWED}})`, colored: 'level', width: 100 };
}

function worst(series: string): string {
  return `max by (ml_feature_name) (max_over_time(${series}{${WINDOWED}}[$__interval]))`;
}
