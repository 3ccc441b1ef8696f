import { binLabels } from '../bins/labels.js';
import { countSorted, numericCuts } from '../bins/numeric-cuts.js';
import { numericValue } from '../feature/numeric.js';
import { momentsOf } from '../moments.js';
import type { NumericBaseline } from './baseline.js';
import { numericId } from './id.js';

const CHUNK = 1 << 14;

/** Every number of one feature, kept exactly until the bins are cut: 8 bytes a row, as much again while it is finished. */
export class NumericColumn {
  #chunks: Float64Array[] = [];
  /** How many values the last chunk holds. */
  #filled = CHUNK;
  #missing = 0;
  #invalid = 0;

  add(value: unknown): void {
    const number = numericValue(value);
    if (Number.isNaN(number)) this.#missing++;
    else if (number === Number.POSITIVE_INFINITY) this.#invalid++;
    else {
      if (this.#filled === CHUNK) {
        this.#chunks.push(new Float64Array(CHUNK));
        this.#filled = 0;
      }
      // + 0 makes -0 and 0 one value.
      this.#chunks.at(-1)![this.#filled++] = number + 0;
    }
  }

  addInvalid(): void {
    this.#invalid++;
  }

  get missing(): number {
    return this.#missing;
  }

  /** The feature's part of the baseline. The values are given up: call it once. */
  finish(name: string): NumericBaseline {
    const sorted = this.#takeSorted();
    const bounds = numericCuts(sorted);
    const counts = countSorted(bounds.cuts, sorted);
    const [missing, invalid] = [this.#missing, this.#invalid];
    return {
      kind: 'numeric',
      name,
      id: numericId(bounds.cuts, counts, missing, invalid),
      cuts: bounds.cuts,
      labels: binLabels(bounds),
      counts,
      missing,
      invalid,
      ...momentsOf(sorted),
    };
  }

  #takeSorted(): Float64Array {
    const chunks = this.#chunks;
    this.#chunks = [];
    const sorted = new Float64Array(chunks.length === 0 ? 0 : (chunks.length - 1) * CHUNK + this.#filled);
    let offset = 0;
    for (const chunk of chunks) {
      sorted.set(chunk.subarray(0, sorted.length - offset), offset);
      offset += CHUNK;
    }
    return sorted.sort();
  }
}
