/**
 * ln Γ(x) for x > 0, within 1e-10: Stirling's series from 8 on, the recurrence below. That of the package under test is
 * not used, so that an error in it can't hide in the weights.
 */
export function logGamma(x) {
  let shift = 0;
  for (; x < 8; x++) shift += Math.log(x);
  const y = 1 / (x * x);
  return (
    (x - 0.5) * Math.log(x) - x + 0.9189385332046727 + (1 / 12 - (1 / 360 - (1 / 1260 - y / 1680) * y) * y) / x - shift
  );
}
