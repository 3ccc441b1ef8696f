import { generator } from '../generated-rows.js';

/** `n` values in the order in which they are added; another seed gives another stream of the same kind. */
export type Dataset = (n: number, seed: number) => Float64Array;

function drawn(value: (next: () => number, i: number, n: number) => number): Dataset {
  return (n, seed) => {
    const next = generator(seed);
    const values = new Float64Array(n);
    for (let i = 0; i < n; i++) values[i] = value(next, i, n);
    return values;
  };
}

/** Box and Muller's; 1 - u is never 0. */
function normal(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** What a sketch may be shown: smooth, skewed and tied values, orders that favour one side, doubles of every size. */
export const DATASETS: Readonly<Record<string, Dataset>> = {
  uniform: drawn(next => next()),
  normal: drawn(normal),
  lognormal: drawn(next => Math.exp(2 * normal(next))),
  // P(value ≥ j) = 1/j: half of them 1, a sixth 2, …
  zipf: drawn(next => Math.floor(1 / (1 - next()))),
  // As the amounts of a shop are: most of the rows 0, a tail behind.
  'mostly zero': drawn(next => (next() < 0.9 ? 0 : Math.exp(normal(next)))),
  'two values': drawn(next => (next() < 0.3 ? -1 : 1)),
  constant: drawn((_, __, n) => n),
  sorted: drawn((next, i) => i + next()),
  reversed: drawn((next, i) => next() - i),
  // The smallest, the largest, the second smallest, …
  zigzag: drawn((next, i) => (i % 2 === 0 ? i + next() : -i - next())),
  // As a day's temperature: a hundred cycles.
  cyclic: drawn((next, i, n) => Math.sin((200 * Math.PI * i) / n) + 0.1 * normal(next)),
  subnormal: drawn(next => Math.floor(next() * 2 ** 32) * Number.MIN_VALUE),
  huge: drawn(next => (2 * next() - 1) * Number.MAX_VALUE),
};
