import { cellNames } from '@driftspan/sketch';
import type { Labels } from '../promtool.js';
import type { FeatureCase } from './features.js';
import type { Fleet, Process } from './fleet.js';

/** Adds a feature's bins and its baseline to the fleet. The answer gives the counts, in cell order, of the last so many minutes. */
export function addFeature(
  fleet: Fleet,
  labels: Labels,
  { baseline, live, before }: FeatureCase,
  processes?: readonly Process[],
): (minutes: number) => number[] {
  const values = [...baseline.counts, ...(baseline.kind === 'categorical' ? [baseline.other] : [])];
  const counters = cellNames(baseline).map(([bin, kind], i) => {
    const own = { ...labels, ml_bin: bin, ml_bin_kind: kind };
    const count = values[i] ?? (kind === 'missing' ? baseline.missing : baseline.invalid);
    fleet.gauge('ml_feature_baseline_bins', own, count, processes);
    const rate = (minute: number) => (minute < 13 ? before : undefined)?.[i] ?? live[i]!;
    return fleet.counter('ml_feature_bins_total', own, rate, processes);
  });
  return minutes => counters.map(increase => increase(minutes));
}
