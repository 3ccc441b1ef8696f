import { measureValue } from '@driftspan/sketch';
import type { Faults } from '../faults.js';
import { settled } from '../promises.js';
import { NO_ROW, ofProperty } from '../reading.js';
import { countNumber } from '../window/count-value.js';
import type { Group, NumericPlan } from '../window/plan.js';
import type { Ring } from '../window/ring.js';
import { JointCounter } from './joint-counter.js';
import type { JointPlan } from './joint-plan.js';

/** What counts a measured feature. */
export interface MeasuredParts {
  readonly group: Group;
  /** One for each part, in order. */
  readonly plans: readonly NumericPlan[];
  readonly cuts: Float64Array;
  readonly ring: Ring;
  readonly faults: Faults;
  /** Projections of two parts, counted with each row of the value. */
  readonly joint: readonly JointPlan[];
  /** Where to keep the parts that are watched together with other features: those of a value of one row, missing in any other. */
  readonly values: Float64Array;
  readonly places: ReadonlyMap<NumericPlan, number>;
  /** Told before the first row of a value that holds several. */
  readonly several: (() => void) | undefined;
}

/** Reads a measured feature once a row, measures it into scratch made once, and counts each part. Never throws. */
export class MeasuredCounter {
  readonly #parts: MeasuredParts;
  readonly #out: Float64Array;
  readonly #joint: JointCounter | undefined;
  /** Parts that are kept, and where. */
  readonly #keeps: readonly (readonly [part: number, place: number])[];
  #taken = 0;

  constructor(parts: MeasuredParts) {
    const { plans, joint, cuts, ring, places } = parts;
    this.#parts = parts;
    this.#out = new Float64Array(plans.length);
    this.#joint = joint.length === 0 ? undefined : new JointCounter(joint, part => plans.indexOf(part), cuts, ring);
    this.#keeps = plans.flatMap((plan, part) => (places.has(plan) ? [[part, places.get(plan)!] as const] : []));
  }

  /** Not to be called by what it calls. */
  count(row: unknown): void {
    this.#taken = 0;
    try {
      if (!this.#measure(row)) this.#takeInvalid();
    } catch (error) {
      this.#parts.faults.count('feature_reader', error);
      this.#takeInvalid();
    }
  }

  /** False for a value of a wrong type. */
  #measure(row: unknown): boolean {
    const { name, read, measures } = this.#parts.group;
    const properties = (row ?? NO_ROW) as Record<string, unknown>;
    const value = read === undefined ? properties[name] : read(row as never);
    if (measureValue(measures, value, row as never, this.#out, this.#take)) return true;
    if (read === undefined) ofProperty(properties, name, value);
    else settled(value);
    return false;
  }

  #takeInvalid(): void {
    this.#out.fill(Number.POSITIVE_INFINITY);
    this.#take();
  }

  readonly #take = (more?: boolean): void => {
    const { plans, cuts, ring, values, several } = this.#parts;
    if (more === true && this.#taken === 0) several?.();
    const out = this.#out;
    for (let k = 0; k < plans.length; k++) countNumber(plans[k]!, out[k]!, cuts, ring);
    this.#joint?.count(out);
    const first = this.#taken++ === 0;
    for (const [part, place] of this.#keeps) values[place] = first ? out[part]! : Number.NaN;
  };
}
