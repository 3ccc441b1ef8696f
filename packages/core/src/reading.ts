import type { Faults } from './faults.js';
import { settled } from './promises.js';
import { INVALID } from './sampling/reasons.js';
import type { FeaturePlan } from './window/plan.js';
import type { Ring } from './window/ring.js';

/** What stands for a row that is null or undefined: every property of it is missing. */
export const NO_ROW: object = Object.freeze(Object.create(null));

/** Counts a value whose reader or getter threw: invalid. */
export function countUnreadable(plan: FeaturePlan, { cells, flags }: Ring, faults: Faults, error: unknown): void {
  cells[plan.cell + plan.valued + 1]!++;
  flags[0]! |= INVALID;
  faults.count('feature_reader', error);
}

/**
 * A value that was read as a property. A promise that a getter made for us is settled, as a reader's is; one that
 * the row holds is the application's, and its rejection stays unhandled.
 */
export function ofProperty(row: unknown, name: string, value: unknown): unknown {
  if (typeof value === 'object' && value !== null && isAccessor(row, name)) settled(value);
  return value;
}

function isAccessor(row: unknown, name: string): boolean {
  for (let holder: unknown = Object(row); holder !== null; holder = Object.getPrototypeOf(holder)) {
    const property = Object.getOwnPropertyDescriptor(holder, name);
    if (property !== undefined) return property.get !== undefined;
  }
  return false;
}
