import type { FeatureBaseline } from './baseline.js';

/*
 * A feature's counts as one run of cells, the same in a baseline, a window and a metric:
 *
 *   numeric      [ bin 0 … bin B-1 | missing | invalid ]
 *   categorical  [ category 0 … category C-1 | other | missing | invalid ]
 *                 └──────── valued ────────┘
 */

/** How many cells hold values: bins, or categories and `_OTHER`. */
export function valuedCells(feature: FeatureBaseline): number {
  return feature.counts.length + (feature.kind === 'categorical' ? 1 : 0);
}

/** How many cells a feature has in all; `missing` is the last but one and `invalid` the last. */
export function cellCount(feature: FeatureBaseline): number {
  return valuedCells(feature) + 2;
}

/** The baseline's own counts in cell order. */
export function baselineCells(feature: FeatureBaseline): readonly number[] {
  return feature.kind === 'categorical'
    ? [...feature.counts, feature.other, feature.missing, feature.invalid]
    : [...feature.counts, feature.missing, feature.invalid];
}

/** What a cell counts; a category may itself be called `missing`, its kind keeps it apart. */
export type BinKind = 'range' | 'category' | 'other' | 'missing' | 'invalid';

/**
 * The name of every cell, in cell order, as metrics carry it in `ml.bin` and `ml.bin.kind`. Categories of a sensitive feature are `c0`,
 * `c1`, …, the most frequent first: not even their hashes leave.
 */
export function cellNames(feature: FeatureBaseline): readonly (readonly [bin: string, kind: BinKind])[] {
  const ends = [
    ['missing', 'missing'],
    ['invalid', 'invalid'],
  ] as const;
  if (feature.kind === 'numeric') return [...feature.labels.map(label => [label, 'range'] as const), ...ends];
  const { categories: texts, sensitive } = feature;
  const categories = texts.map((category, i) => [sensitive === true ? `c${i}` : category, 'category'] as const);
  return [...categories, ['other', 'other'], ...ends];
}
