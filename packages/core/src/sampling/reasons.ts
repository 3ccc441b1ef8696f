import type { KeepReason } from '../record/prediction-record.js';

// One bit a reason, so that deciding on a call is arithmetic. Counting an input writes the first four rules to its flags.

/** The random coin chose it. */
export const SAMPLED = 1;
export const MISSING = 2;
export const INVALID = 4;
export const OUT_OF_RANGE = 8;
export const UNSEEN = 16;
export const DRIFTED = 32;
export const ERROR = 64;
export const LOW_CONFIDENCE = 128;
export const SLOW = 256;
/** No reason: a rule held, its coin was thrown and lost, and what is found out later throws none again. */
export const TRIED = 512;

/** In the order in which records name them. */
const NAMES: readonly (readonly [bit: number, name: KeepReason])[] = [
  [SAMPLED, 'sampled'],
  [MISSING, 'missing'],
  [INVALID, 'invalid'],
  [OUT_OF_RANGE, 'out_of_range'],
  [UNSEEN, 'unseen'],
  [DRIFTED, 'drifted'],
  [ERROR, 'error'],
  [LOW_CONFIDENCE, 'low_confidence'],
  [SLOW, 'slow'],
];

/** The names of the reasons in `bits`, in a fixed order; `TRIED` has none. */
export function reasonNames(bits: number): KeepReason[] {
  return NAMES.filter(([bit]) => (bits & bit) !== 0).map(([, name]) => name);
}
