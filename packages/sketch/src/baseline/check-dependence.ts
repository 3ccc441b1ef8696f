import type { DependenceLadder, FeatureDependence } from '../dependence/dependence.js';
import { MAX_LENGTHS } from '../dependence/ladder.js';
import { shown } from '../errors.js';
import { MOST_BINS } from '../verdict/merge.js';
import { fieldsOf, listOf, numberAt, refuse } from './fields.js';

/** Three thousand million years. */
const LONGEST_BLOCK_MS = 1e20;
/**
 * λ is at most twice the rows (as with two blocks about their own mean), times 1 + sqrt(2) for so few: see `BlockFit`.
 * A baseline has at most 2^53 rows. Nothing computed from such numbers leaves the doubles' range.
 */
const MOST_LAMBDA = 5 * 2 ** 53;

/** The block lengths of an untrusted baseline: rising rows, or rising times with the rows that they hold. */
export function checkedLadder(value: unknown, rows: number): DependenceLadder {
  const fields = fieldsOf('dependence', value, ['blockRows', 'blockMs', 'spanMs']);
  const blockRows = sizes('blockRows', fields['blockRows'], rows);
  if ((fields['blockMs'] === undefined) !== (fields['spanMs'] === undefined)) {
    refuse('dependence', 'only one of blockMs and spanMs', 'both or neither');
  }
  if (fields['blockMs'] === undefined)
    return Object.freeze({ blockRows: Object.freeze(rising('blockRows', blockRows)) });
  const spanMs = numberAt('dependence.spanMs', fields['spanMs']);
  const blockMs = rising('blockMs', sizes('blockMs', fields['blockMs'], Math.min(spanMs, LONGEST_BLOCK_MS)));
  if (blockMs.length !== blockRows.length) {
    refuse('dependence.blockMs', `${blockMs.length} times`, `${blockRows.length}, as many as blockRows`);
  }
  return Object.freeze({ blockRows: Object.freeze(blockRows), blockMs: Object.freeze(blockMs), spanMs });
}

/** Sizes of blocks, none below a row or a millisecond, none larger than the whole. */
function sizes(name: string, value: unknown, whole: number): number[] {
  const where = `dependence.${name}`;
  const list = listOf(where, value, MAX_LENGTHS, numberAt);
  if (list.length === 0) refuse(where, 'no length', 'at least one');
  const wrong = list.findIndex(size => !(size >= 1 && size <= whole));
  if (wrong !== -1) refuse(`${where}[${wrong}]`, shown(list[wrong]), `at least 1, and at most ${whole}`);
  return list;
}

function rising(name: string, list: number[]): number[] {
  const wrong = list.findIndex((size, i) => i > 0 && size <= list[i - 1]!);
  if (wrong !== -1) refuse(`dependence.${name}[${wrong}]`, shown(list[wrong]), `more than ${list[wrong - 1]}`);
  return list;
}

/** λ and k of an untrusted feature, one at each of `steps` block lengths, each from 1 on. */
export function checkedDependence(where: string, value: unknown, steps: number, hasOther: boolean): FeatureDependence {
  if (steps === 0) refuse(where, 'a dependence', 'none: the baseline names no block lengths');
  const names = hasOther ? ['lambda', 'k', 'missing', 'other'] : ['lambda', 'k', 'missing'];
  const fields = fieldsOf(where, value, names);
  const factors = (name: string, most: number): readonly number[] => {
    const at = `${where}.${name}`;
    const list = listOf(at, fields[name], MAX_LENGTHS, numberAt);
    if (list.length !== steps) refuse(at, `${list.length} numbers`, `${steps}, one a block length`);
    const wrong = list.findIndex(factor => factor < 1 || factor > most);
    if (wrong !== -1) refuse(`${at}[${wrong}]`, shown(list[wrong]), `at least 1, and at most ${most}`);
    return Object.freeze(list);
  };
  const shape = {
    lambda: factors('lambda', MOST_LAMBDA),
    k: factors('k', MOST_BINS),
    missing: factors('missing', MOST_LAMBDA),
  };
  return Object.freeze(fields['other'] === undefined ? shape : { ...shape, other: factors('other', MOST_LAMBDA) });
}
