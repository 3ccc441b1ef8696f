import type { FeatureBaseline } from './baseline.js';

/** Whether categories are among the features that a baseline has as hashes only: it then says of which key. */
export function hasHashedCategories(features: readonly FeatureBaseline[]): boolean {
  return features.some(({ kind, sensitive }) => kind === 'categorical' && sensitive === true);
}
