import { SketchError, shown } from '../errors.js';

/**
 * The sum of a run of counts, checked. `where` names the run in the error.
 *
 * @throws SketchError `ERR_COUNTS` if one of them is negative, not finite or not whole.
 */
export function sumCounts(counts: ArrayLike<number>, where: string): number {
  let sum = 0;
  for (let i = 0; i < counts.length; i++) {
    const count = counts[i]!;
    if (!(count >= 0 && Number.isInteger(count)))
      throw new SketchError('ERR_COUNTS', `${where}[${i}]`, shown(count), 'a whole number from 0');
    sum += count;
  }
  return sum;
}

/**
 * Refuses two runs of counts that do not describe the same bins.
 *
 * @throws SketchError `ERR_COUNTS`
 */
export function checkSameLength(observed: ArrayLike<number>, expected: number): void {
  if (observed.length !== expected)
    throw new SketchError(
      'ERR_COUNTS',
      'observed counts',
      `${observed.length} bins`,
      `${expected}, as in the baseline`,
    );
}

/** The sums of two samples over the same bins. @throws SketchError `ERR_COUNTS` for runs of different length, or a count that is none. */
export function checkedSums(observed: ArrayLike<number>, baseline: ArrayLike<number>): readonly [n: number, m: number] {
  checkSameLength(observed, baseline.length);
  return [sumCounts(observed, 'observed'), sumCounts(baseline, 'baseline')];
}
