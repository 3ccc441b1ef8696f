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
}

/**
 * The dependence of one feature's values, learned from the first windows of production where the baseline's rows were in no
 * order: blocks of 1 sub-window and of each judged window's length, measured about their own mean, so that a shift that was
 * there from the start takes nothing away. 20 KB while it learns, nothing afterwards.
 *
 * A drift that begins meanwhile counts as movement: it blunts the feature's verdicts for as long as the process lives.
 */
export class Calibration {
  /** One a length of window, once it is known. */
  readonly measured: (Measured | undefined)[];
  readonly #fits: FeatureFit[] = [];
  #filling: Filling[];

  /** @param windows lengths of the judged windows in sub-windows, rising. */
  constructor(feature: PreparedFeature, windows: readonly number[]) {
    this.measured = windows.map(() => undefined);
    this.#filling = [1, ...windows].map(slots => ({
      slots,
      blocks: new FeatureBlocks(feature),
      pending: new Float64Array(feature.cells.length),
      filled: 0,
    }));
  }

  /** Whole windows of a length seen so far, 20 at most. */
  seen(window: number): number {
    const filling = this.#filling[window + 1 - this.#fits.length];
    return filling === undefined || this.measured[window] !== undefined
      ? CALIBRATION_WINDOWS
      : Math.min(CALIBRATION_WINDOWS, filling.blocks.blocks);
  }

  /** Sub-windows were missed: blocks that began before them are given up. */
  skip(): void {
    for (const filling of this.#filling) {
      filling.pending.fill(0);
      filling.filled = 0;
    }
  }

  /** Takes the counts of one closed sub-window, in cell order. */
  take(cells: ArrayLike<number>): void {
    for (const filling of this.#filling) {
      const { pending } = filling;
      for (let i = 0; i < pending.length; i++) pending[i]! += cells[i]!;
      if (++filling.filled < filling.slots) continue;
      filling.blocks.add(pending);
      pending.fill(0);
      filling.filled = 0;
    }
    this.#finish();
  }

  /** A length is done with its first 20 windows, and so are all shorter ones. */
  #finish(): void {
    while (true) {
      // The shortest blocks are fitted together with the shortest window's.
      const count = this.#fits.length === 0 ? 2 : 1;
      const done = this.#filling[count - 1];
      if (done === undefined || done.blocks.blocks < CALIBRATION_WINDOWS) return;
      for (const { blocks } of this.#filling.slice(0, count)) this.#fits.push(blocks.fit());
      this.#filling = this.#filling.slice(count);
      this.measured[this.#fits.length - 2] = {
        dependence: dependenceOfFits(this.#fits),
        rows: done.blocks.meanSize,
      };
    }
  }
}
