import type { FeatureBaseline } from '@driftspan/sketch';

/** A feature of the test: its baseline, and how often a minute of traffic falls into each cell. */
export interface FeatureCase {
  readonly baseline: FeatureBaseline;
  readonly live: readonly number[];
  /** Of the first 13 minutes, which the short window does not see. */
  readonly before?: readonly number[];
  /** The level of the short window. */
  readonly level: -1 | 0 | 1 | 2 | 3;
}

/** @param cells in cell order, missing and invalid last. */
function numeric(name: string, cells: readonly number[]): FeatureBaseline {
  const counts = cells.slice(0, -2);
  const cuts = counts.slice(1).map((_, i) => i);
  const edges = ['-inf', ...cuts.map(String), 'inf'];
  return {
    kind: 'numeric',
    name,
    id: `id-${name}`,
    cuts,
    labels: counts.map((_, i) => {
      const close = i === counts.length - 1 ? ')' : ']';
      return `${String(i).padStart(2, '0')} (${edges[i]},${edges[i + 1]}${close}`;
    }),
    counts,
    missing: cells.at(-2)!,
    invalid: cells.at(-1)!,
    min: 0,
    max: 1,
    mean: 0,
    sd: 1,
  };
}

/** @param cells in cell order: other, missing and invalid last. */
function categorical(name: string, categories: readonly string[], cells: readonly number[]): FeatureBaseline {
  return {
    kind: 'categorical',
    name,
    id: `id-${name}`,
    categories,
    counts: cells.slice(0, -3),
    other: cells.at(-3)!,
    missing: cells.at(-2)!,
    invalid: cells.at(-1)!,
  };
}

const EVEN = [2000, 2000, 2000, 2000, 2000, 50, 0];
const BIRDS = ['a"b\\c', 'missing', 'jay', 'owl', 'tit', 'kite', 'rook', 'swan'];

export const FEATURES: readonly FeatureCase[] = [
  {
    baseline: numeric('steady', EVEN),
    live: [5, 5, 5, 5, 5, 0, 0],
    before: [90, 5, 5, 5, 5, 0, 0],
    level: 0,
  },
  { baseline: numeric('small but sure', EVEN), live: [17, 19, 20, 21, 23, 0, 0], level: 1 },
  { baseline: numeric('moved', EVEN), live: [9, 15, 20, 25, 31, 0, 0], level: 2 },
  { baseline: numeric('moved far', EVEN), live: [2, 4, 10, 20, 40, 0, 0], level: 3 },
  {
    baseline: numeric('three filled of ten', [3000, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0]),
    live: [1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0],
    level: -1,
  },
  { baseline: numeric('idle', EVEN), live: [0, 0, 0, 0, 0, 0, 0], level: -1 },
  { baseline: numeric('constant', [10_000, 0, 0]), live: [5, 0, 0], level: 0 },
  {
    baseline: numeric('wide', [...Array<number>(17).fill(500), 0, 0]),
    live: [...Array<number>(17).fill(2), 0, 0],
    level: 0,
  },
  {
    baseline: numeric('nearly always there', EVEN),
    live: [20, 20, 20, 20, 20, 1, 1],
    level: 2,
  },
  { baseline: numeric('often missing', EVEN), live: [5, 5, 5, 5, 5, 3, 1], level: 3 },
  // Every value of it is one, so that draws and hits give different bounds.
  { baseline: numeric('always missing', EVEN), live: [0, 0, 0, 0, 0, 4, 0], level: 3 },
  { baseline: numeric('a gap', [4000, 0, 4000, 2000, 10, 0]), live: [8, 1, 8, 4, 0, 0], level: 2 },
  { baseline: numeric('a gap that stays', [4000, 0, 4000, 2000, 10, 0]), live: [8, 0, 8, 4, 0, 0], level: 0 },
  {
    baseline: categorical('birds', BIRDS, [5000, 3000, 1500, 60, 50, 40, 30, 20, 10, 5, 0]),
    live: [50, 30, 13, 0, 1, 1, 0, 2, 0, 0, 0],
    level: 1,
  },
  {
    baseline: categorical('birds nobody knew', BIRDS.slice(0, 3), [5000, 3000, 2000, 10, 5, 0]),
    live: [15, 9, 6, 3, 0, 0],
    level: 3,
  },
  // No bin in common: the distances are at their largest, and a logarithm of 0 is met on both sides.
  {
    baseline: categorical('turned over', BIRDS.slice(0, 4), [5000, 5000, 0, 0, 0, 0, 0]),
    live: [0, 0, 6, 6, 0, 0, 0],
    level: 3,
  },
];
