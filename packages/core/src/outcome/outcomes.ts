import { categoryOf } from '@driftspan/sketch';
import type { Faults } from '../faults.js';
import type { OutcomeReport } from '../report.js';
import type { Ring } from '../window/ring.js';

/**
 * Late labels. An outcome belongs to the sub-window in which it arrives. Two cells of the ring: correct and incorrect.
 */
export class Outcomes {
  readonly #pending = new Map<string, string>();
  #ring: Ring;
  #cell: number;
  readonly #limit: number;
  readonly #faults: Faults;

  constructor(ring: Ring, cell: number, limit: number, faults: Faults) {
    this.#limit = limit;
    this.#ring = ring;
    this.#cell = cell;
    this.#faults = faults;
  }

  /** Counts in another ring from now on; totals go on, the window begins anew. */
  use(ring: Ring, cell: number): void {
    ring.carry(cell, this.correct);
    ring.carry(cell + 1, this.incorrect);
    this.#ring = ring;
    this.#cell = cell;
  }

  get correct(): number {
    return this.#ring.total(this.#cell);
  }

  get incorrect(): number {
    return this.#ring.total(this.#cell + 1);
  }

  /** Accuracy over the longest window and the open sub-window, as outcomes arrived; and since construction. */
  report(): OutcomeReport {
    const [correct, incorrect] = this.#ring.recent(this.#cell, 2);
    const known = correct! + incorrect!;
    const { correct: totalCorrect, incorrect: totalIncorrect } = this;
    return {
      accuracy: correct! / known,
      known,
      totalCorrect,
      totalKnown: totalCorrect + totalIncorrect,
      pending: this.#pending.size,
    };
  }

  /** Keeps a prediction until its outcome comes; an id used again replaces the first. Over the limit the oldest goes. */
  expect(id: string, label: string): void {
    const pending = this.#pending;
    // Set anew, an id that is used again is the youngest.
    pending.delete(id);
    pending.set(id, label);
    if (pending.size <= this.#limit) return;
    pending.delete(pending.keys().next().value!);
    this.#faults.count('pending_limit');
  }

  /** Joins an outcome to the prediction of that id; false if none is waiting. */
  join(id: string, actual: () => unknown): boolean {
    const predicted = this.#pending.get(id);
    if (predicted === undefined) {
      this.#faults.count('outcome_unknown');
      return false;
    }
    // An outcome that can't be used leaves the prediction waiting for one that can.
    return this.compare(() => predicted, actual) && this.#pending.delete(id);
  }

  /**
   * Counts a prediction whose outcome is known; false if either label is missing or invalid, or can't be read. 1 and '1' are
   * equal.
   */
  compare(predicted: () => unknown, actual: () => unknown): boolean {
    try {
      const said = categoryOf(predicted());
      const was = categoryOf(actual());
      if (typeof said === 'string' && typeof was === 'string') {
        this.#ring.cells[this.#ring.base + this.#cell + (said === was ? 0 : 1)]!++;
        return true;
      }
      this.#faults.count('outcome_invalid');
    } catch (error) {
      this.#faults.count('outcome_invalid', error);
    }
    return false;
  }
}
