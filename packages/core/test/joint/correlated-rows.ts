import { type Baseline, learnBaseline, type ModelSpec, numeric } from '@driftspan/sketch';
import { normals, uniforms } from '../drift/stream.js';

export type Numbers = { readonly [name: string]: number };

/** `x0` … `x(count - 1)`, watched together. */
export function jointModel(name: string, count: number): ModelSpec<Numbers> {
  const features = Object.fromEntries(Array.from({ length: count }, (_, i) => [`x${i}`, numeric()]));
  return { name, version: '1', features, joint: true };
}

/**
 * Rows of standard normal numbers: `x1` has the correlation `rho` with `x0` as it now stands, all others are unrelated. Whatever it is,
 * each number by itself is distributed alike.
 */
export class CorrelatedRows {
  rho: number;
  readonly #count: number;
  readonly #normal: () => number;

  constructor(count: number, rho: number, seed: number) {
    this.#count = count;
    this.rho = rho;
    this.#normal = normals(uniforms(seed));
  }

  row(): Numbers {
    const numbers = Array.from({ length: this.#count }, () => this.#normal());
    numbers[1] = this.rho * numbers[0]! + Math.sqrt(1 - this.rho ** 2) * numbers[1]!;
    return Object.fromEntries(numbers.map((x, i) => [`x${i}`, x]));
  }
}

/** What `rows` of them teach. */
export function learned(model: ModelSpec<Numbers>, source: CorrelatedRows, rows = 20_000): Promise<Baseline> {
  return learnBaseline(
    model,
    Array.from({ length: rows }, () => ({ input: source.row() })),
  );
}
