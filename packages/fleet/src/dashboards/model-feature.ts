import type { PanelBuilder as BarChart } from '@grafana/grafana-foundation-sdk/barchart';
import { GraphThresholdsStyleConfigBuilder, GraphThresholdsStyleMode } from '@grafana/grafana-foundation-sdk/common';
import type { PanelBuilder as StateTimeline } from '@grafana/grafana-foundation-sdk/statetimeline';
import type { PanelBuilder as TimeSeries } from '@grafana/grafana-foundation-sdk/timeseries';
import * as units from '@grafana/grafana-foundation-sdk/units';
import { besideBaseline } from './beside-baseline.js';
import { COLOR, levelMappings, levelThresholds, psiThresholds } from './drift-level.js';
import { dashed, lines, timeline } from './panel-kinds.js';
import { FEATURE, overTime, VERSIONS, WINDOW } from './queries.js';

const BASELINE = `${VERSIONS},${FEATURE}`;
const WINDOWED = `${BASELINE},${WINDOW}`;
const VERSION_NAME = '{{ml_model_version}}';
const STEP = '5m';

/** Everything of the feature that is chosen at the top or clicked in the panels above. */
export function featurePanels(): (BarChart | StateTimeline | TimeSeries)[] {
  return [
    besideBaseline(
      {
        title: '$feature: live against baseline',
        text:
          'The share of the values in each bin, in the baseline (grey) and live in the chosen window. Range bins run from low to high; a label such as `07 (0.31,0.45]` is the bin’s number and edges. ' +
          'Bad: live bars that leave the grey ones. Values outside the baseline’s range are in the outer bins.',
        alerts: ['MlDriftCritical', 'MlDriftWarning'],
        width: 14,
        height: 10,
        empty: 'This feature has no baseline',
      },
      {
        bin: 'ml_bin',
        baseline: `max by (ml_bin) (ml:feature_baseline_share{${BASELINE}})`,
        live: `max by (ml_bin, ml_model_version) (ml:feature_share{${WINDOWED}})`,
      },
    ),
    lines(
      {
        title: '$feature: PSI and its lower bound',
        text:
          'PSI, and the value that the true one exceeds with 99.9 % certainty. The lines are the limits for a warning (0.1) and critical (0.25). ' +
          'Bad: the lower bound above a line. PSI above a line alone may be chance.',
        alerts: ['MlDriftCritical', 'MlDriftWarning'],
        width: 10,
        height: 10,
        empty: 'This feature has no baseline',
      },
      units.Short,
    )
      .thresholds(psiThresholds())
      .thresholdsStyle(new GraphThresholdsStyleConfigBuilder().mode(GraphThresholdsStyleMode.Dashed))
      .decimals(3)
      .axisSoftMax(0.3)
      .withTarget(overTime('A', byVersion('max', 'ml:feature_psi'), `PSI ${VERSION_NAME}`))
      .withTarget(overTime('B', byVersion('max', 'ml:feature_psi_lower'), `lower bound ${VERSION_NAME}`)),
    missingAndUnseen(),
    lines(
      {
        title: '$feature: values in the window',
        text: 'Values, and the smallest count that the baseline lets expect in a bin. A verdict on the shape needs some bins with 20. Bad: too few for a verdict, for long.',
        alerts: ['MlDriftNotEnoughData'],
        width: 8,
        height: 8,
      },
      units.Short,
    )
      .withTarget(overTime('A', byVersion('sum', 'ml:feature_n'), `values ${VERSION_NAME}`))
      .withTarget(overTime('B', byVersion('min', 'ml:feature_expected:min'), `smallest expected ${VERSION_NAME}`)),
    verdictParts(),
  ];
}

function missingAndUnseen(): TimeSeries {
  return lines(
    {
      title: '$feature: missing and unseen',
      text:
        'The share of missing and invalid values among all, and of categories that the baseline never saw among the rest. Dashed: the same in the baseline. ' +
        'Bad: a rise of one percentage point warns, of five is critical.',
      alerts: ['MlFeatureMissing'],
      width: 8,
      height: 8,
    },
    units.PercentUnit,
  )
    .withTarget(overTime('A', byVersion('max', 'ml:feature_missing_ratio'), `missing ${VERSION_NAME}`))
    .withTarget(overTime('B', byVersion('max', 'ml:feature_unseen_ratio'), `unseen ${VERSION_NAME}`))
    .withTarget(overTime('C', `max(ml:feature_baseline_missing_ratio{${BASELINE}})`, 'baseline missing'))
    .withTarget(overTime('D', `max(ml:feature_baseline_unseen_ratio{${BASELINE}})`, 'baseline unseen'))
    .overrideByRegexp('^baseline .*', dashed(COLOR.idle));
}

/** Which of the three tests made the verdict, and since when. */
function verdictParts(): StateTimeline {
  const part = (refId: string, series: string, name: string) =>
    overTime(refId, `max(max_over_time(${series}{${WINDOWED}}[$__interval]))`, name);
  return timeline({
    title: '$feature: verdict by test',
    text: 'The verdict and the three tests behind it: shape, missing, unseen. Says since when. Bad: orange and red.',
    alerts: ['MlDriftCritical', 'MlDriftWarning', 'MlFeatureMissing'],
    width: 8,
    height: 8,
  })
    .interval(STEP)
    .mappings(levelMappings())
    .thresholds(levelThresholds())
    .withTarget(part('A', 'ml:feature_drift_level', 'verdict'))
    .withTarget(part('B', 'ml:feature_shape_level', 'shape'))
    .withTarget(part('C', 'ml:feature_missing_level', 'missing'))
    .withTarget(part('D', 'ml:feature_unseen_level', 'unseen'));
}

function byVersion(aggregator: 'max' | 'min' | 'sum', series: string): string {
  return `${aggregator} by (ml_model_version) (${series}{${WINDOWED}})`;
}
