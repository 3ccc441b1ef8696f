import { BigValueColorMode } from '@grafana/grafana-foundation-sdk/common';
import { MappingType, type ValueMapping } from '@grafana/grafana-foundation-sdk/dashboard';
import type { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import type { PanelBuilder as StateTimeline } from '@grafana/grafana-foundation-sdk/statetimeline';
import type { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import * as units from '@grafana/grafana-foundation-sdk/units';
import { alertRules } from '../alerts/alert-rules.js';
import { pageOf } from '../alerts/annotations.js';
import { modelLink, runbookLink } from './addresses.js';
import { withColumns } from './columns.js';
import { COLOR, levelMappings, levelThresholds, steps } from './drift-level.js';
import { stat, table, timeline } from './panel-kinds.js';
import { MODELS, now, overTime, WINDOW } from './queries.js';
import { versionColumns } from './version-columns.js';

/** Holds an alert's name once more in a query's result. */
const PAGE = 'ml_page';
const ALERTS = 'alertname=~"Ml.*"';
/** A step of the picture no finer than the rules are evaluated. */
const STEP = '5m';

/** The line of figures at the top. */
export function fleetStats(): Stat[] {
  const drifting = `count(max by (ml_model_name) (ml:model_drift_level{${MODELS},${WINDOW}}) >= 2) or vector(0)`;
  const conflicts = `(count(ml:feature_baselines{${MODELS}} > 1) or vector(0)) + (count(ml:feature_baseline_conflict{${MODELS}}) or vector(0))`;
  return [
    figure('Models', 'Models with a live process.', `count(count by (ml_model_name) (ml:replicas{${MODELS}}))`),
    figure(
      'Replicas',
      'Processes that report now, over all models. A process with two models counts twice.',
      `sum(ml:replicas{${MODELS}})`,
    ),
    figure('Calls per second', 'Of all models together.', `sum(ml:inference:rate{${MODELS}})`),
    trouble('Models that drift', 'Models with a version at warning or critical.', drifting, [
      'MlDriftWarning',
      'MlDriftCritical',
    ]),
    trouble(
      'Alerts that fire',
      'Alerts of this project only.',
      `count(ALERTS{${ALERTS},alertstate="firing",${MODELS}}) or vector(0)`,
      [],
    ),
    trouble(
      'Baselines that disagree',
      'Features whose replicas have different baselines. Their figures are judged apart, so each is weaker.',
      conflicts,
      ['MlBaselineDisagreement'],
    ),
  ];
}

/** One row a model and version, the worst drift first. */
export function versionsPanel(): Table {
  const panel = table({
    title: 'Models and versions',
    text:
      'Drift is the worst verdict of a version’s features in the chosen window; “look first at” is the feature behind it. ' +
      'Bad: orange or red, a new version with more errors or less accuracy than the old one, a version with no traffic. ' +
      'Empty cells: the model reports no such thing. Click a name for its page.',
    alerts: ['MlDriftCritical', 'MlDriftWarning', 'MlVersionWithoutTraffic'],
    width: 24,
    height: 9,
    empty: 'No model reports yet, or the recording rules are not loaded',
  });
  return withColumns(panel, versionColumns(MODELS)).sortBy([{ build: () => ({ displayName: 'Drift', desc: true }) }]);
}

/** Alerts that fire or are about to, from the series that Prometheus keeps of them. */
export function alertPanel(): Table {
  const by = 'by (alertname, severity, ml_model_name, ml_model_version)';
  const state = `max by (alertname, alertstate, severity, ml_model_name, ml_model_version) (ALERTS{${ALERTS},${MODELS}})`;
  const panel = table({
    title: 'Alerts',
    text:
      'What fires, or waits out its time (pending). Since is the moment the condition became true. ' +
      'Bad: any critical row, and a warning that is days old. The address of the runbooks is the variable `runbooks` in the settings of this dashboard.',
    width: 12,
    height: 9,
    empty: 'No alert fires',
  });
  return withColumns(panel, [
    { title: 'Alert', label: 'alertname' },
    { title: 'Severity', label: 'severity', width: 80 },
    { title: 'Model', label: 'ml_model_name', link: modelLink('table') },
    { title: 'Version', label: 'ml_model_version' },
    {
      title: 'State',
      label: 'alertstate',
      expr: `label_replace(${state}, "${PAGE}", "$1", "alertname", "(.*)")`,
      width: 75,
    },
    {
      title: 'Since',
      expr: `min ${by} (ALERTS_FOR_STATE{${ALERTS},${MODELS}}) * 1000`,
      unit: units.DateTimeFromNow,
    },
    { title: 'Runbook', label: PAGE, mappings: pageNames(), link: runbookLink() },
  ]);
}

/** The page of each alert, as text for a column that holds the alert's name: a link can take the text, but not make it. */
function pageNames(): ValueMapping[] {
  const alerts = alertRules().flatMap(group => group.rules.flatMap(rule => ('alert' in rule ? [rule.alert] : [])));
  return [
    {
      type: MappingType.ValueToText,
      options: Object.fromEntries(alerts.map((alert, index) => [alert, { text: pageOf(alert), index }])),
    },
  ];
}

/** The verdict of each version over time. */
export function driftPanel(): StateTimeline {
  const level = `max_over_time(ml:model_drift_level{${MODELS},${WINDOW}}[$__interval])`;
  return timeline({
    title: 'Drift over time',
    text:
      'The worst verdict of each version in the chosen window, at each look. Grey (insufficient) means too few values to tell, blue a real change that is too small to act on. ' +
      'Bad: orange and red, and grey that stays.',
    alerts: ['MlDriftCritical', 'MlDriftWarning', 'MlDriftNotEnoughData'],
    width: 12,
    height: 9,
    empty: 'No verdict yet',
  })
    .interval(STEP)
    .mappings(levelMappings())
    .thresholds(levelThresholds())
    .dataLinks([modelLink('series')])
    .withTarget(
      overTime('A', `max by (ml_model_name, ml_model_version) (${level})`, '{{ml_model_name}} {{ml_model_version}}'),
    );
}

function figure(title: string, text: string, expr: string): Stat {
  return stat({ title, text, width: 4, height: 4, empty: '0' }, units.Short).withTarget(now('A', expr, title));
}

/** A count that should be zero. */
function trouble(title: string, text: string, expr: string, alerts: readonly string[]): Stat {
  const panel = { title, text: `${text} Bad: anything above 0.`, width: 4, height: 4 };
  return stat(alerts.length > 0 ? { ...panel, alerts } : panel, units.Short)
    .colorMode(BigValueColorMode.Background)
    .thresholds(
      steps([
        [null, COLOR.good],
        [1, COLOR.critical],
      ]),
    )
    .withTarget(now('A', expr, title));
}
