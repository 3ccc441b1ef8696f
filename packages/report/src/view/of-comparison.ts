import type { ComparedFeature, Comparison } from '@driftspan/sketch';
import type { FeatureView, ReportView } from './view.js';

export function viewOfComparison({ model, verdict, drift, features }: Comparison): ReportView {
  return { of: 'comparison', model, verdict, psi: drift.psi, features: features.map(viewOfCompared) };
}

export function viewOfCompared(feature: ComparedFeature): FeatureView {
  const { baseline } = feature;
  // A baseline without values has a mean of 0 all the same.
  const isPlain =
    baseline.kind === 'numeric' && baseline.sensitive !== true && baseline.counts.some(count => count > 0);
  return {
    ...feature,
    isProvisional: false,
    isCalibrating: false,
    ...(isPlain ? { baselineMean: baseline.mean, baselineSd: baseline.sd } : {}),
  };
}
