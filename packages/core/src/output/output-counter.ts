import { categoryOf, numericValue } from '@driftspan/sketch';
import type { Faults } from '../faults.js';
import { settled } from '../reading.js';
import { CONFIDENCE_BOUNDS, VALUE_BOUNDS } from '../semconv.js';
import { countCategory, countNumeric } from '../window/count-value.js';
import { Histogram } from '../window/histogram.js';
import type { CategoricalPlan, NumericPlan } from '../window/plan.js';
import type { Ring } from '../window/ring.js';
import { LabelCounts } from './labels.js';

type Reader = (output: never, row: never, index: number) => unknown;
/** How the label, the confidence and the value are read off a result; each is called once a row. */
export interface Readers {
  readonly label?: Reader | undefined;
  readonly confidence?: Reader | undefined;
  readonly value?: Reader | undefined;
}

/** Where outputs are counted as features; present where the baseline has them. */
export interface OutputPlans {
  readonly label?: CategoricalPlan | undefined;
  readonly confidence?: NumericPlan | undefined;
  readonly value?: NumericPlan | undefined;
}

/**
 * Reads and counts the result of one row. `label`, `confidence` and `value` hold what was read last, until the next
 * call: the span and the pending outcome take them from here, so that nothing is allocated.
 */
export class OutputCounter {
  readonly labels: LabelCounts;
  readonly confidences: Histogram | undefined;
  readonly values: Histogram | undefined;
  /** Undefined where it was missing or invalid. */
  label: string | undefined;
  /** NaN where it was missing or invalid. */
  confidence = Number.NaN;
  value = Number.NaN;
  readonly #readers: Readers;
  readonly #plans: OutputPlans;
  readonly #cuts: Float64Array;
  readonly #ring: Ring;
  readonly #faults: Faults;

  constructor(readers: Readers, plans: OutputPlans, cuts: Float64Array, ring: Ring, faults: Faults) {
    this.#readers = readers;
    this.#plans = plans;
    this.#cuts = cuts;
    this.#ring = ring;
    this.#faults = faults;
    this.labels = new LabelCounts(plans.label?.baseline?.categories ?? []);
    if (readers.confidence !== undefined) this.confidences = new Histogram(CONFIDENCE_BOUNDS);
    if (readers.value !== undefined) {
      const cuts = plans.value?.baseline?.cuts ?? [];
      this.values = new Histogram(cuts.length > 0 ? cuts : VALUE_BOUNDS);
    }
  }

  /** Reads and counts one row's result. Never throws. */
  count(output: unknown, row: unknown, index: number): void {
    const readers = this.#readers;
    this.label = undefined;
    if (readers.label !== undefined) this.#countLabel(this.#read(readers.label, output, row, index));
    if (!this.labels.count(this.label)) this.#faults.count('label_limit');
    if (readers.confidence !== undefined) {
      const confidence = this.#read(readers.confidence, output, row, index);
      this.confidence = this.#countNumber(confidence, this.#plans.confidence, this.confidences!);
    }
    if (readers.value !== undefined) {
      this.value = this.#countNumber(this.#read(readers.value, output, row, index), this.#plans.value, this.values!);
    }
  }

  #read(reader: Reader, output: unknown, row: unknown, index: number): unknown {
    try {
      return settled(reader(output as never, row as never, index));
    } catch (error) {
      this.#faults.count('output_reader', error);
      return UNREADABLE;
    }
  }

  #countLabel(raw: unknown): void {
    const label = categoryOf(raw);
    if (typeof label === 'string') this.label = label;
    else if (label === null && raw !== UNREADABLE) this.#faults.count('output_reader');
    const plan = this.#plans.label;
    if (plan !== undefined) countCategory(plan, raw, this.#ring.cells, this.#ring.base);
  }

  #countNumber(raw: unknown, plan: NumericPlan | undefined, histogram: Histogram): number {
    const x = numericValue(raw);
    const finite = x - x === 0;
    if (finite) histogram.record(x);
    else if (x === Number.POSITIVE_INFINITY && raw !== UNREADABLE) this.#faults.count('output_reader');
    const { cells, base, sums, sumBase } = this.#ring;
    if (plan !== undefined) countNumeric(plan, raw, this.#cuts, cells, base, sums, sumBase);
    return finite ? x : Number.NaN;
  }
}

/** Stands for what a reader that threw gave: invalid as a label and as a number. */
const UNREADABLE = Symbol('unreadable');
