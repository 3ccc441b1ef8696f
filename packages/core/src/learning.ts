import { type Baseline, BaselineLearner, type ModelSpec } from '@driftspan/sketch';
import type { Faults } from './faults.js';
import { eachRow } from './input/rows.js';
import type { OutputCounter } from './output/output-counter.js';
import { defer } from './platform.js';

export interface LearningParts {
  readonly model: ModelSpec<unknown>;
  /** Rows to learn from. */
  readonly rows: number;
  readonly batch: boolean;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly faults: Faults;
  /** Told of the baseline, in a task of its own. */
  readonly done: (baseline: Baseline) => void;
}

/**
 * Learns a baseline from a monitor's first rows. Inputs are taken before the model runs, as they are when they are counted,
 * and outputs when they come; a row whose output has not come when the last input has is one without output.
 */
export class Learning {
  readonly #parts: LearningParts;
  readonly #learner: BaselineLearner<unknown>;
  #lastMs = Number.NEGATIVE_INFINITY;
  #finished = false;
  #outputs = 0;

  constructor(parts: LearningParts) {
    this.#parts = parts;
    // Of a tensor of several rows one is learned, at random: the rows of one call are no independent draws.
    this.#learner = new BaselineLearner<unknown>(parts.model, {
      rowOfSeveral: rows => Math.floor(Math.random() * rows),
    });
  }

  /** Rows learned from so far. */
  get rows(): number {
    return this.#learner.rows;
  }

  /** Rows to learn from. */
  get of(): number {
    return this.#parts.rows;
  }

  /** A call's input, or the rows of its batch. Never throws. */
  takeInput(input: unknown): void {
    try {
      if (this.#parts.batch) eachRow(input, row => this.#add(row));
      else this.#add(input);
    } catch (error) {
      this.#parts.faults.count('learning', error);
    }
  }

  /** What was read off one row's result. Never throws. */
  takeOutput({ label, confidence, value }: OutputCounter): void {
    // Of a batch that is longer than what is still to be learned, the rest has no row.
    if (this.#finished || this.#outputs >= this.#learner.rows) return;
    this.#outputs++;
    try {
      this.#learner.addOutput({ label, confidence, value });
    } catch (error) {
      this.#parts.faults.count('learning', error);
    }
  }

  #add(row: unknown): void {
    if (this.#learner.rows >= this.#parts.rows) return;
    // A clock that goes back must not end the learning.
    this.#lastMs = Math.max(this.#lastMs, this.#parts.now());
    this.#learner.addInput(row, this.#lastMs);
    // Sorting every feature takes a while: not in the call that happened to be the last.
    if (this.#learner.rows === this.#parts.rows) defer(() => this.#finish());
  }

  #finish(): void {
    this.#finished = true;
    try {
      this.#parts.done(this.#learner.finish());
    } catch (error) {
      this.#parts.faults.count('learning', error);
    }
  }
}
