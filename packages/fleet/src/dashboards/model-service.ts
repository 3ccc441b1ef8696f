import { BigValueColorMode } from '@grafana/grafana-foundation-sdk/common';
import type { PanelBuilder as Stat } from '@grafana/grafana-foundation-sdk/stat';
import type { PanelBuilder as Table } from '@grafana/grafana-foundation-sdk/table';
import type { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import * as units from '@grafana/grafana-foundation-sdk/units';
import { withColumns } from './columns.js';
import { COLOR, levelMappings, levelThresholds } from './drift-level.js';
import { dashed, lines, stacked, stat, table } from './panel-kinds.js';
import { now, overTime, VERSIONS, WINDOW } from './queries.js';
import { quantile, versionColumns } from './version-columns.js';

const WINDOWED = `${VERSIONS},${WINDOW}`;
const VERSION_NAME = '{{ml_model_version}}';

/** The line of figures at the top, over the chosen versions. */
export function modelStats(): Stat[] {
  return [
    figure('Drift', 'The worst verdict of the chosen versions.', units.Short, `max(ml:model_drift_level{${WINDOWED}})`)
      .colorMode(BigValueColorMode.Background)
      .mappings(levelMappings())
      .thresholds(levelThresholds()),
    figure('Calls per second', 'Of the chosen versions together.', units.Short, `sum(ml:inference:rate{${VERSIONS}})`),
    figure(
      'Errors',
      'The highest share of failed calls among the chosen versions.',
      units.PercentUnit,
      `max(ml:inference_errors:ratio{${WINDOWED}})`,
    ).decimals(2),
    figure('p95', 'The slowest version’s 95th percentile.', units.Seconds, `max(${quantile('0.95', VERSIONS)})`),
    figure(
      'Accuracy',
      'The lowest among the chosen versions, of the outcomes that have come back.',
      units.PercentUnit,
      `min(ml:outcome_accuracy{${WINDOWED}})`,
    ).decimals(1),
    figure(
      'Confidence',
      'The lowest mean among the chosen versions.',
      units.Short,
      `min(ml:prediction_confidence:mean{${WINDOWED}})`,
    ).decimals(3),
    figure('Replicas', 'Processes that report now.', units.Short, `sum(ml:replicas{${VERSIONS}})`),
    figure(
      'SDK overhead',
      'Seconds of this SDK per second of inference.',
      units.PercentUnit,
      `max(ml:sdk_overhead:ratio{${VERSIONS}})`,
    ).decimals(2),
  ];
}

export function versionPanels(): (Table | TimeSeries)[] {
  const columns = versionColumns(VERSIONS).filter(column => column.title !== 'Model');
  return [
    withColumns(
      table({
        title: 'Versions',
        text: 'The chosen versions side by side. Bad: a version with more drift, errors or latency than the one before it.',
        alerts: ['MlDriftCritical', 'MlDriftWarning'],
        width: 15,
        height: 8,
        empty: 'No version of this model reports',
      }),
      columns,
    ),
    stacked(
      {
        title: 'Share of the traffic',
        text: 'Which version served this model’s calls in the chosen window; all versions, chosen or not. Bad: a version that should serve and has no share.',
        alerts: ['MlVersionWithoutTraffic'],
        width: 9,
        height: 8,
      },
      units.PercentUnit,
    )
      .max(1)
      .withTarget(
        overTime(
          'A',
          `max by (ml_model_version) (ml:version_traffic:share{ml_model_name="$model",${WINDOW}})`,
          VERSION_NAME,
        ),
      ),
  ];
}

/** The same for every model, good or not: golden signals. */
export function servicePanels(): TimeSeries[] {
  const failed = `sum by (ml_model_version, error_type) (ml:inference_errors:window{${WINDOWED}})`;
  const calls = `sum by (ml_model_version) (ml:inference:window{${WINDOWED}})`;
  return [
    lines(
      {
        title: 'Latency: p50, p95, p99',
        text: 'Half, nineteen of twenty and 99 of 100 calls are faster than these, over the last two tiles. The dashed line is the budget, where the rules have one. Bad: p95 over 70 % of it, or a p99 that leaves p50 behind.',
        alerts: ['MlLatencyBudget', 'MlLatencyBudgetExceeded'],
        width: 12,
        height: 9,
      },
      units.Seconds,
    )
      .withTarget(overTime('A', byVersion('max', quantile('0.5', VERSIONS)), `p50 ${VERSION_NAME}`))
      .withTarget(overTime('B', byVersion('max', quantile('0.95', VERSIONS)), `p95 ${VERSION_NAME}`))
      .withTarget(overTime('C', byVersion('max', quantile('0.99', VERSIONS)), `p99 ${VERSION_NAME}`))
      .withTarget(overTime('D', 'ml:inference_duration_budget_seconds{ml_model_name="$model"}', 'budget'))
      .overrideByName('budget', dashed(COLOR.critical)),
    lines(
      {
        title: 'Errors by type',
        text: 'The share of a version’s calls that failed in the chosen window, by type of error. Bad: a new type, or a rise.',
        width: 12,
        height: 9,
        empty: 'No call failed',
      },
      units.PercentUnit,
    ).withTarget(
      overTime('A', `${failed} / on (ml_model_version) group_left () (${calls} > 0)`, `{{error_type}} ${VERSION_NAME}`),
    ),
    lines(
      { title: 'Calls per second', text: 'Succeeded and failed. Bad: a drop to 0.', width: 12, height: 7 },
      units.Short,
    ).withTarget(overTime('A', byVersion('sum', `ml:inference:rate{${VERSIONS}}`), VERSION_NAME)),
    lines(
      {
        title: 'Calls in flight',
        text: 'Calls that have begun and not ended, over all replicas. Bad: it grows while the calls per second do not: the model is the bottleneck.',
        width: 12,
        height: 7,
      },
      units.Short,
    ).withTarget(overTime('A', byVersion('sum', `ml_inference_active{${VERSIONS}}`), VERSION_NAME)),
  ];
}

export function sdkPanels(): TimeSeries[] {
  return [
    lines(
      {
        title: 'Overhead of the SDK',
        text: 'Seconds that the watching took per second of inference, measured on one call in 1,024. Bad: more than a few per cent on a model that takes over a millisecond.',
        width: 8,
        height: 7,
      },
      units.PercentUnit,
    ).withTarget(overTime('A', byVersion('max', `ml:sdk_overhead:ratio{${VERSIONS}}`), VERSION_NAME)),
    lines(
      {
        title: 'Dropped by reason',
        text: 'Values, predictions or outcomes that could not be kept in the chosen window. Bad: anything that goes on.',
        alerts: ['MlSdkDropped'],
        width: 8,
        height: 7,
        empty: 'Nothing was dropped',
      },
      units.Short,
    ).withTarget(overTime('A', `sum by (reason) (ml:sdk_dropped:window{${WINDOWED}}) > 0`, '{{reason}}')),
    lines(
      { title: 'Replicas', text: 'Processes that report now. Bad: fewer than are deployed.', width: 8, height: 7 },
      units.Short,
    ).withTarget(overTime('A', byVersion('sum', `ml:replicas{${VERSIONS}}`), VERSION_NAME)),
  ];
}

function figure(title: string, text: string, unit: string, expr: string): Stat {
  return stat({ title, text, width: 3, height: 4, empty: 'none' }, unit).withTarget(now('A', expr, title));
}

function byVersion(aggregator: 'max' | 'sum', series: string): string {
  return `${aggregator} by (ml_model_version) (${series})`;
}
