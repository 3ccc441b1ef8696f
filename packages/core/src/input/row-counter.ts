import type { Faults } from '../faults.js';
import type { FeaturePlan, Group, NumericPlan } from '../window/plan.js';
import type { Ring } from '../window/ring.js';
import { generateRowCounter } from './generate.js';
import { JointCounter } from './joint-counter.js';
import type { JointPlan } from './joint-plan.js';
import { keyReader } from './key-reader.js';
import { MeasuredCounter } from './measured-counter.js';
import { columnsCounter, NumericColumns } from './numeric-columns.js';

/** Reads every feature of a row and counts it in the ring's open sub-window. Never throws. */
export type RowCounter = (row: unknown) => void;

export interface RowCounterParts {
  readonly plans: readonly FeaturePlan[];
  readonly joint: readonly JointPlan[];
  readonly cuts: Float64Array;
  readonly ring: Ring;
  readonly codegen: boolean;
  readonly faults: Faults;
  /** Told before the first row of a value that holds several. */
  readonly several: (() => void) | undefined;
}

/**
 * The counter of a set of features: numbers and categories first, then what is measured, then what is watched of them together. The
 * first by generated code, which reads properties by name (20 features in about 110 ns), or by a loop (about 150 ns where one
 * model is watched, 250 where several are) where code can't be generated: `codegen: false`, a strict content security policy, some
 * workers. Both count the same, bit for bit.
 */
export function rowCounter(parts: RowCounterParts): RowCounter {
  const { plans, joint, cuts, ring } = parts;
  const single = plans.filter(plan => plan.group === undefined);
  const numbers = single.filter(plan => plan.kind === 'numeric');
  // Two parts of one value are projected where they are measured: it may hold several rows.
  const across = joint.filter(({ a, b }) => a.group === undefined || a.group !== b.group);
  const kept = [...new Set(across.flatMap(({ a, b }) => [a, b]))].filter(plan => plan.group !== undefined);
  const columns = new NumericColumns(numbers, cuts, ring, kept.length);
  const places = new Map([...columns.plans, ...kept].map((plan, place) => [plan, place]));
  const measured = measuredCounters(parts, columns.values, places);
  const countSingle = singleCounter(single, columns, parts);
  if (measured.length === 0 && across.length === 0) return countSingle;
  return together(
    parts,
    countSingle,
    measured,
    new JointCounter(across, plan => places.get(plan)!, cuts, ring),
    columns,
  );
}

const NOTHING: RowCounter = () => {};

/** One that can be called while it reads a row, by a reader that calls the model: that call counts with arrays of its own. */
function again(parts: RowCounterParts): RowCounter {
  let counter: RowCounter | undefined;
  return row => {
    counter ??= rowCounter({ ...parts, codegen: false });
    counter(row);
  };
}

/** While a row is counted, another is counted by `another`: reading runs the application's code, and so does looking at a Proxy. */
function guarded(count: RowCounter, another: RowCounter): RowCounter {
  let busy = false;
  return row => {
    if (busy) {
      another(row);
      return;
    }
    busy = true;
    count(row);
    busy = false;
  };
}

function singleCounter(plans: readonly FeaturePlan[], columns: NumericColumns, parts: RowCounterParts): RowCounter {
  if (plans.length === 0) return NOTHING;
  const reader = keyReader(plans, columns, parts.faults);
  const another = again({ ...parts, plans, joint: [] });
  if (parts.codegen) {
    try {
      return generateRowCounter(plans, columns, reader, another);
    } catch (error) {
      // Function() is refused with an EvalError by a content security policy; anything else is ours to hear of.
      if (!(error instanceof EvalError)) parts.faults.count('internal', error);
    }
  }
  const { read } = reader;
  const count = columnsCounter(columns);
  return guarded(row => {
    read(row);
    count(row);
  }, another);
}

function together(
  parts: RowCounterParts,
  countSingle: RowCounter,
  measured: readonly MeasuredCounter[],
  joint: JointCounter,
  { values }: NumericColumns,
): RowCounter {
  return guarded(row => {
    countSingle(row);
    for (const counter of measured) counter.count(row);
    joint.count(values);
  }, again(parts));
}

function measuredCounters(
  { plans, joint, cuts, ring, faults, several }: RowCounterParts,
  values: Float64Array,
  places: ReadonlyMap<NumericPlan, number>,
): MeasuredCounter[] {
  const groups = new Map<Group, NumericPlan[]>();
  for (const plan of plans) {
    if (plan.group === undefined) continue;
    const parts = groups.get(plan.group);
    if (parts === undefined) groups.set(plan.group, [plan]);
    else parts.push(plan);
  }
  return [...groups].map(([group, parts]) => {
    const inside = joint.filter(({ a, b }) => a.group === group && b.group === group);
    return new MeasuredCounter({ group, plans: parts, cuts, ring, faults, joint: inside, values, places, several });
  });
}
