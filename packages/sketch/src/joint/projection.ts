/** One column's part in a projection: its name, how much it weighs, and what is taken from its values first. */
export type JointTerm = readonly [name: string, weight: number, centre: number];

/** What is projected: two columns of a row become one number. */
export interface Projection {
  readonly name: string;
  readonly terms: readonly [JointTerm, JointTerm];
}

/**
 * `weight × (x - centre)` of the one column and the other, added: three roundings a term at most and in this order, so that every
 * process and language has the same double. NaN, a missing value, unless both are finite, and where the sum overflows. About 10 ns.
 */
export function projected(
  [[, weightA, centreA], [, weightB, centreB]]: Projection['terms'],
  a: number,
  b: number,
): number {
  const z = weightA * (a - centreA) + weightB * (b - centreB);
  return z - z === 0 ? z : Number.NaN;
}
