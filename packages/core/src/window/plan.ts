import type { CategoricalBaseline, CategoryHash, FeatureBaseline, Measures, NumericBaseline } from '@driftspan/sketch';
import { SensitiveCategories } from './sensitive-categories.js';

/*
 * Where one feature is counted, decided at construction. Its cells in a slot of the ring:
 *
 *   numeric      [ bin 0 … bin B-1            | missing | invalid | out of range ]
 *   categorical  [ category 0 … C-1 | other   | missing | invalid ]
 *                 └───────── valued ─────────┘
 *
 * Without a baseline a numeric feature has one bin and a categorical one no category, so that missing and invalid
 * values are still counted.
 */
export interface NumericPlan {
  readonly kind: 'numeric';
  readonly name: string;
  readonly read: ((row: never) => unknown) | undefined;
  /** Of a part: the value it is measured off. */
  readonly group: Group | undefined;
  readonly baseline: NumericBaseline | undefined;
  /** First cell. */
  readonly cell: number;
  readonly valued: number;
  /** Offset of the cuts in the table of all cuts, padded with +Infinity to 2 × top - 1 of them. */
  readonly table: number;
  /** First step of the search, a power of two; 0 without cuts. */
  readonly top: number;
  readonly min: number;
  readonly max: number;
  /** Moments are kept about the baseline's mean, so that the sum of squares does not cancel. */
  readonly shift: number;
  /** Index of Σ(x - shift) among the sums; Σ(x - shift)² follows. */
  readonly sum: number;
}

/** A value that is read once a row and measured into several numeric features, one object for all of them. */
export interface Group {
  readonly name: string;
  readonly read: ((row: never) => unknown) | undefined;
  readonly measures: Measures<never>;
}

export interface CategoricalPlan {
  readonly kind: 'categorical';
  readonly name: string;
  readonly read: ((row: never) => unknown) | undefined;
  readonly group: undefined;
  readonly baseline: CategoricalBaseline | undefined;
  readonly cell: number;
  readonly valued: number;
  readonly categories: ReadonlyMap<string, number>;
  /** Of a feature whose categories the baseline has as hashes only: finds them, and fills `categories`. */
  readonly sensitive: SensitiveCategories | undefined;
  /** First cell of what a record may be kept for: `_OTHER` where there is a baseline, else missing. */
  readonly odd: number;
}

export type FeaturePlan = NumericPlan | CategoricalPlan;

/** Hands out cells, sums and cuts while features are planned. */
export class Planner {
  cellCount = 0;
  sumCount = 0;
  readonly #cuts: number[] = [];
  readonly #hash: CategoryHash | undefined;

  /** @param hash how the baseline has sensitive categories; there where the model has such. */
  constructor(hash?: CategoryHash) {
    this.#hash = hash;
  }

  /** The cuts of all numeric features, each run padded so that the search needs no bound check. */
  cuts(): Float64Array {
    return Float64Array.from(this.#cuts);
  }

  plan(
    name: string,
    kind: 'numeric' | 'categorical',
    read: ((row: never) => unknown) | undefined,
    baseline?: FeatureBaseline,
    group?: Group,
  ): FeaturePlan {
    if (kind === 'numeric') return this.#numeric(name, read, baseline as NumericBaseline | undefined, group);
    return this.#categorical(name, read, baseline as CategoricalBaseline | undefined);
  }

  #numeric(
    name: string,
    read: ((row: never) => unknown) | undefined,
    baseline: NumericBaseline | undefined,
    group: Group | undefined,
  ): NumericPlan {
    const cuts = baseline?.cuts ?? [];
    const top = searchTop(cuts.length);
    const table = this.#cuts.length;
    this.#cuts.push(...cuts);
    for (let i = cuts.length; i < 2 * top - 1; i++) this.#cuts.push(Number.POSITIVE_INFINITY);
    const valued = cuts.length + 1;
    const sum = this.sumCount;
    this.sumCount += 2;
    return {
      kind: 'numeric',
      name,
      read,
      group,
      baseline,
      cell: this.#take(valued + 3),
      valued,
      table,
      top,
      min: baseline?.min ?? Number.NEGATIVE_INFINITY,
      max: baseline?.max ?? Number.POSITIVE_INFINITY,
      shift: baseline?.mean ?? 0,
      sum,
    };
  }

  #categorical(
    name: string,
    read: ((row: never) => unknown) | undefined,
    baseline?: CategoricalBaseline,
  ): CategoricalPlan {
    const names = baseline?.categories ?? [];
    const valued = names.length + 1;
    const isSensitive = baseline?.sensitive === true && this.#hash !== undefined;
    const categories = new Map(isSensitive ? [] : names.map((category, i) => [category, i]));
    return {
      kind: 'categorical',
      name,
      read,
      group: undefined,
      baseline,
      cell: this.#take(valued + 2),
      valued,
      categories,
      sensitive: isSensitive ? new SensitiveCategories(names, this.#hash!, categories) : undefined,
      odd: baseline === undefined ? valued : valued - 1,
    };
  }

  #take(cells: number): number {
    const first = this.cellCount;
    this.cellCount += cells;
    return first;
  }
}

/** First step of a search over that many cuts: the largest power of two not above it, 0 for none. */
export function searchTop(cuts: number): number {
  return cuts === 0 ? 0 : 2 ** Math.floor(Math.log2(cuts));
}
