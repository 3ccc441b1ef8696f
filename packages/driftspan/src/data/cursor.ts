import type { TrainingOutput } from '@driftspan/sketch';

/**
 * The row being read: the same object for every row. Values of a whole piece of the data stand in columns, one for each feature of the plan
 * in its order; `at` says which of them is read. A feature without a column in the file has an empty one: every value is undefined, and missing.
 */
export class Cursor {
  at = 0;
  /** Of numeric and datetime features: NaN is missing, Infinity invalid. */
  readonly numbers: Float64Array[];
  /** Of other features: texts, numbers and vectors; undefined is missing. */
  readonly values: (readonly unknown[])[];

  constructor(features: number) {
    this.numbers = Array.from({ length: features }, () => NO_NUMBERS);
    this.values = Array.from({ length: features }, () => NO_VALUES);
  }
}

const NO_NUMBERS = new Float64Array(0);
const NO_VALUES: readonly unknown[] = [];

/** A row as `BaselineLearner.add` takes it. ONE object, valid until the next: read, don't keep. */
export interface DataRow {
  readonly input: Cursor;
  /** undefined where the plan has no output. */
  readonly output: TrainingOutput | undefined;
  /** Milliseconds since 1970; undefined where the plan has no time. */
  readonly time: number | undefined;
}
