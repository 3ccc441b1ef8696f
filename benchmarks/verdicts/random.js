// Seeded draws: everything a simulation takes from chance. The same seed gives the same draws on every machine whose
// Math.log, Math.exp and Math.cos round alike (all builds of one V8 do).

/**
 * Uniform numbers in [0, 1), multiples of 2^-32: xoshiro128** (Blackman & Vigna 2018), its state filled by splitmix32.
 *
 * @param {number} seed
 * @returns {() => number}
 */
export function uniforms(seed) {
  const state = new Int32Array(4);
  for (let i = 0; i < 4; i++) {
    seed = (seed + 0x9e3779b9) | 0;
    let z = seed ^ (seed >>> 16);
    z = Math.imul(z, 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    state[i] = z ^ (z >>> 15);
  }
  let [a, b, c, d] = state;
  return () => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result / 0x100000000;
  };
}

/** An exponential value of mean 1. */
export const exponential = next => -Math.log(1 - next());

/** Standard normal values, by Box and Muller, two at a time. */
export function normals(next) {
  let spare = Number.NaN;
  return () => {
    if (!Number.isNaN(spare)) {
      const value = spare;
      spare = Number.NaN;
      return value;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - next()));
    const angle = 2 * Math.PI * next();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

/** A gamma value of that shape ≥ 1 and scale 1 (Marsaglia & Tsang 2000). */
export function gamma(next, normal, shape) {
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = normal();
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    if (Math.log(1 - next()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** ln k! for the acceptance test below: exact to 1e-9, which an acceptance can't tell from the truth. */
const LOG_FACTORIALS = new Float64Array(128);
for (let k = 2; k < LOG_FACTORIALS.length; k++) LOG_FACTORIALS[k] = LOG_FACTORIALS[k - 1] + Math.log(k);
function logFactorial(k) {
  if (k < LOG_FACTORIALS.length) return LOG_FACTORIALS[k];
  const x = k + 1;
  return (x - 0.5) * Math.log(x) - x + 0.9189385332046727 + (1 / 12 - 1 / (360 * x * x)) / x;
}

/** Below this mean, steps through the probabilities are faster than rejection. */
const FEW = 10;

/** How many of n draws succeed, each with probability p: by inversion, or by BTRS (Hörmann 1993) from a mean of 10. */
export function binomial(next, n, p) {
  if (p > 0.5) return n - binomial(next, n, 1 - p);
  if (n === 0 || !(p > 0)) return 0;
  return n * p < FEW ? byInversion(next, n, p) : byRejection(next, n, p);
}

function byInversion(next, n, p) {
  const odds = p / (1 - p);
  for (;;) {
    let probability = Math.exp(n * Math.log1p(-p));
    let left = next();
    let k = 0;
    while (left > probability && k <= n) {
      left -= probability;
      k++;
      probability *= (odds * (n - k + 1)) / k;
    }
    // Rounding may leave a crumb of the unit beyond the last probability: draw again.
    if (k <= n) return k;
  }
}

function byRejection(next, n, p) {
  const spread = Math.sqrt(n * p * (1 - p));
  const b = 1.15 + 2.53 * spread;
  const a = -0.0873 + 0.0248 * b + 0.01 * p;
  const middle = n * p + 0.5;
  const squeeze = 0.92 - 4.2 / b;
  for (;;) {
    const u = next() - 0.5;
    let v = next();
    const us = 0.5 - Math.abs(u);
    const k = Math.floor(((2 * a) / us + b) * u + middle);
    if (us >= 0.07 && v <= squeeze) return k;
    if (k < 0 || k > n) continue;
    const alpha = (2.83 + 5.1 / b) * spread;
    const mode = Math.floor((n + 1) * p);
    v = Math.log((v * alpha) / (a / (us * us) + b));
    const accept =
      logFactorial(mode) +
      logFactorial(n - mode) -
      logFactorial(k) -
      logFactorial(n - k) +
      (k - mode) * Math.log(p / (1 - p));
    if (v <= accept) return k;
  }
}

/**
 * Of the shares of a multinomial, in order, the probability of each given that none before it was met; the last is 1.
 *
 * @param {ArrayLike<number>} shares
 * @returns {Float64Array}
 */
export function conditionalShares(shares) {
  const conditional = new Float64Array(shares.length);
  let left = 1;
  for (let i = 0; i < shares.length; i++) {
    conditional[i] = i === shares.length - 1 ? 1 : Math.min(1, Math.max(0, shares[i] / left));
    left -= shares[i];
  }
  return conditional;
}

/** Writes how many of n draws fall into each cell, of {@link conditionalShares}, to the start of `out`. */
export function multinomialInto(next, n, conditional, out) {
  let left = n;
  const last = conditional.length - 1;
  for (let i = 0; i < last; i++) {
    const count = left === 0 ? 0 : binomial(next, left, conditional[i]);
    out[i] = count;
    left -= count;
  }
  out[last] = left;
}
