import { OTHER } from '../semconv.js';

/** Labels kept beside `_OTHER`: each is a series in every replica. */
export const MAX_LABELS = 64;
/** A longer label is free text, not a class. */
export const MAX_LABEL_LENGTH = 256;

/**
 * Counts of predictions by label: those of the baseline first, then the first that come, at most 64; the rest is
 * `_OTHER`. Index 0 is for predictions without a label.
 */
export class LabelCounts {
  readonly labels: (string | undefined)[] = [undefined];
  readonly counts = new Float64Array(MAX_LABELS + 2);
  readonly #index = new Map<string, number>();
  #other = -1;

  constructor(known: readonly string[]) {
    for (const label of known.slice(0, MAX_LABELS)) this.#add(label);
  }

  /** Counts one prediction; false if its label went to `_OTHER` for want of room. About 15 ns. */
  count(label: string | undefined): boolean {
    if (label === undefined) {
      this.counts[0]!++;
      return true;
    }
    const index = this.#index.get(label) ?? this.#new(label);
    this.counts[index]!++;
    return index !== this.#other;
  }

  #new(label: string): number {
    if (label.length <= MAX_LABEL_LENGTH && this.#index.size < MAX_LABELS) return this.#add(label);
    if (this.#other < 0) this.#other = this.labels.push(OTHER) - 1;
    return this.#other;
  }

  #add(label: string): number {
    const index = this.labels.push(label) - 1;
    this.#index.set(label, index);
    return index;
  }
}
