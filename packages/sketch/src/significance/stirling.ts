/** From here on {@link stirlingSeries} is exact to the last bit of a double: its first omitted term is below 2e-16. */
export const STIRLING_FROM = 16;

/** ½ ln 2π, which the sums below share with ln Γ. */
export const HALF_LOG_TWO_PI = 0.9189385332046728;

/**
 * 1/(12x) − 1/(360x³) + …: what Stirling's formula for ln Γ(x) and ln x! leaves out, for x ≥ 16.
 *
 * Source: Abramowitz & Stegun 6.1.41.
 */
export function stirlingSeries(x: number): number {
  const y = 1 / (x * x);
  return (1 / 12 - (1 / 360 - (1 / 1260 - (1 / 1680 - y / 1188) * y) * y) * y) / x;
}

// ln x! − (x ln x − x) for x = 0 … 15, from 40-digit arithmetic.
// biome-ignore format: one table
const SMALL = [
  0, 1, 1.3068528194400546, 1.4959226032237258, 1.6328763858683832, 1.7403021806115442, 1.828694396641771, 1.9037903176782212,
  1.9690705693065629, 2.0268062840554952, 2.0785616431350586, 2.12545984509181, 2.168334698205882, 2.207822206123445,
  2.244418568125061, 2.2785183673077407,
];

/**
 * ln x! − (x ln x − x) for a whole number x ≥ 0: the part of a factorial that stays small (11.7 at x = 1e9), so that
 * differences of log-factorials can be taken without losing the digits that x ln x would take with it.
 *
 * Source: Loader 2000, "Fast and accurate computation of binomial probabilities".
 */
export function factorialRemainder(x: number): number {
  return x < STIRLING_FROM ? SMALL[x]! : HALF_LOG_TWO_PI + 0.5 * Math.log(x) + stirlingSeries(x);
}
