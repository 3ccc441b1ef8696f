import type { ShapeJudgement } from '@driftspan/sketch';

/** As the judge's lower bound: each end leaves out 0.1 %. */
const END_Z = 3.09;

/**
 * Between what the true index lies with 99.8 % confidence: the judge's own 99.9 % lower bound, and the upper one by the same formula
 * (Sankaran's: sqrt(PSI/u − c) is about Normal(sqrt(psi0/u + c), 1), c = (k − 1) / 2). Both are of the bins as the judge merged them. What
 * merging hides can only add to the index, so the lower end holds for all bins too, and the upper one is drawn out to their index where that
 * lies beyond. Undefined where the shape could not be compared.
 *
 * @param baselineSamples values of the baseline.
 */
export function psiInterval(
  shape: ShapeJudgement,
  baselineSamples: number,
): readonly [low: number, high: number] | undefined {
  const { lowerBound, effect, lambda, k, samples, psi } = shape;
  const u = lambda * (1 / samples + 1 / baselineSamples);
  if (Number.isNaN(lowerBound) || !Number.isFinite(u)) return undefined;
  // The judge tells the merged index less what chance adds, k u, and no less than 0.
  const index = effect > 0 ? effect + k * u : Math.min(psi, k * u);
  const c = (k - 1) / 2;
  const root = Math.sqrt(Math.max(0, index / u - c)) + END_Z;
  return [lowerBound, Math.max(psi, u * (root * root - c))];
}
