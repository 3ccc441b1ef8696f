import { categoryOf, numericValue } from '@driftspan/sketch';
import type { Faults } from '../faults.js';
import { settled } from '../promises.js';
import { CONFIDENCE_BOUNDS, OTHER, VALUE_BOUNDS } from '../semconv.js';
import { countNumber, placeOfCategory, searchBin } from '../window/count-value.js';
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

/** Where outputs are counted as features. */
export interface Places {
  readonly outputs: OutputPlans;
  readonly cuts: Float64Array;
  readonly ring: Ring;
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
  #plans: OutputPlans;
  #cuts: Float64Array;
  #ring: Ring;
  readonly #faults: Faults;

  constructor(readers: Readers, { outputs: plans, cuts, ring }: Places, faults: Faults, labelLimit: number) {
    this.#readers = readers;
    this.#plans = plans;
    this.#cuts = cuts;
    this.#ring = ring;
    this.#faults = faults;
    this.labels = new LabelCounts(plans.label?.baseline?.categories ?? [], labelLimit);
    if (readers.confidence !== undefined) this.confidences = new Histogram(CONFIDENCE_BOUNDS);
    if (readers.value !== undefined) {
      const cuts = plans.value?.baseline?.cuts ?? [];
      this.values = new Histogram(cuts.length > 0 ? cuts : VALUE_BOUNDS);
    }
  }

  /** Counts elsewhere from now on; labels and histograms go on as they are. */
  use({ outputs, cuts, ring }: Places): void {
    this.#plans = outputs;
    this.#cuts = cuts;
    this.#ring = ring;
  }

  /** Reads and counts one row's result. Never throws. */
  count(output: unknown, row: unknown, index: number): void {
    const { label, confidence, value } = this.#readers;
    // Each reader is called from a place of its own: one place for all would keep the compiler from inlining them.
    if (label === undefined) this.labels.count(undefined);
    else {
      let raw: unknown;
      try {
        raw = label(output as never, row as never, index);
      } catch (error) {
        raw = this.#unreadable(error);
      }
      this.#countLabel(typeof raw === 'string' ? raw : settled(raw));
    }
    if (confidence !== undefined) {
      let raw: unknown;
      try {
        raw = confidence(output as never, row as never, index);
      } catch (error) {
        raw = this.#unreadable(error);
      }
      const x = typeof raw === 'number' && raw - raw === 0 ? raw : this.#toNumber(raw);
      this.confidence = this.#countNumber(x, this.#plans.confidence, this.confidences!);
    }
    if (value !== undefined) {
      let raw: unknown;
      try {
        raw = value(output as never, row as never, index);
      } catch (error) {
        raw = this.#unreadable(error);
      }
      const x = typeof raw === 'number' && raw - raw === 0 ? raw : this.#toNumber(raw);
      this.value = this.#countNumber(x, this.#plans.value, this.values!);
    }
  }

  /** Nothing was read of the last result. */
  clear(): void {
    this.label = undefined;
    this.confidence = Number.NaN;
    this.value = Number.NaN;
  }

  /** Counts a prediction whose result can't be read. */
  countUnread(): void {
    this.clear();
    this.labels.count(undefined);
  }

  /** Where what was read last is counted as features, relative to a slot's first cell. */
  cells(): number[] {
    const { label, confidence, value } = this.#plans;
    const cells: number[] = [];
    if (label !== undefined && this.label !== undefined) cells.push(label.cell + placeOfCategory(label, this.label));
    for (const [plan, x] of [
      [confidence, this.confidence],
      [value, this.value],
    ] as const) {
      if (plan !== undefined && !Number.isNaN(x))
        cells.push(plan.cell + searchBin(x, this.#cuts, plan.table, plan.top));
    }
    return cells;
  }

  #unreadable(error: unknown): symbol {
    this.#faults.count('output_reader', error);
    return UNREADABLE;
  }

  #countLabel(raw: unknown): void {
    const { labels } = this;
    const label = typeof raw === 'string' ? raw : categoryOf(raw);
    if (label === null && raw !== UNREADABLE) this.#faults.count('output_reader');
    this.label = label ?? undefined;
    const index = labels.count(this.label);
    if (index === labels.other && label !== OTHER) this.#faults.count('label_limit');
    const plan = this.#plans.label;
    if (plan === undefined) return;
    const { cells } = this.#ring;
    if (label === undefined) cells[plan.cell + plan.valued]!++;
    else if (label === null) cells[plan.cell + plan.valued + 1]!++;
    // The labels of the baseline come first in both, in one order; a baseline may have more than are kept as series.
    else if (index <= labels.known) cells[plan.cell + index - 1]!++;
    else cells[plan.cell + (plan.categories.get(label) ?? plan.valued - 1)]!++;
  }

  #toNumber(raw: unknown): number {
    const x = numericValue(settled(raw));
    if (x === Number.POSITIVE_INFINITY && raw !== UNREADABLE) this.#faults.count('output_reader');
    return x;
  }

  #countNumber(x: number, plan: NumericPlan | undefined, histogram: Histogram): number {
    if (plan !== undefined) countNumber(plan, x, this.#cuts, this.#ring);
    if (x - x !== 0) return Number.NaN;
    histogram.record(x);
    return x;
  }
}

/** Stands for what a reader that threw gave: invalid as a label and as a number. */
const UNREADABLE = Symbol('unreadable');
