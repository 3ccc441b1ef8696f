import { MAX_LABEL_LENGTH, OTHER } from '../semconv.js';

/**
 * Counts of predictions by label: those of the baseline first, then the first that come, at most `limit`; the rest is
 * `_OTHER`. Index 0 is for predictions without a label.
 */
export class LabelCounts {
  readonly labels: (string | undefined)[] = [undefined];
  readonly counts: Float64Array;
  readonly #limit: number;
  readonly #index = new Map<string, number>();
  /** How many labels the baseline gave. */
  readonly known: number;
  /** Index of `_OTHER`; -1 until a label went there for want of room. */
  other = -1;

  constructor(known: readonly string[], limit: number) {
    this.#limit = limit;
    this.counts = new Float64Array(limit + 2);
    const kept = known.slice(0, limit);
    this.known = kept.length;
    for (const label of kept) this.#add(label);
  }

  /** Counts one prediction and gives the index of its label: 0 for none, 1 … `known` for those of the baseline. About 15 ns. */
  count(label: string | undefined): number {
    const index = label === undefined ? 0 : (this.#index.get(label) ?? this.#new(label));
    this.counts[index]!++;
    return index;
  }

  #new(label: string): number {
    if (label.length <= MAX_LABEL_LENGTH && this.#index.size < this.#limit) return this.#add(label);
    if (this.other < 0) this.other = this.labels.push(OTHER) - 1;
    return this.other;
  }

  #add(label: string): number {
    const index = this.labels.push(label) - 1;
    this.#index.set(label, index);
    // A label may itself be called so: one series, not two.
    if (label === OTHER) this.other = index;
    return index;
  }
}
