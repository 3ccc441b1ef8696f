import { type Baseline, categorical, learnBaseline, type ModelSpec, numeric } from '@driftspan/sketch';
import { normals, uniforms } from '../drift/stream.js';

/** A row of every kind of series: ranges, a constant, many categories, two sensitive features, and two that go together. */
export interface Parcel {
  readonly weight: number | null;
  readonly length: number;
  readonly fixed: number;
  readonly town: string | null;
  readonly age: number;
  readonly person: string;
}
export type Answer = { readonly label: string; readonly confidence: number; readonly value: number };

export const PARCELS: ModelSpec<Parcel> = {
  name: 'parcels',
  version: '1',
  joint: true,
  sensitiveKey: 'sixteen bytes or more',
  features: {
    weight: numeric(),
    length: numeric(),
    fixed: numeric(),
    town: categorical(),
    age: numeric({ sensitive: true }),
    person: categorical({ sensitive: true }),
  },
};

export const OUTPUT = {
  label: (answer: Answer) => answer.label,
  confidence: (answer: Answer) => answer.confidence,
  value: (answer: Answer) => answer.value,
};

/** Draws parcels; towns and labels are the rarer the higher their number. */
export class Parcels {
  readonly #next: () => number;
  readonly #normal: () => number;

  constructor(seed: number) {
    this.#next = uniforms(seed);
    this.#normal = normals(this.#next);
  }

  row(): Parcel {
    const weight = this.#normal();
    return {
      weight: this.#next() < 0.02 ? null : weight,
      length: weight + 0.3 * this.#normal(),
      fixed: 7,
      town: this.#next() < 0.01 ? null : `town ${this.#rank(24)}`,
      age: 40 + 10 * this.#normal(),
      person: `person ${this.#rank(12)}`,
    };
  }

  answer(): Answer {
    return { label: `label ${this.#rank(10)}`, confidence: this.#next(), value: 100 * this.#normal() };
  }

  #rank(count: number): number {
    return Math.floor(count * this.#next() ** 2);
  }
}

export function parcelBaseline(rows = 5000, seed = 1): Promise<Baseline> {
  const parcels = new Parcels(seed);
  return learnBaseline(
    PARCELS,
    Array.from({ length: rows }, () => ({ input: parcels.row(), output: parcels.answer() })),
  );
}
