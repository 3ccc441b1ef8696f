import {
  categorical,
  defineModel,
  type Feature,
  type LearnOptions,
  type ModelSpec,
  numeric,
  type Provenance,
  type TrainingRow,
} from '../../src/index.js';
import { generator } from '../generated-rows.js';

/** A column of either kind; `limit` makes it categorical. */
export interface Column {
  readonly values: readonly unknown[];
  readonly limit?: number;
  readonly sensitive?: boolean;
}

export const SENSITIVE_KEY = 'the key of these tests';

/** Rows by column, as the Python script takes them. `columns.py` beside this file has the same. */
export interface Dataset {
  readonly name: string;
  readonly features: { readonly [name: string]: Column };
  readonly outputs?: { readonly [key in 'label' | 'confidence' | 'value']?: readonly unknown[] };
  readonly times?: readonly number[];
  readonly timeOrdered?: boolean;
  readonly provenance?: Provenance;
}

export type Next = () => number;

/** A value a row, out of a generator of its own. */
export function series<T>(seed: number, rows: number, value: (next: Next, row: number) => T): T[] {
  const next = generator(seed);
  return Array.from({ length: rows }, (_, row) => value(next, row));
}

/** Values that stay as they are for a while: each row has a new one with probability `change` only. */
export function sticky<T>(seed: number, rows: number, change: number, value: (next: Next) => T): T[] {
  const next = generator(seed);
  let held = value(next);
  return Array.from({ length: rows }, () => {
    if (next() < change) held = value(next);
    return held;
  });
}

/** Nearly normal, with a standard deviation of 1: sums of fractions of 2^32, exact in every language. */
export function normal(next: Next): number {
  let sum = -6;
  for (let i = 0; i < 12; i++) sum += next();
  return sum;
}

export const num = (values: readonly unknown[]): Column => ({ values });
export const cat = (values: readonly unknown[], limit = 64): Column => ({ values, limit });

export function modelOf({ name, features }: Dataset): ModelSpec<number> {
  const made = Object.entries(features).map(
    ([feature, { values, limit, sensitive = false }]): [string, Feature<number>] => [
      feature,
      limit === undefined
        ? numeric({ select: row => values[row] as number, sensitive })
        : categorical({ select: row => values[row] as string, limit, sensitive }),
    ],
  );
  return defineModel<number>({
    name,
    version: '1',
    sensitiveKey: SENSITIVE_KEY,
    features: Object.fromEntries(made),
  });
}

export function rowsOf({ features, outputs, times }: Dataset): TrainingRow<number>[] {
  const { label, confidence, value } = outputs ?? {};
  const columns = [...Object.values(features).map(column => column.values), label, confidence, value];
  return Array.from({ length: columns.find(column => column !== undefined)!.length }, (_, row) => ({
    input: row,
    output: {
      label: label?.[row] as string,
      confidence: confidence?.[row] as number,
      value: value?.[row] as number,
    },
    time: times?.[row],
  }));
}

export function optionsOf({ timeOrdered = false, provenance }: Dataset): LearnOptions {
  return { timeOrdered, ...(provenance === undefined ? {} : { provenance }) };
}
