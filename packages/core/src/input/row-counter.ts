import type { Faults } from '../faults.js';
import { settled } from '../promises.js';
import { countUnreadable, NO_ROW, ofProperty } from '../reading.js';
import { countCategory, countNumeric } from '../window/count-value.js';
import type { FeaturePlan, Group, NumericPlan } from '../window/plan.js';
import { generateRowCounter, type Keep, type KeepingCounter, type RowCounter } from './generate.js';
import { JointCounter } from './joint-counter.js';
import type { JointPlan } from './joint-plan.js';
import { MeasuredCounter } from './measured-counter.js';
import { NumericColumns } from './numeric-columns.js';

export type { RowCounter };

/** Features read by one generated function: V8 leaves functions of more than 60 kB of bytecode unoptimised. */
const FEATURES_A_FUNCTION = 64;

/**
 * The counter of a set of features: those that are numbers and categories first, then those that are measured, then what is watched
 * of them together. The first by generated code, which reads properties by name (20 features in about 130 ns), or by a
 * loop (about 400 ns) where code can't be generated: `codegen: false`, a strict content security policy, some workers.
 * Both count the same, bit for bit.
 *
 * @param several told before the first row of a value that holds several.
 */
export function rowCounter(
  plans: readonly FeaturePlan[],
  joint: readonly JointPlan[],
  cuts: Float64Array,
  codegen: boolean,
  faults: Faults,
  several?: () => void,
): RowCounter {
  const single = plans.filter(plan => plan.group === undefined);
  // Two parts of one value are projected where they are measured: it may hold several rows.
  const across = joint.filter(({ a, b }) => a.group === undefined || a.group !== b.group);
  const places = new Map([...new Set(across.flatMap(({ a, b }) => [a, b]))].map((plan, place) => [plan, place]));
  const keep: Keep = plan => (plan.kind === 'numeric' ? (places.get(plan) ?? -1) : -1);
  const counters = [
    ...singleCounters(single, cuts, codegen, faults, keep),
    ...measuredCounters(plans, joint, cuts, faults, keep, several),
  ];
  const countColumns = counters.length === 1 ? counters[0]! : inTurn(counters);
  // Without a place nothing is kept, and `kept` never read.
  if (places.size === 0) return countColumns as RowCounter;
  return withProjections(countColumns, new JointCounter(across, column => places.get(column)!, cuts), places.size);
}

function singleCounters(
  plans: readonly FeaturePlan[],
  cuts: Float64Array,
  codegen: boolean,
  faults: Faults,
  keep: Keep,
): KeepingCounter[] {
  if (codegen) {
    try {
      const counters: KeepingCounter[] = [];
      for (let k = 0; k < plans.length; k += FEATURES_A_FUNCTION) {
        counters.push(generateRowCounter(plans.slice(k, k + FEATURES_A_FUNCTION), cuts, faults, keep));
      }
      return counters;
    } catch (error) {
      // Function() is refused with an EvalError by a content security policy; anything else is ours to hear of.
      if (!(error instanceof EvalError)) faults.count('internal', error);
    }
  }
  return [loopRowCounter(plans, cuts, faults, keep)];
}

function measuredCounters(
  plans: readonly FeaturePlan[],
  joint: readonly JointPlan[],
  cuts: Float64Array,
  faults: Faults,
  keep: Keep,
  several: (() => void) | undefined,
): KeepingCounter[] {
  const groups = new Map<Group, NumericPlan[]>();
  for (const plan of plans) {
    if (plan.group === undefined) continue;
    const parts = groups.get(plan.group);
    if (parts === undefined) groups.set(plan.group, [plan]);
    else parts.push(plan);
  }
  return [...groups].map(([group, parts]) => {
    const inside = joint.filter(({ a, b }) => a.group === group && b.group === group);
    return new MeasuredCounter({ group, plans: parts, cuts, faults, joint: inside, keep, several }).count;
  });
}

function inTurn(counters: readonly KeepingCounter[]): KeepingCounter {
  return (row, cells, base, sums, sumBase, kept) => {
    for (const countRow of counters) countRow(row, cells, base, sums, sumBase, kept);
  };
}

function withProjections(countColumns: KeepingCounter, joint: JointCounter, places: number): RowCounter {
  const own = new Float64Array(places);
  let busy = false;
  return (row, cells, base, sums, sumBase) => {
    // A reader may call the model, and so come back here, while the scratch is in use.
    const kept = busy ? new Float64Array(places) : own;
    const outer = busy;
    busy = true;
    kept.fill(Number.NaN);
    countColumns(row, cells, base, sums, sumBase, kept);
    busy = outer;
    joint.count(kept, cells, base, sums, sumBase);
  };
}

/*
 * Two passes: reading calls into the row, counting touches typed arrays only. What is not a finite number of a numeric
 * feature is counted while reading, and leaves NaN for the second pass to skip.
 */
function loopRowCounter(plans: readonly FeaturePlan[], cuts: Float64Array, faults: Faults, keep: Keep): KeepingCounter {
  const names = plans.map(plan => plan.name);
  const reads = plans.map(plan => plan.read);
  const numeric = Uint8Array.from(plans, plan => Number(plan.kind === 'numeric'));
  const columns = new NumericColumns(plans, cuts);
  const places = Int32Array.from(plans, keep);
  const own = new Float64Array(plans.length);
  let busy = false;

  return function countRow(row, cells, base, sums, sumBase, kept) {
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
        let number = Number.NaN;
        if (typeof value === 'number' && value - value === 0 && numeric[k] === 1) {
          values[k] = value;
          number = value;
        } else {
          const other = reader === undefined ? ofProperty(properties, names[k]!, value) : value;
          number = countOther(plans[k]!, other, cuts, cells, base, sums, sumBase);
        }
        if (places[k]! >= 0) kept[places[k]!] = number;
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
): number {
  if (plan.kind === 'numeric') return countNumeric(plan, value, cuts, cells, base, sums, sumBase);
  countCategory(plan, value, cells, base);
  return Number.NaN;
}
