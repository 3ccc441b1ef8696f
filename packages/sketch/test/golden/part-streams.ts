import { BaselineLearner } from '../../src/learning/learner.js';
import { categorical, columns, defineModel, numeric, type TrainingRow } from '../../src/index.js';
import { generator } from '../generated-rows.js';

interface GoldenInput {
  readonly walk: number;
  readonly level: number | string | null;
  readonly extreme: number;
  readonly carrier: unknown;
  readonly pair: readonly number[];
}

/** Never change this, nor what is below: the files beside it were made of them. */
export const GOLDEN_PART_MODEL = defineModel<GoldenInput>({
  name: 'golden "parts" ✈️',
  version: '2013.01',
  transforms: '3',
  task: 'classification',
  features: {
    walk: numeric(),
    level: numeric({ select: row => row.level as number }),
    extreme: numeric(),
    'awkward\n"carrier"': categorical({ select: row => row.carrier as string, limit: 4 }),
    both: columns(row => row.pair, ['first', 'second']),
  },
});

/** Every value is still kept; many were lost; many rows were not even kept until the bins were cut; no row came. */
export const GOLDEN_PARTS: Readonly<Record<string, () => Uint8Array>> = {
  exact: () => partOf(1, 200, { exactRows: 1000, k: 8192 }),
  compacted: () => partOf(2, 1500, { exactRows: 2000, k: 64 }),
  streamed: () => partOf(3, 2500, { exactRows: 700, k: 64 }),
  empty: () => partOf(4, 0, { exactRows: 1000, k: 64 }),
};

const EXTREMES = [-Number.MAX_VALUE, -1e308, -Number.MIN_VALUE, 0, Number.MIN_VALUE, 1 + Number.EPSILON, 1, 1e308];
const CARRIERS = ['', 'zażółć', '😀', 'quote " and \\', '__proto__', '\ufefftab\t', 'x'.repeat(300)];

function partOf(seed: number, rows: number, limits: { exactRows: number; k: number }): Uint8Array {
  const learner = new BaselineLearner(GOLDEN_PART_MODEL, {}, limits);
  for (const row of goldenRows(seed, rows)) learner.add(row);
  return learner.toBytes();
}

/** Rows made with exact fractions alone, ten minutes apart, the first at the turn of the year. */
function* goldenRows(seed: number, rows: number): Generator<TrainingRow<GoldenInput>> {
  const next = generator(seed);
  let walk = 0;
  for (let i = 0; i < rows; i++) {
    walk = 0.875 * walk + next() - 0.5;
    const level = Math.floor(i / 60) % 5;
    yield {
      input: {
        walk,
        level: i % 101 === 0 ? null : i % 103 === 0 ? 'text' : level,
        extreme: EXTREMES[i % 8]!,
        carrier: i % 107 === 0 ? {} : i % 109 === 0 ? `rare-${i}` : CARRIERS[(i * 3 + (i % 5)) % 7],
        pair: [next(), walk < 0 ? -0 : Number.NaN],
      },
      output: { label: walk < 0.25, confidence: i % 11 === 0 ? Number.NaN : next() },
      time: Date.UTC(2013, 0, 1) + i * 600_000,
    };
  }
}
