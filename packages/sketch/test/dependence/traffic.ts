import { uniforms } from '../verdict/random.js';

/** Standard normal values from a seed, by Box and Muller. */
export function normals(seed: number): () => number {
  const next = uniforms(seed);
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** Standard normal values, each φ times the one before and noise. φ = 0: independent. */
export function autoregressive(phi: number, normal: () => number): () => number {
  const noise = Math.sqrt(1 - phi * phi);
  let value = normal();
  return () => {
    value = phi * value + noise * normal();
    return value;
  };
}
