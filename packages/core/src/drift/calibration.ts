import {
  type Dependence,
  dependenceOfFits,
  FeatureBlocks,
  type FeatureFit,
  type PreparedFeature,
} from '@driftspan/sketch';

/** Windows of a length that must be seen before its dependence is known: with fewer, λ is twice too small now and then. */
export const CALIBRATION_WINDOWS = 20;

/** The dependence of windows of one length, at the traffic it was measured on. */
export interface Measured {
  readonly dependence: Dependence;
  /** Mean values a window. */
  readonly rows: number;
}

/** Blocks of one length, while they are being filled. */
interface Filling {
  readonly slots: number;
  readonly blocks: FeatureBlocks;
  readonly pending: Float64Array;
  /** Sub-windows in `pending`. */
  filled: number;
  /** What the blocks say; undefined too where one has ended since. */
  fit: FeatureFit | undefined;
}

/**
 * The dependence of one feature's values, learned from the first windows of production where the baseline's rows were in no
 * order: blocks of 1 sub-window and of each judged window's length, measured about their own mean, so that a shift that was
 * there from the start takes nothing away. 10 KB while it learns, nothing afterwards.
 *
 * It learns until 20 of the longest windows were seen. A shorter length is known before that, once 20 of its windows and a
 * whole day were: 20 windows of a quarter of an hour, all of one night, say nothing of the day. It is measured anew with every
 * window until the end, on many more than 20.
 *
 * A drift that begins meanwhile counts as movement: it blunts the feature's verdicts for as long as the process lives.
 */
export class Calibration {
  /** One a length of window, once it is known. */
  readonly measured: (Measured | undefined)[];
  readonly #daySlots: number;
  /** Sub-windows that were taken. */
  #taken = 0;
  /** Empty once all is known. */
  #fillings: Filling[];

  /**
   * @param windows lengths of the judged windows in sub-windows, rising.
   * @param daySlots sub-windows of a day.
   */
  constructor(feature: PreparedFeature, windows: readonly number[], daySlots: number) {
    this.measured = windows.map(() => undefined);
    this.#daySlots = daySlots;
    this.#fillings = [1, ...windows].map(slots => ({
      slots,
      blocks: new FeatureBlocks(feature),
      pending: new Float64Array(feature.cells.length),
      filled: 0,
      fit: undefined,
    }));
  }

  /** Whether it still learns. */
  get learns(): boolean {
    return this.#fillings.length > 0;
  }

  /** Whole windows of a length seen so far, 20 at most. */
  seen(window: number): number {
    return Math.min(CALIBRATION_WINDOWS, this.#fillings[window + 1]?.blocks.blocks ?? CALIBRATION_WINDOWS);
  }

  /** Sub-windows were missed: blocks that began before them are given up. */
  skip(): void {
    for (const filling of this.#fillings) {
      filling.pending.fill(0);
      filling.filled = 0;
    }
  }

  /** Takes the counts of one closed sub-window, in cell order. */
  take(cells: ArrayLike<number>): void {
    this.#taken++;
    for (const filling of this.#fillings) {
      const { pending } = filling;
      for (let i = 0; i < pending.length; i++) pending[i]! += cells[i]!;
      if (++filling.filled < filling.slots) continue;
      filling.blocks.add(pending);
      pending.fill(0);
      filling.filled = 0;
      filling.fit = undefined;
    }
    const ends = this.learns && this.seen(this.measured.length - 1) === CALIBRATION_WINDOWS;
    if (ends || this.#taken >= this.#daySlots) this.#measure();
    if (ends) this.#fillings = [];
  }

  /** Measures the lengths of which 20 windows were seen, where one has ended since. */
  #measure(): void {
    for (let window = 0; window < this.measured.length; window++) {
      const filling = this.#fillings[window + 1];
      if (filling === undefined || filling.fit !== undefined || this.seen(window) < CALIBRATION_WINDOWS) continue;
      const fits = this.#fillings.slice(0, window + 2).map(one => (one.fit ??= one.blocks.fit()));
      this.measured[window] = { dependence: dependenceOfFits(fits), rows: filling.blocks.meanSize };
    }
  }
}
