import type { FeatureDependence } from './dependence.js';
import { dependenceOfFits, FeatureBlocks, type FeatureCells } from './feature-blocks.js';

/** Blocks of one length: the block being filled is `index` lengths from the first row. */
interface Rung {
  readonly length: number;
  readonly blocks: FeatureBlocks;
  readonly pending: Float64Array;
  /** Rungs whose blocks are filled from this one's. */
  readonly above: Rung[];
  index: number;
}

/*
 * Rows go into the shortest block alone; a block that ends goes into the longer ones it is a whole part of:
 *
 *   row ─► ½ d ─► 1 d ─┬► 2 d ─► 4 d
 *                      └► 7 d ─► 14 d
 */

/** One feature's blocks at every length of an order. 6 KB a length; a row costs about 0.1 µs. */
export class BlockLadder {
  readonly #rungs: Rung[] = [];
  /** Those that no shorter block is part of: rows go in here. */
  readonly #roots: Rung[] = [];

  /** @param lengths rising: see `RowOrder`. */
  constructor(feature: FeatureCells, lengths: readonly number[]) {
    for (const length of lengths) {
      const rung: Rung = {
        length,
        blocks: new FeatureBlocks(feature),
        pending: new Float64Array(feature.valued + 2),
        above: [],
        index: 0,
      };
      const part = this.#rungs.filter(shorter => length % shorter.length === 0).at(-1);
      (part === undefined ? this.#roots : part.above).push(rung);
      this.#rungs.push(rung);
    }
  }

  /** Counts a row by its cell. @param position where it stands, never less than the one before. */
  add(cell: number, position: number): void {
    for (const { length, index } of this.#roots) if (Math.floor(position / length) !== index) this.endBlocks(position);
    for (const { pending } of this.#roots) pending[cell]!++;
  }

  /** Ends the blocks that lie before `position`; also to be called with the end of the last row. */
  endBlocks(position: number): void {
    for (const rung of this.#rungs) {
      const index = Math.floor(position / rung.length);
      if (index === rung.index) continue;
      rung.index = index;
      const { pending } = rung;
      rung.blocks.add(pending);
      for (const { pending: longer } of rung.above) for (let i = 0; i < pending.length; i++) longer[i]! += pending[i]!;
      pending.fill(0);
    }
  }

  /** Mean rows of the blocks that have any, by length; to 4 digits. */
  get blockRows(): number[] {
    return this.#rungs.map(({ blocks }) => rounded(blocks.meanSize));
  }

  /** λ and k by length, to 4 digits; undefined if the rows look independent at all of them. */
  fit(): FeatureDependence | undefined {
    const fits = this.#rungs.map(({ blocks }) => blocks.fit());
    const steps = fits.map((_, step) => dependenceOfFits(fits.slice(0, step + 1)));
    const dependence = {
      lambda: steps.map(({ lambda }) => rounded(lambda)),
      k: steps.map(({ k }) => rounded(k)),
      missing: steps.map(({ missing }) => rounded(missing)),
    };
    const other = steps.map(step => rounded(step.other));
    if (other.some(factor => factor > 1)) return { ...dependence, other };
    return Object.values(dependence)
      .flat()
      .every(factor => factor === 1)
      ? undefined
      : dependence;
  }
}

function rounded(x: number): number {
  return Number(x.toPrecision(4));
}
