/**
 * `k` times the rank error: 99 % of single ranks were off by at most 1.00 / k at the worst of all `k`, lengths up to 2^27 and kinds
 * of stream tried (`test/quantile/measure-rank-error.ts`); the rest is for longer streams. Below k = 1,024 it is too careful, up
 * to 4 times, as the lowest levels have more room than they need.
 */
const RANK_ERROR_TIMES_K = 1.1;

/**
 * How far off a sketch's rank of one value may be, as a share of the count, with 99 % confidence (single-sided: what is asked is one
 * rank, not the widest gap of all); 0.00013 for the default. The standard deviation is a third of it.
 *
 * What that does to a baseline of 16 bins, measured, as the PSI of the stated counts against the true ones: 54 / k² where the bins
 * are alike, 8e-7 for the default, and 540 / k² where 15 of them share a tenth of the values, 8e-6. A G test of n values against the
 * baseline gains n times as much, where 15 is expected by chance: 0.008 and 0.08 at n = 10,000, 0.08 and 0.8 at 100,000.
 * A significant look at level 1e-7 so gets 1 % and 14 % likelier, or 14 % and 3 times; a warning asks for a PSI of 0.1 besides.
 */
export function kllRankError(k: number): number {
  return RANK_ERROR_TIMES_K / k;
}
