import { ofProperty } from '../reading.js';
import { OUT_OF_RANGE } from '../sampling/reasons.js';
import { countNoNumber, countNumber, countNumeric } from '../window/count-value.js';
import type { NumericPlan } from '../window/plan.js';
import type { Ring } from '../window/ring.js';

/*
 * What counting needs to know of each numeric feature of at most 16 bins, side by side, so that one short loop counts them all:
 *
 *   table    feature 0: 15 cuts, padded with +Infinity │ least │ greatest │ mean ║ feature 1: …
 *   places   feature 0: first cell less the place of its cuts │ first sum │ cell of what is out of range ║ feature 1: …
 *
 * The loop of 400 bytes of machine code costs less than 20 features written out, 5 kB: between two calls an application runs more
 * code than a processor keeps decoded.
 */
export const TABLE_STRIDE = 18;
export const LEAST = 15;
export const GREATEST = 16;
export const MEAN = 17;
export const PLACE_STRIDE = 3;
const MAX_BINS = 16;

/** Numeric features of a row whose values were read into `values`: a finite number where it lies, or NaN and the value in `odd`. */
export class NumericColumns {
  /** Those of at most 16 bins first. */
  readonly plans: readonly NumericPlan[];
  /** How many have at most 16 bins. */
  readonly narrow: number;
  readonly values: Float64Array;
  /** What is no number, until it is counted. Undefined for what is missing. */
  readonly odd: unknown[];
  readonly table: Float64Array;
  readonly places: Int32Array;
  readonly ring: Ring;
  readonly #cuts: Float64Array;

  /** @param more numbers that are kept behind those of the columns. */
  constructor(plans: readonly NumericPlan[], cuts: Float64Array, ring: Ring, more: number) {
    const isNarrow = ({ valued }: NumericPlan) => valued <= MAX_BINS;
    this.plans = [...plans.filter(isNarrow), ...plans.filter(plan => !isNarrow(plan))];
    this.narrow = plans.filter(isNarrow).length;
    this.values = new Float64Array(plans.length + more);
    this.odd = plans.map(() => undefined);
    this.table = new Float64Array(this.narrow * TABLE_STRIDE).fill(Number.POSITIVE_INFINITY);
    this.places = new Int32Array(this.narrow * PLACE_STRIDE);
    this.ring = ring;
    this.#cuts = cuts;
    for (let k = 0; k < this.narrow; k++) {
      const { cell, valued, sum, min, max, shift, table } = this.plans[k]!;
      this.table.set(cuts.subarray(table, table + valued - 1), k * TABLE_STRIDE);
      this.table.set([min, max, shift], k * TABLE_STRIDE + LEAST);
      this.places.set([cell - k * TABLE_STRIDE, sum, cell + valued + 2], k * PLACE_STRIDE);
    }
  }

  /** Counts what the loop leaves out: features of more bins, and what is no finite number. Leaves in `values` what it counts as. */
  readonly countOthers = (row: unknown): void => {
    const { plans, values, odd, ring } = this;
    const cuts = this.#cuts;
    for (let k = 0; k < plans.length; k++) {
      const plan = plans[k]!;
      if (values[k]! - values[k]! === 0) {
        if (k >= this.narrow) countNumber(plan, values[k]!, cuts, ring);
      } else if (odd[k] === undefined) {
        countNoNumber(plan, Number.isNaN(values[k]!), ring);
      } else {
        const value = plan.read === undefined ? ofProperty(row, plan.name, odd[k]) : odd[k];
        odd[k] = undefined;
        values[k] = countNumeric(plan, value, cuts, ring);
      }
    }
  };
}

/**
 * Counts the values of columns as `countNumber` does, and those of the row that are no numbers. A closure over arrays: as long as one
 * model is watched they are constants to the compiler, 20 features take 110 ns; over fields of an object, or with several models, 200.
 * Generated code has a twin of this loop of its own for each model, see `generate.ts`.
 */
export function columnsCounter(columns: NumericColumns): (row: unknown) => void {
  const { values, table, places, narrow, countOthers, ring } = columns;
  const { cells, sums, flags } = ring;
  const wide = columns.plans.length - narrow;
  return row => {
    let others = wide;
    let odder = 0;
    for (let k = 0, t = 0, p = 0; k < narrow; k = (k + 1) | 0, t = (t + TABLE_STRIDE) | 0, p = (p + PLACE_STRIDE) | 0) {
      const x = values[k]!;
      if (x - x !== 0) others = 1;
      else {
        // Branchless, since half of such branches would be mispredicted; `| 0` keeps the arithmetic that of 32 bits.
        let at = (t + (+(x > table[(t + 7) | 0]!) << 3)) | 0;
        at = (at + (+(x > table[(at + 3) | 0]!) << 2)) | 0;
        at = (at + (+(x > table[(at + 1) | 0]!) << 1)) | 0;
        at = (at + +(x > table[at]!)) | 0;
        cells[(places[p]! + at) | 0]!++;
        if (x < table[(t + LEAST) | 0]! || x > table[(t + GREATEST) | 0]!) {
          cells[places[(p + 2) | 0]!]!++;
          odder = OUT_OF_RANGE;
        }
        const deviation = x - table[(t + MEAN) | 0]!;
        const sum = places[(p + 1) | 0]!;
        sums[sum]! += deviation;
        sums[(sum + 1) | 0]! += deviation * deviation;
      }
    }
    if (odder !== 0) flags[0]! |= odder;
    if (others !== 0) countOthers(row);
  };
}
