import type { Faults } from './faults.js';
import type { FeaturePlan } from './window/plan.js';

/** What stands for a row that is null or undefined: every property of it is missing. */
export const NO_ROW: object = Object.freeze(Object.create(null));

/** Counts a value whose reader or getter threw: invalid. */
export function countUnreadable(
  plan: FeaturePlan,
  cells: Uint32Array,
  base: number,
  faults: Faults,
  error: unknown,
): void {
  cells[base + plan.cell + plan.valued + 1]!++;
  faults.count('feature_reader', error);
}

/**
 * A reader's promise counts as invalid, like any object; if it rejects, that is our call's doing and must not
 * end the process as an unhandled rejection.
 */
export function settled(value: unknown): unknown {
  if (typeof value === 'object' && value instanceof Promise) Promise.prototype.then.call(value, undefined, ignore);
  return value;
}

function ignore(): void {}
