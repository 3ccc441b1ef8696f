import type { Faults } from '../faults.js';
import { countUnreadable, NO_ROW, settled } from '../reading.js';
import { countCategory, countNumeric } from '../window/count-value.js';
import type { FeaturePlan } from '../window/plan.js';
import { generateRowCounter, type RowCounter } from './generate.js';

export type { RowCounter };

/** Features read by one generated function: V8 leaves functions of more than 60 kB of bytecode unoptimised. */
const FEATURES_A_FUNCTION = 64;

/**
 * The counter of a set of features: generated code, which reads properties by name (20 features in about 150 ns), or a
 * loop (about 500 ns) where code can't be generated: `codegen: false`, a strict content security policy, some workers.
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

function loopRowCounter(plans: readonly FeaturePlan[], cuts: Float64Array, faults: Faults): RowCounter {
  return function countRow(row, cells, base, sums, sumBase) {
    const properties = (row ?? NO_ROW) as Record<string, unknown>;
    for (let k = 0; k < plans.length; k++) {
      const plan = plans[k]!;
      try {
        const value = plan.read === undefined ? properties[plan.name] : settled(plan.read(row as never));
        if (plan.kind === 'numeric') countNumeric(plan, value, cuts, cells, base, sums, sumBase);
        else countCategory(plan, value, cells, base);
      } catch (error) {
        countUnreadable(plan, cells, base, faults, error);
      }
    }
  };
}
