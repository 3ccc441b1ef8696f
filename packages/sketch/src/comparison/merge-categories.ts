import type { CategoricalBaseline } from '../baseline/baseline.js';
import { categoricalId } from '../baseline/id.js';
import { DEFAULT_CATEGORY_LIMIT } from '../feature/categorical.js';
import type { MergedCounts } from './merged-counts.js';
import { mostUnkept } from './nearest-categories.js';

/**
 * The categories of several files as one feature, most frequent first: all that any file keeps, up to 64 or what the longest file has. Where
 * a file does not keep one its rows of it, which are few, stay in `_OTHER`.
 */
export function mergeCategories(features: readonly CategoricalBaseline[]): MergedCounts<CategoricalBaseline> {
  const counts = new Map<string, number>();
  for (const feature of features) {
    for (const [i, category] of feature.categories.entries()) {
      counts.set(category, (counts.get(category) ?? 0) + feature.counts[i]!);
    }
  }
  const longest = Math.max(...features.map(({ categories }) => categories.length));
  const limit = Math.max(DEFAULT_CATEGORY_LIMIT, longest);
  const kept = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, limit);
  const [first] = features;
  const { name, sensitive } = first!;
  const missing = sumOf(features, feature => feature.missing);
  const invalid = sumOf(features, feature => feature.invalid);
  const all = sumOf(features, feature => feature.counts.reduce((sum, count) => sum + count, feature.other));
  const other = all - kept.reduce((sum, [, count]) => sum + count, 0);
  const cells = { categories: kept.map(([category]) => category), counts: kept.map(([, count]) => count), other };
  const id = categoricalId(cells.categories, cells.counts, other, missing, invalid);
  const mark = sensitive === true ? { sensitive } : {};
  return {
    feature: { kind: 'categorical', name, id, ...mark, ...cells, missing, invalid },
    unsure: mostElsewhere(features, cells.categories, longest),
  };
}

/** Of one category, rows of it in the files that do not keep it. */
function mostElsewhere(features: readonly CategoricalBaseline[], categories: readonly string[], limit: number): number {
  const files = features.map(feature => ({ kept: new Set(feature.categories), most: mostUnkept(feature, limit) }));
  const elsewhere = (category: string) => sumOf(files, ({ kept, most }) => (kept.has(category) ? 0 : most));
  return categories.reduce((worst, category) => Math.max(worst, elsewhere(category)), 0);
}

function sumOf<T>(items: readonly T[], of: (item: T) => number): number {
  return items.reduce((sum, item) => sum + of(item), 0);
}
