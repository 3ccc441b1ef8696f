import type { Faults } from '../faults.js';
import type { ErrorReport, OutcomeReport } from '../report.js';
import { VALUE_BOUNDS } from '../semconv.js';
import { LazyHistogram } from '../window/histogram.js';
import type { Ring } from '../window/ring.js';
import { type Compared, compareAnswers, type GivenAnswer, type ReadAnswer, readAnswer } from './answers.js';
import type { OutcomeEvent } from './outcome-event.js';

/** In a slot of the ring: right, wrong, numbers. */
export const OUTCOME_CELLS = 3;
const NUMBERS = 2;
/** Σ error, Σ |error|, Σ error². */
export const OUTCOME_SUMS = 3;

const ABSOLUTE_BOUNDS = VALUE_BOUNDS.filter(bound => bound >= 0);

/** Where outcomes are counted. */
export interface OutcomePlaces {
  readonly ring: Ring;
  readonly outcomeCell: number;
  readonly outcomeSum: number;
}

/** The first key of a Map lies behind those that were deleted: looking for it took 5 µs a call, so that many are looked for at once. */
const EVICTED_AT_ONCE = 256;

/** A prediction that waits for its outcome. */
interface Pending {
  readonly label: string | undefined;
  /** NaN where there is none. */
  readonly value: number;
  readonly wasRecorded: boolean;
}

/** Late labels and numbers. An outcome belongs to the sub-window in which it arrives. No method throws. */
export class Outcomes {
  /** Predicted value less the actual one. */
  readonly errors = new LazyHistogram(VALUE_BOUNDS);
  readonly absoluteErrors = new LazyHistogram(ABSOLUTE_BOUNDS);
  /** A label alone stands for itself: an object each took 140 ns instead of 77, and 50 bytes. */
  readonly #pending = new Map<string, string | Pending>();
  /** The next to be evicted, the oldest last: all of them wait, and none is younger than one that is not among them. */
  readonly #oldest: string[] = [];
  #ring!: Ring;
  #cell = 0;
  #sum = 0;
  readonly #limit: number;
  readonly #faults: Faults;
  readonly #recorded: (event: OutcomeEvent) => void;

  /** @param recorded told of the outcome of each prediction that was recorded. */
  constructor(places: OutcomePlaces, limit: number, faults: Faults, recorded: (event: OutcomeEvent) => void) {
    this.#limit = limit;
    this.#faults = faults;
    this.#recorded = recorded;
    this.#place(places);
  }

  /** Counts in another ring from now on; totals go on, the window begins anew. */
  use(places: OutcomePlaces): void {
    for (let i = 0; i < OUTCOME_CELLS; i++) places.ring.carry(places.outcomeCell + i, this.#ring.total(this.#cell + i));
    this.#place(places);
  }

  #place({ ring, outcomeCell, outcomeSum }: OutcomePlaces): void {
    this.#ring = ring;
    this.#cell = outcomeCell;
    this.#sum = outcomeSum;
  }

  get correct(): number {
    return this.#ring.total(this.#cell);
  }

  get incorrect(): number {
    return this.#ring.total(this.#cell + 1);
  }

  /** Accuracy and errors over the longest window and the open sub-window, as outcomes arrived; and since construction. */
  report(): OutcomeReport {
    const [correct, incorrect, numbers] = this.#ring.recent(this.#cell, OUTCOME_CELLS);
    const known = correct! + incorrect!;
    const { correct: totalCorrect, incorrect: totalIncorrect } = this;
    const errors = this.#errorReport(numbers!);
    return {
      accuracy: correct! / known,
      known,
      totalCorrect,
      totalKnown: totalCorrect + totalIncorrect,
      pending: this.#pending.size,
      ...(errors === undefined ? {} : { errors }),
    };
  }

  #errorReport(known: number): ErrorReport | undefined {
    const { made: signed } = this.errors;
    const { made: absolute } = this.absoluteErrors;
    if (signed === undefined || absolute === undefined) return undefined;
    const [sum, sumOfSizes, sumOfSquares] = this.#ring.recentSums(this.#sum, OUTCOME_SUMS);
    const totalKnown = this.#ring.total(this.#cell + NUMBERS);
    return {
      known,
      mean: sum! / known,
      meanAbsolute: sumOfSizes! / known,
      rootMeanSquare: Math.sqrt(sumOfSquares! / known),
      totalKnown,
      totalMean: signed.sum / totalKnown,
      totalMeanAbsolute: absolute.sum / totalKnown,
    };
  }

  /**
   * Keeps a prediction until its outcome comes; an id used again replaces the first. Over the limit the oldest goes.
   *
   * @param value NaN where there is none.
   */
  expect(id: string, label: string | undefined, value: number, wasRecorded: boolean): void {
    const pending = this.#pending;
    const isLabelAlone = label !== undefined && Number.isNaN(value) && !wasRecorded;
    const kept = isLabelAlone ? label : { label, value, wasRecorded };
    const { size } = pending;
    pending.set(id, kept);
    if (pending.size === size) {
      // Set anew, an id that is used again is the youngest.
      this.#forget(id);
      pending.set(id, kept);
    }
    if (pending.size > this.#limit) this.#evict();
  }

  #evict(): void {
    const oldest = this.#oldest;
    if (oldest.length === 0) {
      for (const id of this.#pending.keys()) if (oldest.push(id) === EVICTED_AT_ONCE) break;
      oldest.reverse();
    }
    this.#pending.delete(oldest.pop()!);
    this.#faults.count('pending_limit');
  }

  #forget(id: string): void {
    this.#pending.delete(id);
    const at = this.#oldest.indexOf(id);
    if (at >= 0) this.#oldest.splice(at, 1);
  }

  /**
   * Joins an outcome to the prediction of that id; false if none is waiting, or nothing of the outcome can be used: then the
   * prediction waits for one that can. Otherwise it waits no more, also where only its label or only its value was told.
   *
   * @param actual may throw.
   */
  join(id: string, actual: () => GivenAnswer | undefined): boolean {
    const kept = this.#pending.get(id);
    if (kept === undefined) {
      this.#faults.count('outcome_unknown');
      return false;
    }
    const predicted: Pending = typeof kept === 'string' ? { label: kept, value: Number.NaN, wasRecorded: false } : kept;
    const was = this.#read(actual);
    if (was === undefined) return false;
    const compared = this.#count(compareAnswers(predicted, was));
    if (compared === undefined) return false;
    this.#forget(id);
    if (predicted.wasRecorded) {
      const value = Number.isNaN(was.value) ? undefined : was.value;
      this.#recorded({ id, actual: { label: was.label, value }, correct: compared.correct });
    }
    return true;
  }

  /** Counts a prediction and what came true of it; false if nothing of it can be used. @param predicted, @param actual may throw. */
  compare(predicted: () => GivenAnswer | undefined, actual: () => GivenAnswer | undefined): boolean {
    const said = this.#read(predicted);
    const was = said === undefined ? undefined : this.#read(actual);
    return said !== undefined && was !== undefined && this.#count(compareAnswers(said, was)) !== undefined;
  }

  #read(given: () => GivenAnswer | undefined): ReadAnswer | undefined {
    try {
      return readAnswer(given());
    } catch (error) {
      this.#faults.count('outcome_invalid', error);
      return undefined;
    }
  }

  /** Undefined where nothing could be counted. */
  #count(compared: Compared): Compared | undefined {
    const { correct, error, isLacking } = compared;
    if (isLacking) this.#faults.count('outcome_invalid');
    if (correct !== undefined) this.#ring.cells[this.#cell + (correct ? 0 : 1)]!++;
    if (error !== undefined) this.#countError(error);
    return correct === undefined && error === undefined ? undefined : compared;
  }

  #countError(error: number): void {
    const { cells, sums } = this.#ring;
    cells[this.#cell + NUMBERS]!++;
    const at = this.#sum;
    sums[at]! += error;
    sums[at + 1]! += Math.abs(error);
    sums[at + 2]! += error * error;
    this.errors.record(error);
    this.absoluteErrors.record(Math.abs(error));
  }
}
