import type { Results, RuntimeTensor, TensorData } from '../runtime.js';
import { dataOf, halfFloat, isHalf } from './tensor-numbers.js';

/** More are a vocabulary, or a vector that was taken for scores. */
export const MAX_CLASSES = 1000;
/** How far the sum of probabilities may be from 1: what rounding a thousand of them to 16 bits adds up to. */
const SUM_TOLERANCE = 1e-3;

/**
 * Reads an output `[batch, classes]`: the class of the largest score, and its probability. Scores that are probabilities already
 * (all in 0 … 1, with a sum of 1) are taken as they are, others through a softmax. Reading the label of a row reads its
 * confidence too, so that a row is gone through once.
 */
export class ClassScores {
  readonly #output: string;
  readonly #labels: readonly string[];
  /** Made once: the text of an index costs 50 ns. */
  readonly #names: string[] = [];
  #row = -1;
  #of: object | undefined;
  #best = -1;
  #confidence = Number.NaN;

  constructor(output: string, labels: readonly string[] = []) {
    this.#output = output;
    this.#labels = labels;
  }

  /** Rows of a result: its first size. */
  rows(results: Results): number {
    const dims = results[this.#output]?.dims;
    return dims === undefined ? 1 : dims.length > 1 ? dims[0]! : 1;
  }

  /** The label of a row; undefined where there are no finite scores. */
  label(results: Results, index: number): string | undefined {
    this.#read(results, index);
    this.#of = results;
    this.#row = index;
    return this.#best < 0 ? undefined : this.#name(this.#best);
  }

  /** The probability of the largest score; undefined where there is none. */
  confidence(results: Results, index: number): number | undefined {
    if (this.#of !== results || this.#row !== index) this.#read(results, index);
    // Not held beyond its own call.
    this.#of = undefined;
    return this.#best < 0 ? undefined : this.#confidence;
  }

  #read(results: Results, index: number): void {
    this.#best = -1;
    const tensor = results[this.#output];
    const data = dataOf(tensor);
    if (data === undefined) return;
    const classes = tensor!.dims.at(-1) ?? 0;
    if (tensor!.dims.length > 2 || classes < 2 || classes > MAX_CLASSES) return;
    this.#readRow(tensor!, data, index * classes, classes);
  }

  #readRow(tensor: RuntimeTensor, data: TensorData, from: number, classes: number): void {
    const scores = isHalf(tensor, data)
      ? Float64Array.from({ length: classes }, (_, k) => halfFloat(data[from + k] as number))
      : (data as ArrayLike<number>);
    const first = scores === data ? from : 0;
    let best = -1;
    let largest = Number.NEGATIVE_INFINITY;
    let smallest = Number.POSITIVE_INFINITY;
    let sum = 0;
    for (let k = 0; k < classes; k++) {
      const score = scores[first + k]!;
      sum += score;
      if (score < smallest) smallest = score;
      if (score > largest) {
        largest = score;
        best = k;
      }
    }
    // Also false for NaN and infinities.
    if (sum - sum !== 0) return;
    this.#best = best;
    if (smallest >= 0 && largest <= 1 && Math.abs(sum - 1) <= SUM_TOLERANCE) this.#confidence = largest;
    else {
      let exponentials = 0;
      for (let k = 0; k < classes; k++) exponentials += Math.exp(scores[first + k]! - largest);
      this.#confidence = 1 / exponentials;
    }
  }

  #name(index: number): string {
    this.#names[index] ??= this.#labels[index] ?? String(index);
    return this.#names[index];
  }
}
