import { HALF_LOG_TWO_PI, STIRLING_FROM, stirlingSeries } from './stirling.js';

// (−1)^k (ζ(k) − 1) / k for k = 28 … 2: the Taylor series of ln Γ(2 + z), highest power first (Abramowitz & Stegun 6.1.33).
// biome-ignore format: one table
const SERIES = [
  1.330476437424449e-10, -2.7595228851242334e-10, 5.731367241678862e-10, -1.1921401405860912e-09, 2.4836745438024785e-09,
  -5.183475041970047e-09, 1.0838659214896955e-08, -2.2711094608943164e-08, 4.7698101693639804e-08, -1.0043224823968099e-07,
  2.1207184805554665e-07, -4.492469198764566e-07, 9.55141213040742e-07, -2.039215753801366e-06, 4.374866789907488e-06,
  -9.439488275268397e-06, 2.050721277567069e-05, -4.492623673813314e-05, 9.945751278180853e-05, -0.00022315475845357939,
  0.0005096695247430425, -0.001192753911703261, 0.0028905103307415234, -0.007385551028673986, 0.020580808427784546,
  -0.0673523010531981, 0.3224670334241132,
];
/** 1 − γ, with Euler's γ. */
const ONE_MINUS_EULER = 0.42278433509846713;

/**
 * ln Γ(x) for x > 0, to about 1e-15 of its value, also beside its zeros at 1 and 2. Infinity at 0 and at Infinity,
 * NaN below 0 and for NaN. About 40 ns.
 */
export function logGamma(x: number): number {
  if (!(x >= 0)) return Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  if (x >= STIRLING_FROM) return (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI + stirlingSeries(x);
  if (x < 0.5) return aroundTwo(x) - Math.log1p(x) - Math.log(x);
  if (x < 1.5) return aroundTwo(x - 1) - Math.log1p(x - 1);
  let product = 1;
  let y = x;
  while (y > 2.5) {
    y -= 1;
    product *= y;
  }
  return Math.log(product) + aroundTwo(y - 2);
}

/** ln Γ(2 + z) for |z| ≤ ½, where 27 terms reach 1e-17. */
function aroundTwo(z: number): number {
  let sum = 0;
  for (let i = 0; i < SERIES.length; i++) sum = sum * z + SERIES[i]!;
  return z * (ONE_MINUS_EULER + z * sum);
}
