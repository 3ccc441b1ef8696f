import type { CategoricalBaseline, NumericBaseline } from '../../src/baseline/baseline.js';

/** A numeric baseline with these counts in cell order; what no verdict reads is made up. */
export function numeric(cells: readonly number[]): NumericBaseline {
  const counts = cells.slice(0, -2);
  return {
    kind: 'numeric',
    name: 'distance',
    id: '0123456789abcdef',
    cuts: counts.slice(1).map((_, i) => i),
    labels: counts.map((_, i) => String(i)),
    counts,
    missing: cells.at(-2)!,
    invalid: cells.at(-1)!,
    min: 0,
    max: 1,
    mean: 0,
    sd: 1,
  };
}

/** A categorical one. */
export function categorical(cells: readonly number[]): CategoricalBaseline {
  const counts = cells.slice(0, -3);
  return {
    kind: 'categorical',
    name: 'carrier',
    id: '0123456789abcdef',
    categories: counts.map((_, i) => `c${i}`),
    counts,
    other: cells.at(-3)!,
    missing: cells.at(-2)!,
    invalid: cells.at(-1)!,
  };
}
