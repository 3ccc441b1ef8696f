import { measureValue } from '@driftspan/sketch';
import type { Faults } from '../faults.js';
import { settled } from '../promises.js';
import { NO_ROW, ofProperty } from '../reading.js';
import { countNumber } from '../window/count-value.js';
import type { Group, NumericPlan } from '../window/plan.js';
import type { Keep, KeepingCounter } from './generate.js';
import { JointCounter } from './joint-counter.js';
import type { JointPlan } from './joint-plan.js';

/** What counts a measured feature. */
export interface MeasuredParts {
  readonly group: Group;
  /** One for each part, in order. */
  readonly plans: readonly NumericPlan[];
  readonly cuts: Float64Array;
  readonly faults: Faults;
  /** Projections of two parts, counted with each row of the value. */
  readonly joint: readonly JointPlan[];
  /** Parts that are watched together with other features: kept of a value of one row, and missing in any other. */
  readonly keep: Keep;
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
  #busy = false;
  // Where the call under way counts.
  #cells: Uint32Array = new Uint32Array(0);
  #base = 0;
  #sums: Float64Array = new Float64Array(0);
  #sumBase = 0;
  #kept: Float64Array = new Float64Array(0);
  #taken = 0;

  constructor(parts: MeasuredParts) {
    const { plans, joint, cuts, keep } = parts;
    this.#parts = parts;
    this.#out = new Float64Array(plans.length);
    this.#joint = joint.length === 0 ? undefined : new JointCounter(joint, part => plans.indexOf(part), cuts);
    this.#keeps = plans.flatMap((plan, part) => (keep(plan) < 0 ? [] : [[part, keep(plan)] as const]));
  }

  readonly count: KeepingCounter = (row, cells, base, sums, sumBase, kept) => {
    if (this.#busy) {
      // A reader called the model, and so came back here while the scratch is in use.
      new MeasuredCounter(this.#parts).count(row, cells, base, sums, sumBase, kept);
      return;
    }
    this.#busy = true;
    this.#cells = cells;
    this.#base = base;
    this.#sums = sums;
    this.#sumBase = sumBase;
    this.#kept = kept;
    this.#taken = 0;
    try {
      if (!this.#measure(row)) this.#takeInvalid();
    } catch (error) {
      this.#parts.faults.count('feature_reader', error);
      this.#takeInvalid();
    }
    this.#busy = false;
  };

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
    const { plans, cuts, several } = this.#parts;
    if (more === true && this.#taken === 0) several?.();
    const out = this.#out;
    for (let k = 0; k < plans.length; k++) {
      countNumber(plans[k]!, out[k]!, cuts, this.#cells, this.#base, this.#sums, this.#sumBase);
    }
    this.#joint?.count(out, this.#cells, this.#base, this.#sums, this.#sumBase);
    const first = this.#taken++ === 0;
    for (const [part, place] of this.#keeps) this.#kept[place] = first ? out[part]! : Number.NaN;
  };
}
