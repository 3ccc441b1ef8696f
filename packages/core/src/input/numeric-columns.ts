import { OUT_OF_RANGE } from '../sampling/reasons.js';
import { searchBin } from '../window/count-value.js';
import type { FeaturePlan } from '../window/plan.js';
import { FLAGS } from '../window/ring.js';

/*
 * What counting a number needs to know of each feature, as columns of typed arrays: the loop over features then
 * reads 44 bytes a feature in order, where plan objects cost a lookup each.
 *
 *   integers  feature 0: cell, valued, table, top, sum │ feature 1: …
 *   doubles   feature 0: min, max, shift               │ feature 1: …
 */
const INTEGERS = 5;
const DOUBLES = 3;

export class NumericColumns {
  readonly #integers: Int32Array;
  readonly #doubles: Float64Array;
  readonly #cuts: Float64Array;

  constructor(plans: readonly FeaturePlan[], cuts: Float64Array) {
    this.#cuts = cuts;
    this.#integers = new Int32Array(plans.length * INTEGERS);
    this.#doubles = new Float64Array(plans.length * DOUBLES);
    plans.forEach((plan, k) => {
      if (plan.kind !== 'numeric') return;
      this.#integers.set([plan.cell, plan.valued, plan.table, plan.top, plan.sum], k * INTEGERS);
      this.#doubles.set([plan.min, plan.max, plan.shift], k * DOUBLES);
    });
  }

  /** Counts a finite number of each feature as `countNumber` does; NaN is skipped. 20 features in about 100 ns. */
  count(values: Float64Array, cells: Uint32Array, base: number, sums: Float64Array, sumBase: number): void {
    const integers = this.#integers;
    const doubles = this.#doubles;
    const cuts = this.#cuts;
    for (let k = 0; k < values.length; k++) {
      const x = values[k]!;
      if (Number.isNaN(x)) continue;
      const at = k * INTEGERS;
      const first = base + integers[at]!;
      cells[first + searchBin(x, cuts, integers[at + 2]!, integers[at + 3]!)]!++;
      const from = k * DOUBLES;
      if (x < doubles[from]! || x > doubles[from + 1]!) {
        cells[first + integers[at + 1]! + 2]!++;
        cells[FLAGS]! |= OUT_OF_RANGE;
      }
      const deviation = x - doubles[from + 2]!;
      const sum = sumBase + integers[at + 4]!;
      sums[sum]! += deviation;
      sums[sum + 1]! += deviation * deviation;
    }
  }
}
