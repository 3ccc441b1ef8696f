import { defineModel, type ModelSpec, numeric, type TrainingRow } from '../../src/index.js';
import { correlated, correlations } from './columns.js';

export type Numbers = { readonly [name: string]: number | null };

/** `x0` … `x(count - 1)`, watched together. */
export function jointModel(count: number, joint = true): ModelSpec<Numbers> {
  const features = Object.fromEntries(Array.from({ length: count }, (_, i) => [`x${i}`, numeric()]));
  return defineModel<Numbers>({ name: 'joint', version: '1', features, joint });
}

/** Rows of normal numbers with these correlations, [a, b, ρ]; every 20th `x0` is missing. */
export function jointRows(
  count: number,
  rows: number,
  ...pairs: readonly (readonly [number, number, number])[]
): TrainingRow<Numbers>[] {
  const columns = correlated(correlations(count, ...pairs), rows, 21);
  return Array.from({ length: rows }, (_, row) => ({
    input: Object.fromEntries(columns.map((values, i) => [`x${i}`, i === 0 && row % 20 === 7 ? null : values[row]!])),
  }));
}
