import type { Faults } from '../faults.js';
import { settled } from '../promises.js';
import { countUnreadable, NO_ROW, ofProperty } from '../reading.js';
import { countCategory, countNumeric } from '../window/count-value.js';
import type { FeaturePlan } from '../window/plan.js';
import { generateRowCounter, type RowCounter } from './generate.js';
import { NumericColumns } from './numeric-columns.js';

export type { RowCounter };

/** Features read by one generated function: V8 leaves functions of more than 60 kB of bytecode unoptimised. */
const FEATURES_A_FUNCTION = 64;

/**
 * The counter of a set of features: generated code, which reads properties by name (20 features in about 130 ns), or a
 * loop (about 400 ns) where code can't be generated: `codegen: false`, a strict content security policy, some workers.
 * Both count the same, bit for bit.
 */
export function rowCounter(
  plans: readonly FeaturePlan[],
  cuts: Float64Array,
  codegen: boolean,
  faults: Faults,
): RowCounter {
  if (codegen) {
    try {
      const counters: RowCounter[] = [];
      for (let k = 0; k < plans.length; k += FEATURES_A_FUNCTION) {
        counters.push(generateRowCounter(plans.slice(k, k + FEATURES_A_FUNCTION), cuts, faults));
      }
      return counters.length === 1 ? counters[0]! : inTurn(counters);
    } catch (error) {
      // Function() is refused with an EvalError by a content security policy; anything else is ours to hear of.
      if (!(error instanceof EvalError)) faults.count('internal', error);
    }
  }
  return loopRowCounter(plans, cuts, faults);
}

function inTurn(counters: readonly RowCounter[]): RowCounter {
  return (row, cells, base, sums, sumBase) => {
    for (const countRow of counters) countRow(row, cells, base, sums, sumBase);
  };
}

/*
 * Two passes: reading calls into the row, counting touches typed arrays only. What is not a finite number of a numeric
 * feature is counted while reading, and leaves NaN for the second pass to skip.
 */
function loopRowCounter(plans: readonly FeaturePlan[], cuts: Float64Array, faults: Faults): RowCounter {
  const names = plans.map(plan => plan.name);
  const reads = plans.map(plan => plan.read);
  const numeric = Uint8Array.from(plans, plan => Number(plan.kind === 'numeric'));
  const columns = new NumericColumns(plans, cuts);
  const own = new Float64Array(plans.length);
  let busy = false;

  return function countRow(row, cells, base, sums, sumBase) {
    // A reader may call the model, and so come back here, while the buffer is in use.
    const values = busy ? new Float64Array(plans.length) : own;
    const outer = busy;
    busy = true;
    const properties = (row ?? NO_ROW) as Record<string, unknown>;
    for (let k = 0; k < values.length; k++) {
      values[k] = Number.NaN;
      try {
        const reader = reads[k];
        const value = reader === undefined ? properties[names[k]!] : settled(reader(row as never));
        if (typeof value === 'number' && value - value === 0 && numeric[k] === 1) values[k] = value;
        else {
          const other = reader === undefined ? ofProperty(properties, names[k]!, value) : value;
          countOther(plans[k]!, other, cuts, cells, base, sums, sumBase);
        }
      } catch (error) {
        countUnreadable(plans[k]!, cells, base, faults, error);
      }
    }
    busy = outer;
    columns.count(values, cells, base, sums, sumBase);
  };
}

function countOther(
  plan: FeaturePlan,
  value: unknown,
  cuts: Float64Array,
  cells: Uint32Array,
  base: number,
  sums: Float64Array,
  sumBase: number,
): void {
  if (plan.kind === 'numeric') countNumeric(plan, value, cuts, cells, base, sums, sumBase);
  else countCategory(plan, value, cells, base);
}
