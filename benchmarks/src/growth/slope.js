/** Student's t, two-sided 95 %, by degrees of freedom from 8 to 38: what 10 to 40 points leave. */
const T = [
  2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145, 2.131, 2.12, 2.11, 2.101, 2.093, 2.086, 2.08, 2.074, 2.069, 2.064,
  2.06, 2.056, 2.052, 2.048, 2.045, 2.042, 2.04, 2.037, 2.035, 2.032, 2.03, 2.028, 2.026, 2.024,
];
const LEAST_POINTS = 10;

/**
 * The straight line through points by least squares: its slope, with the 95 % interval that errors of equal size and no memory would give. Memory
 * after a collection is nearly so; where it wanders, the true interval is wider.
 *
 * @param {readonly number[]} xs 10 to 40 of them.
 * @param {readonly number[]} ys
 * @returns {{ slope: number, low: number, high: number }} y for each x.
 */
export function slopeOf(xs, ys) {
  const n = xs.length;
  if (n < LEAST_POINTS || n - LEAST_POINTS >= T.length || ys.length !== n)
    throw new Error(`slopeOf: met ${n} and ${ys.length} points, expected as many of both, 10 to 40`);
  const mean = values => values.reduce((sum, value) => sum + value, 0) / n;
  const [x, y] = [mean(xs), mean(ys)];
  const spread = xs.reduce((sum, one) => sum + (one - x) ** 2, 0);
  const slope = xs.reduce((sum, one, i) => sum + (one - x) * (ys[i] - y), 0) / spread;
  const rest = ys.reduce((sum, one, i) => sum + (one - y - slope * (xs[i] - x)) ** 2, 0);
  const half = T[n - LEAST_POINTS] * Math.sqrt(rest / (n - 2) / spread);
  return { slope, low: slope - half, high: slope + half };
}
