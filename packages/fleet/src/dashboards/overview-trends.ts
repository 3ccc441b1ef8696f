import type { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import * as units from '@grafana/grafana-foundation-sdk/units';
import { modelLink } from './addresses.js';
import { lines } from './panel-kinds.js';
import { MODELS, overTime, WINDOW } from './queries.js';
import { quantile } from './version-columns.js';

const BY_VERSION = 'by (ml_model_name, ml_model_version)';
const VERSION_NAME = '{{ml_model_name}} {{ml_model_version}}';
const WINDOWED = `${MODELS},${WINDOW}`;

export function trafficPanels(): TimeSeries[] {
  return [
    lines(
      {
        title: 'Calls per second',
        text: 'By model, succeeded and failed. Bad: a model that goes to 0.',
        width: 12,
        height: 8,
      },
      units.Short,
    ).withTarget(overTime('A', `sum by (ml_model_name) (ml:inference:rate{${MODELS}})`, '{{ml_model_name}}')),
    byVersion(
      'Share of the traffic',
      'The share of its model’s calls that each version served in the chosen window. Bad: a version that should serve and lies at 0, or an old one that should be gone and does not.',
      ['MlVersionWithoutTraffic'],
      `max ${BY_VERSION} (ml:version_traffic:share{${WINDOWED}})`,
      units.PercentUnit,
    ).max(1),
    byVersion(
      'Errors',
      'The share of calls that failed in the chosen window. Bad: a rise, and a new version above the old one.',
      [],
      `max ${BY_VERSION} (ml:inference_errors:ratio{${WINDOWED}})`,
      units.PercentUnit,
    ),
    byVersion(
      'Latency, 95th percentile',
      'Nineteen calls of twenty are faster than this. Bad: over 70 % of the budget, because the room for a bad day is gone.',
      ['MlLatencyBudget', 'MlLatencyBudgetExceeded'],
      `max ${BY_VERSION} (${quantile('0.95', MODELS)})`,
      units.Seconds,
    ),
  ];
}

export function sdkPanels(): TimeSeries[] {
  return [
    byVersion(
      'Overhead of the watching',
      'Seconds that this SDK spent per second of inference, measured on one call in 1,024. Bad: more than a few per cent on a model that takes over a millisecond.',
      [],
      `max ${BY_VERSION} (ml:sdk_overhead:ratio{${MODELS}})`,
      units.PercentUnit,
    ).span(8),
    lines(
      {
        title: 'Dropped by the SDK',
        text: 'Values, predictions or outcomes that could not be kept in the chosen window, by reason. Bad: anything that goes on.',
        alerts: ['MlSdkDropped'],
        width: 8,
        height: 8,
        empty: 'Nothing was dropped',
      },
      units.Short,
    ).withTarget(
      overTime(
        'A',
        `sum by (ml_model_name, reason) (ml:sdk_dropped:window{${WINDOWED}}) > 0`,
        '{{ml_model_name}} {{reason}}',
      ),
    ),
    byVersion(
      'Replicas',
      'Processes that report now. Bad: fewer than are deployed.',
      ['MlRulesSilent'],
      `sum ${BY_VERSION} (ml:replicas{${MODELS}})`,
      units.Short,
    ).span(8),
  ];
}

function byVersion(title: string, text: string, alerts: readonly string[], expr: string, unit: string): TimeSeries {
  const panel = { title, text, width: 12, height: 8 };
  return lines(alerts.length > 0 ? { ...panel, alerts } : panel, unit)
    .dataLinks([modelLink('series')])
    .withTarget(overTime('A', expr, VERSION_NAME));
}
