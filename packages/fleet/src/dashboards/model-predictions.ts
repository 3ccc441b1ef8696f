import type { PanelBuilder as BarChart } from '@grafana/grafana-foundation-sdk/barchart';
import { AxisPlacement } from '@grafana/grafana-foundation-sdk/common';
import type { PanelBuilder as Heatmap } from '@grafana/grafana-foundation-sdk/heatmap';
import type { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import * as units from '@grafana/grafana-foundation-sdk/units';
import { besideBaseline } from './beside-baseline.js';
import { dashed, heatmap, lines, stacked } from './panel-kinds.js';
import { buckets, overTime, VERSIONS, WINDOW } from './queries.js';

const WINDOWED = `${VERSIONS},${WINDOW}`;
const VERSION_NAME = '{{ml_model_version}}';

/** What the chosen versions answer, how sure they are, and how often they were right. */
export function predictionPanels(): (BarChart | Heatmap | TimeSeries)[] {
  return [labelsOverTime(), labelsBesideBaseline(), confidenceMean(), confidenceSpread(), accuracy()];
}

function labelsOverTime(): TimeSeries {
  const labelled = `sum by (ml_prediction_label) (ml:prediction_count:window{${WINDOWED},ml_prediction_label!=""})`;
  return stacked(
    {
      title: 'Predictions by label',
      text: 'The share of each label among the predictions of the chosen versions and window. Bad: one label that eats the others.',
      alerts: ['MlClassShare'],
      width: 12,
      height: 9,
      empty: 'This model gives no labels',
    },
    units.PercentUnit,
  )
    .max(1)
    .withTarget(
      overTime(
        'A',
        `${labelled} / on () group_left () (sum(ml:prediction_n{${WINDOWED}}) > 0)`,
        '{{ml_prediction_label}}',
      ),
    );
}

function labelsBesideBaseline(): BarChart {
  const inBaseline = `max by (ml_bin) (ml:feature_baseline_share{${VERSIONS},ml_feature_name="prediction.label",ml_bin_kind="category"})`;
  return besideBaseline(
    {
      title: 'Labels against the baseline',
      text: 'The share of each label, in the baseline (grey; it has one only if it was learned with outputs) and live. Bad: live bars that leave the grey ones.',
      alerts: ['MlClassShare'],
      width: 12,
      height: 9,
      empty: 'This model gives no labels',
    },
    {
      bin: 'ml_prediction_label',
      baseline: `label_replace(${inBaseline}, "ml_prediction_label", "$1", "ml_bin", "(.*)")`,
      live: `max by (ml_prediction_label, ml_model_version) (ml:prediction_share{${WINDOWED},ml_prediction_label!=""})`,
    },
  );
}

function confidenceMean(): TimeSeries {
  return lines(
    {
      title: 'Mean confidence',
      text: 'How sure the model says it is, on average. Bad: a fall (it no longer knows what it sees), or a jump to 1.',
      alerts: ['MlConfidenceCollapse'],
      width: 8,
      height: 8,
      empty: 'This model reports no confidence',
    },
    units.Short,
  )
    .decimals(3)
    .withTarget(overTime('A', `min by (ml_model_version) (ml:prediction_confidence:mean{${WINDOWED}})`, VERSION_NAME));
}

function confidenceSpread(): Heatmap {
  return heatmap({
    title: 'Spread of the confidence',
    text: 'Predictions by confidence (upward) and time: the fuller a bucket, the stronger its colour. Bad: a band that splits or moves down.',
    alerts: ['MlConfidenceCollapse'],
    width: 8,
    height: 8,
    empty: 'This model reports no confidence',
  }).withTarget(buckets('A', `sum by (le) (ml:prediction_confidence:bucket{${WINDOWED}})`));
}

function accuracy(): TimeSeries {
  return lines(
    {
      title: 'Accuracy and outcomes',
      text:
        'The share of correct predictions among the outcomes that came back in the chosen window (left), and how many those were (right, dashed). ' +
        'Bad: a fall. With few outcomes it says little, and late outcomes speak of earlier predictions.',
      width: 8,
      height: 8,
      empty: 'No outcome has been reported',
    },
    units.PercentUnit,
  )
    .withTarget(
      overTime('A', `min by (ml_model_version) (ml:outcome_accuracy{${WINDOWED}})`, `accuracy ${VERSION_NAME}`),
    )
    .withTarget(overTime('B', `sum by (ml_model_version) (ml:outcome_n{${WINDOWED}})`, `outcomes ${VERSION_NAME}`))
    .overrideByRegexp('^outcomes .*', [
      ...dashed(),
      { id: 'unit', value: units.Short },
      { id: 'custom.axisPlacement', value: AxisPlacement.Right },
    ]);
}
