import {
  baselineCells,
  type FeatureBaseline,
  kolmogorovSmirnov,
  populationStabilityIndex,
  valuedCells,
} from '@driftspan/sketch';

/** What the fleet is asked of one feature, by the name of the recorded series. */
export const FIGURES = ['ml:feature_n', 'ml:feature_psi', 'ml:feature_ks', 'ml:feature_missing_ratio'] as const;
export type Figure = (typeof FIGURES)[number];

/** The same from counts in cell order; NaN where there is nothing to say. */
export function figuresOf(counts: readonly number[], feature: FeatureBaseline): Readonly<Record<Figure, number>> {
  const valued = valuedCells(feature);
  const values = counts.slice(0, valued);
  const baseline = baselineCells(feature).slice(0, valued);
  const n = sum(values);
  const all = sum(counts);
  return {
    'ml:feature_n': n,
    'ml:feature_psi': populationStabilityIndex(values, baseline),
    'ml:feature_ks': feature.kind === 'numeric' ? kolmogorovSmirnov(values, baseline) : Number.NaN,
    'ml:feature_missing_ratio': all === 0 ? Number.NaN : (all - n) / all,
  };
}

export function sum(numbers: Iterable<number>): number {
  let total = 0;
  for (const number of numbers) total += number;
  return total;
}
