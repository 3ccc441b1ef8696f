/**
 * x ln(x/e) − (x − e) ≥ 0: how far one count x lies from its expectation e > 0, in nats. Summed over cells whose
 * expectations add up to their counts it is half the G statistic, without the cancellation of Σ x ln(x/e).
 *
 * `d` is x − e, passed in because callers know it to more digits than the difference of two large numbers would keep.
 * About 10 ns. Source: `bd0` of Loader 2000, "Fast and accurate computation of binomial probabilities".
 */
export function deviance(x: number, e: number, d: number): number {
  if (x === 0) return e;
  if (Math.abs(d) >= 0.1 * (x + e)) return x * Math.log(x / e) - d;
  const v = d / (x + e);
  const square = v * v;
  let term = 2 * x * v;
  let sum = d * v;
  // |v| < 0.1: every term is under 1 % of the one before, so that nine end it.
  for (let odd = 3; odd < 40; odd += 2) {
    term *= square;
    const next = sum + term / odd;
    if (next === sum) break;
    sum = next;
  }
  return sum;
}
