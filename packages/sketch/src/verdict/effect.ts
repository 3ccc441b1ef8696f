/*
 * PSI / u is about noncentral χ² with k degrees of freedom and noncentrality psi0 / u, if the true index is psi0 and u is
 * 1/n + 1/m. Sankaran's square root makes that nearly normal with unit variance:
 *
 *   sqrt(PSI/u − c)  ~  Normal(sqrt(psi0/u + c), 1),   c = (k − 1) / 2
 *
 * within 0.1 % of the exact quantile at 5 %, 0.6 % at 2e-7.
 */

/** The 99.9 % quantile of the normal distribution: with 95 %, a drift just below the threshold is paged within a day. */
export const EFFECT_Z = 3.09;

/** The smallest index that shows, with 99.9 % confidence, a true one of at least `psi0`. */
export function psiNeeded(psi0: number, u: number, k: number): number {
  const c = (k - 1) / 2;
  const root = Math.sqrt(psi0 / u + c) + EFFECT_Z;
  return u * (root * root + c);
}

/**
 * The 99.9 % lower bound of the true index: the psi0 whose {@link psiNeeded} is `psi`, or 0 if even that of 0 is larger.
 * The root must be compared before it is squared: where it is negative its square would count as evidence.
 */
export function psiLowerBound(psi: number, u: number, k: number): number {
  const c = (k - 1) / 2;
  const root = Math.sqrt(Math.max(0, psi / u - c)) - EFFECT_Z;
  return root > 0 ? Math.max(0, u * (root * root - c)) : 0;
}
