import {
  type Baseline,
  type CountedRows,
  categorical,
  defineModel,
  type ModelSpec,
  numeric,
  RowCounter,
  type TrainingRow,
} from '../../src/index.js';
import { uniforms } from '../verdict/random.js';

export interface Order {
  readonly amount: number | null;
  readonly fee: number | null;
  readonly country: string | null;
  readonly age: number | null;
  readonly customer: string | null;
}

/** Two numbers that go together, a category, and a number and a category that nobody may see. */
export const ORDER_MODEL: ModelSpec<Order> = defineModel<Order>({
  name: 'orders',
  version: '1',
  transforms: '2',
  joint: true,
  sensitiveKey: 'the key of the orders',
  features: {
    amount: numeric(),
    fee: numeric(),
    country: categorical({ limit: 4 }),
    age: numeric({ sensitive: true }),
    customer: categorical({ sensitive: true, limit: 3 }),
  },
});

export function normals(seed: number): () => number {
  const next = uniforms(seed);
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

export interface Change {
  /** Of `amount`, in standard deviations. */
  readonly shift?: number;
  /** Shares of rows. */
  readonly missing?: number;
  readonly newCountry?: number;
}

export function orders(count: number, seed: number, change: Change = {}): TrainingRow<Order>[] {
  const { shift = 0, missing = 0, newCountry = 0 } = change;
  const [next, normal] = [uniforms(seed), normals(seed + 1)];
  return Array.from({ length: count }, () => {
    const amount = normal() + shift;
    const country = next() < newCountry ? 'atlantis' : 'abcdef'.charAt(Math.floor(6 * next() ** 2));
    return {
      input: {
        amount: next() < missing ? null : amount,
        fee: 0.9 * (amount - shift) + 0.3 * normal(),
        country,
        age: Math.round(40 + 12 * normal()),
        customer: `c${Math.floor(5 * next())}`,
      },
      output: { label: next() < 0.3 ? 'late' : 'on time', confidence: next() },
    };
  });
}

export function counted<Row>(baseline: Baseline, model: ModelSpec<Row>, rows: Iterable<TrainingRow<Row>>): CountedRows {
  const counter = new RowCounter(baseline, model);
  for (const row of rows) counter.add(row);
  return counter.finish();
}

export function sum(counts: readonly number[]): number {
  return counts.reduce((total, count) => total + count, 0);
}
