import { categoryOf, numericValue } from '@driftspan/sketch';
import type { CategoricalPlan, NumericPlan } from './plan.js';

/** Counts one value of a numeric feature, whatever its type. The cuts are those of {@link Planner.cuts}. About 6 ns for a number. */
export function countNumeric(
  plan: NumericPlan,
  value: unknown,
  cuts: Float64Array,
  cells: Uint32Array,
  base: number,
  sums: Float64Array,
  sumBase: number,
): void {
  const x = numericValue(value);
  const first = base + plan.cell;
  if (x - x !== 0) {
    cells[first + plan.valued + (Number.isNaN(x) ? 0 : 1)]!++;
    return;
  }
  let bin = 0;
  // Branchless: a comparison is added, never branched on, since half of all branches here would be mispredicted.
  for (let step = (2 ** plan.levels) >> 1; step > 0; step >>= 1)
    bin += +(x > cuts[plan.table + bin + step - 1]!) * step;
  cells[first + bin]!++;
  if (x < plan.min || x > plan.max) cells[first + plan.valued + 2]!++;
  const deviation = x - plan.shift;
  sums[sumBase + plan.sum]! += deviation;
  sums[sumBase + plan.sum + 1]! += deviation * deviation;
}

/** Counts one value of a categorical feature, whatever its type. */
export function countCategory(plan: CategoricalPlan, value: unknown, cells: Uint32Array, base: number): void {
  cells[base + plan.cell + categoryCell(plan, value)]!++;
}

/** The cell a value belongs to, from the feature's first one. */
export function categoryCell(plan: CategoricalPlan, value: unknown): number {
  const category = categoryOf(value);
  if (category === undefined) return plan.valued;
  if (category === null) return plan.valued + 1;
  return plan.categories.get(category) ?? plan.valued - 1;
}
