import type { FeatureDependence } from '../dependence/dependence.js';

/**
 * A dependence at its first `lengths` block lengths only: what `BlockLadder.fit` would have given with no others. A length's λ
 * rests on shorter blocks alone, so nothing else changes. Undefined if the rows looked independent at all that are left.
 */
export function atFirstLengths(
  dependence: FeatureDependence | undefined,
  lengths: number,
): FeatureDependence | undefined {
  if (dependence === undefined) return undefined;
  const [lambda, k, missing, other] = [dependence.lambda, dependence.k, dependence.missing, dependence.other ?? []].map(
    factors => factors.slice(0, lengths),
  ) as [number[], number[], number[], number[]];
  const shape = { lambda, k, missing };
  if (other.some(factor => factor > 1)) return { ...shape, other };
  return [...lambda, ...k, ...missing].every(factor => factor === 1) ? undefined : shape;
}
