import type { CategoricalBaseline } from '../baseline/baseline.js';
import { MIN_CATEGORY_ROWS } from '../baseline/limits.js';

/**
 * How many rows a category that a baseline does not keep can have there at most: fewer than 10, or, where the limit of categories may have
 * left it out, no more than the rarest that is kept; never more than all such rows. The file does not say the limit; that another file of
 * the model keeps `limit` categories says that it is no less.
 */
export function mostUnkept({ counts, other }: CategoricalBaseline, limit: number): number {
  const rarest = counts.length < limit ? 0 : (counts.at(-1) ?? 0);
  return Math.min(other, Math.max(MIN_CATEGORY_ROWS - 1, rarest));
}

/** Halvings of a ratio: the rest is far below a row. */
const HALVINGS = 200;

/**
 * Splits `rows`, of which `_OTHER` has at least `least`, among the categories whose counts are not known and `_OTHER`, so that they lie
 * nearest to the reference's shares: in proportion to these, but none above `most` and `_OTHER` not below `least`, which has the least
 * Σ p φ(q/p) whatever the convex φ. What rounding down leaves is `_OTHER`.
 */
export function nearestCategories(
  shares: readonly number[],
  otherShare: number,
  bounds: { readonly rows: number; readonly least: number; readonly most: number },
): readonly number[] {
  const { rows, least, most } = bounds;
  const taken = (ratio: number) => shares.map(share => Math.min(most, ratio * share));
  const total = (ratio: number) =>
    taken(ratio).reduce((sum, count) => sum + count, Math.max(least, ratio * otherShare));
  let [low, high] = [0, 1];
  while (total(high) < rows && high < Number.MAX_VALUE / 4) high *= 2;
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (low + high) / 2;
    if (total(middle) <= rows) low = middle;
    else high = middle;
  }
  return taken(low).map(Math.floor);
}
