import type { Faults } from '../faults.js';
import { settled } from '../promises.js';

export type ReadId = (row: unknown, index: number, ...args: unknown[]) => unknown;

/** The ids under which outcomes will come. Never throws. */
export function predictionId(
  read: ReadId,
  row: unknown,
  index: number,
  args: readonly unknown[],
  faults: Faults,
): string | undefined {
  try {
    // Spreading takes 20 ns.
    const id = settled(args.length === 1 ? read(row, index, args[0]) : read(row, index, ...args));
    if (typeof id === 'string' || id === undefined) return id;
    faults.count('prediction_id');
  } catch (error) {
    faults.count('prediction_id', error);
  }
  return undefined;
}
