import { categorical, defineModel, numeric, type TrainingRow } from '../../src/index.js';
import { generator } from '../generated-rows.js';

export interface GoldenRow {
  readonly [feature: string]: unknown;
}

/** Never change this, nor the rows below: the file beside it was learned from them. */
export const GOLDEN_MODEL = defineModel<GoldenRow>({
  name: 'golden "model" ✈️',
  version: '2013.01',
  transforms: '3',
  task: 'classification',
  features: {
    uniform: numeric(),
    tiny: numeric(),
    signed: numeric(),
    integers: numeric(),
    zeros: numeric(),
    constant: numeric(),
    absent: numeric(),
    extreme: numeric(),
    carrier: categorical(),
    'awkward\n"name"': categorical({ select: row => row['awkward'] as string, limit: 5 }),
  },
});

const EXTREMES = [-Number.MAX_VALUE, -1e308, -Number.MIN_VALUE, 0, Number.MIN_VALUE, 1 + Number.EPSILON, 1, 1e308];
const AWKWARD = ['', 'zażółć', '😀', 'quote " and \\', '__proto__', 'tab\t', 'missing'];

/** 2,000 rows made with integer arithmetic and exact fractions alone, so that any language can make them again. */
export function* goldenRows(): Generator<TrainingRow<GoldenRow>> {
  const next = generator(2013);
  for (let i = 0; i < 2000; i++) {
    const uniform = next();
    const carrier = 'ABCDEFGH'.charAt(Math.floor(next() * next() * 8));
    yield {
      input: {
        uniform,
        tiny: uniform * 2 ** -40,
        signed: (next() - 0.5) * 4096,
        integers: Math.floor(next() * next() * 40),
        zeros: next() < 0.75 ? 0 : next(),
        constant: 0.1,
        absent: i % 3 === 0 ? 'text' : null,
        extreme: EXTREMES[i % 8],
        carrier: i % 101 === 0 ? null : i % 103 === 0 ? {} : i % 107 === 0 ? `rare-${i}` : carrier,
        awkward: AWKWARD[(i * i) % 7],
      },
      output: { label: uniform < 0.25, confidence: i % 11 === 0 ? Number.NaN : next() },
    };
  }
}
