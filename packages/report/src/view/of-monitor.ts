import type { FeatureReport, Report } from '@driftspan/core';
import { OUTPUT_FEATURES, VERDICT_LEVEL } from '@driftspan/sketch';
import type { FeatureRole, FeatureView, ReportView } from './view.js';

export function viewOfMonitor({ model, verdict, drift, features }: Report): ReportView {
  return {
    of: 'monitor',
    model,
    verdict,
    psi: drift.psi,
    features: features.map(viewOfReported),
    ...(drift.learning === undefined ? {} : { learning: drift.learning }),
  };
}

/**
 * Of the windows that were judged, the one that speaks: the shortest that is as bad as the verdict, as it rang first; of a verdict that is no
 * alarm, or of an episode that has calmed, the longest. Before the first window has closed, the open one.
 */
export function viewOfReported(feature: FeatureReport): FeatureView {
  const { name, kind, verdict, windows, provisional, distances, mean, sd, baselineMean, baselineSd, baseline, counts } =
    feature;
  const isAlarm = VERDICT_LEVEL[verdict] > VERDICT_LEVEL.ok;
  const told = (isAlarm ? windows.find(({ judgement }) => judgement.verdict === verdict) : undefined) ?? windows.at(-1);
  const judgement = told?.judgement ?? provisional;
  const { driftingSinceMs, driftedBins, totals } = feature;
  return {
    name,
    kind,
    role: roleOf(feature),
    verdict,
    ...(judgement === undefined ? {} : { judgement }),
    isProvisional: told === undefined && provisional !== undefined,
    isCalibrating: told?.assumes === 'calibrating',
    ...(distances === undefined ? {} : { distances }),
    atLeast: false,
    ...(baseline === undefined ? {} : { baseline }),
    ...(counts === undefined ? {} : { counts }),
    ...(mean === undefined ? {} : { mean }),
    ...(sd === undefined ? {} : { sd }),
    ...(baselineMean === undefined ? {} : { baselineMean }),
    ...(baselineSd === undefined ? {} : { baselineSd }),
    monitor: {
      windows,
      totals,
      ...(driftingSinceMs === undefined ? {} : { driftingSinceMs }),
      ...(driftedBins === undefined ? {} : { driftedBins }),
    },
  };
}

function roleOf({ name, baseline }: FeatureReport): FeatureRole {
  if (OUTPUT_FEATURES.has(name)) return 'output';
  return baseline !== undefined && 'terms' in baseline ? 'joint' : 'feature';
}
