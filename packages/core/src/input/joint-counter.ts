import { countNumber } from '../window/count-value.js';
import type { NumericPlan } from '../window/plan.js';
import type { Ring } from '../window/ring.js';
import type { JointPlan } from './joint-plan.js';

/*
 * What counting needs to know of each projection, as columns of typed arrays:
 *
 *   from    projection 0: place of a, place of b                       │ projection 1: …
 *   terms   projection 0: weight of a, centre of a, weight of b, centre │ projection 1: …
 */
const PLACES = 2;
const NUMBERS = 4;

/** Counts projections of numbers that were read and measured before, each from two places of one scratch. */
export class JointCounter {
  readonly #plans: readonly NumericPlan[];
  readonly #from: Int32Array;
  readonly #terms: Float64Array;
  readonly #cuts: Float64Array;
  readonly #ring: Ring;

  /** @param place where the number of a column stands in `values`. */
  constructor(joint: readonly JointPlan[], place: (column: NumericPlan) => number, cuts: Float64Array, ring: Ring) {
    this.#plans = joint.map(({ plan }) => plan);
    this.#from = Int32Array.from(joint.flatMap(({ a, b }) => [place(a), place(b)]));
    this.#terms = Float64Array.from(
      joint.flatMap(({ terms }) => terms.flatMap(([, weight, centre]) => [weight, centre])),
    );
    this.#cuts = cuts;
    this.#ring = ring;
  }

  /**
   * `values` are finite, or else missing or invalid: then the projection is missing. About 20 ns each.
   */
  count(values: Float64Array): void {
    const terms = this.#terms;
    for (let k = 0; k < this.#plans.length; k++) {
      const a = values[this.#from[k * PLACES]!]!;
      const b = values[this.#from[k * PLACES + 1]!]!;
      const at = k * NUMBERS;
      // Rounded as in learning: see `projected` of @driftspan/sketch.
      const z = terms[at]! * (a - terms[at + 1]!) + terms[at + 2]! * (b - terms[at + 3]!);
      countNumber(this.#plans[k]!, z - z === 0 ? z : Number.NaN, this.#cuts, this.#ring);
    }
  }
}
