import { uniforms } from '../verdict/random.js';

/** Standard normal numbers from a seed, by Box and Muller. */
export function normals(seed: number): () => number {
  const next = uniforms(seed);
  return () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

/** Columns of standard normal numbers with these correlations, by Cholesky: one row after the other from one seed. */
export function correlated(rho: readonly (readonly number[])[], rows: number, seed: number): Float64Array[] {
  const lower = cholesky(rho);
  const next = normals(seed);
  const columns = rho.map(() => new Float64Array(rows));
  for (let row = 0; row < rows; row++) {
    const draws = rho.map(() => next());
    lower.forEach((weights, i) => {
      columns[i]![row] = weights.reduce((sum, weight, k) => sum + weight * draws[k]!, 0);
    });
  }
  return columns;
}

/** Correlations of `count` columns: those given by index, [a, b, ρ], and none otherwise. */
export function correlations(count: number, ...pairs: readonly (readonly [number, number, number])[]): number[][] {
  const rho = Array.from({ length: count }, (_, i) => Array.from({ length: count }, (_, j) => Number(i === j)));
  for (const [a, b, r] of pairs) {
    rho[a]![b] = r;
    rho[b]![a] = r;
  }
  return rho;
}

function cholesky(matrix: readonly (readonly number[])[]): number[][] {
  const lower: number[][] = [];
  for (const [i, row] of matrix.entries()) {
    const own: number[] = [];
    for (let j = 0; j <= i; j++) {
      const other = j === i ? own : lower[j]!;
      let rest = row[j]!;
      for (let k = 0; k < j; k++) rest -= own[k]! * other[k]!;
      own.push(i === j ? Math.sqrt(rest) : rest / other[j]!);
    }
    lower.push(own);
  }
  return lower;
}
