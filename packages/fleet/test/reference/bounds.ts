/** The bound of ln P(X ≥ x) for χ² with k degrees of freedom that the rules compute; 0 below the mean. */
export function chiSquareBound(x: number, k: number): number {
  if (!(x > k)) return 0;
  const [y, a] = [x / 2, k / 2];
  const correction = 0.5 * Math.log(a / (2 * Math.PI)) - Math.log(y - Math.max(a - 1, 0));
  return -(y - a - a * Math.log(y / a)) + Math.min(0, correction);
}

/** Chvátal's bound of ln p of Fisher's exact test, the smaller of both ways round: x of n values hit, k of m in the baseline. 0 where nothing rose. */
export function riseBound(x: number, n: number, k: number, m: number): number {
  if (!(x * m > k * n)) return 0;
  const [hits, all] = [x + k, n + m];
  return -Math.max(n * divergence(x / n, hits / all), hits * divergence(x / hits, n / all));
}

/** Of two coins, in nats. */
function divergence(p: number, q: number): number {
  const term = (a: number, b: number) => (a === 0 ? 0 : a * Math.log(a / b));
  return term(p, q) + term(1 - p, 1 - q);
}
