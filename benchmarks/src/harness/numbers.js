// Of many measurements the few numbers that are shown.

/** The middle value, or the mean of the two in the middle; NaN of none. */
export const median = values => quantile(values, 0.5);

/**
 * The value below which a share of them lies, interpolated between neighbours (R's type 7); NaN of none.
 *
 * @param {ArrayLike<number>} values
 * @param {number} share 0 to 1.
 */
export function quantile(values, share) {
  if (values.length === 0) return Number.NaN;
  const sorted = Float64Array.from(values).sort();
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const rest = at - below;
  return rest === 0 ? sorted[below] : sorted[below] + rest * (sorted[below + 1] - sorted[below]);
}

/** Their median, and the smallest and largest. */
export const spread = values => ({ median: median(values), min: Math.min(...values), max: Math.max(...values) });

/**
 * The ratios of two sides, round by round: what the machine did in a round fell on both.
 *
 * @param {readonly number[]} uppers one a round.
 * @param {readonly number[]} lowers as many.
 */
export function ratios(uppers, lowers) {
  if (uppers.length !== lowers.length || uppers.length === 0)
    throw new Error(`ratios: met ${uppers.length} and ${lowers.length} rounds, expected as many of both`);
  return spread(uppers.map((upper, round) => upper / lowers[round]));
}
