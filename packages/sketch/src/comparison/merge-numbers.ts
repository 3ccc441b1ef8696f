import type { NumericBaseline, PlainNumericBaseline } from '../baseline/baseline.js';
import { numericId } from '../baseline/id.js';
import type { MergedCounts } from './merged-counts.js';
import { mergedCuts } from './merged-cuts.js';
import { mergedLabels } from './merged-labels.js';

/** The numbers of several files as one feature; ids and labels are made anew. */
export function mergeNumbers(features: readonly NumericBaseline[]): MergedCounts<NumericBaseline> {
  const { name, sensitive } = features[0]!;
  const valued = features.filter(({ counts }) => valuesIn(counts) > 0);
  const { cuts, counts, unsure } = mergedCuts(valued.length === 0 ? features.slice(0, 1) : valued, sensitive === true);
  const missing = features.reduce((sum, feature) => sum + feature.missing, 0);
  const invalid = features.reduce((sum, feature) => sum + feature.invalid, 0);
  const id = numericId(cuts, counts, missing, invalid);
  const bins = { cuts, labels: mergedLabels(cuts, features), counts, missing, invalid };
  if (sensitive === true) return { feature: { kind: 'numeric', name, id, sensitive, ...bins }, unsure };
  const moments = mergedMoments(valued as readonly PlainNumericBaseline[]);
  return { feature: { kind: 'numeric', name, id, ...bins, ...moments }, unsure };
}

function valuesIn(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/**
 * Of all values together, to the last digits (Chan, Golub and LeVeque 1983), in a form that squares no number of which the square may be no
 * double.
 */
function mergedMoments(features: readonly PlainNumericBaseline[]) {
  if (features.length === 0) return { min: 0, max: 0, mean: 0, sd: 0 };
  const sizes = features.map(({ counts }) => valuesIn(counts));
  const all = valuesIn(sizes);
  const min = Math.min(...features.map(feature => feature.min));
  const max = Math.max(...features.map(feature => feature.max));
  const weighted = features.reduce((sum, feature, i) => sum + feature.mean * (sizes[i]! / all), 0);
  const mean = Math.min(max, Math.max(min, weighted)) + 0;
  if (all < 2) return { min, max, mean, sd: 0 };
  const spreads = features.flatMap((feature, i) => [
    feature.sd * Math.sqrt((sizes[i]! - 1) / (all - 1)),
    (feature.mean - mean) * Math.sqrt(sizes[i]! / (all - 1)),
  ]);
  return { min, max, mean, sd: Math.min(Math.hypot(...spreads), max - min, Number.MAX_VALUE) };
}
