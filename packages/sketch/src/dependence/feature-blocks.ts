import { type MergePlan, MOST_BINS, NEVER } from '../verdict/merge.js';
import { BlockCovariance, type BlockFit, type BlockWeight } from './block-covariance.js';
import type { Dependence } from './dependence.js';

/** What the cells of a feature are: see `cells.ts`. */
export interface FeatureCells {
  /** How many of the cells hold values; missing and invalid follow. */
  readonly valued: number;
  readonly plan: MergePlan;
  /** The cell of `_OTHER`, whose rise is a test of its own; -1 if there is none. */
  readonly other: number;
}

/** What blocks of one length say of each test of a feature; undefined where there were too few with values to say anything. */
export interface FeatureFit {
  readonly shape: BlockFit | undefined;
  readonly missing: BlockFit | undefined;
  readonly other: BlockFit | undefined;
}

/** Groups of a rate: values of the kind, and all others. */
const RATE_GROUPS = 2;
// Groups of one block, and the two of a rate: nothing here is held across a call.
const groups = new Float64Array(MOST_BINS);
const rate = new Float64Array(RATE_GROUPS);

/** Blocks of one feature's counts, measured for each of its tests: about 2 KB with 16 bins, 4 once a group of blocks has ended. */
export class FeatureBlocks {
  readonly #feature: FeatureCells;
  readonly #shape: BlockCovariance;
  readonly #missing: BlockCovariance;
  readonly #other: BlockCovariance;

  constructor(feature: FeatureCells, weight: BlockWeight = 'each') {
    this.#feature = feature;
    this.#shape = new BlockCovariance(feature.plan.base.length, weight);
    this.#missing = new BlockCovariance(RATE_GROUPS, weight);
    this.#other = new BlockCovariance(RATE_GROUPS, weight);
  }

  /** Blocks with a value, missing and invalid ones among them. */
  get blocks(): number {
    return this.#missing.blocks;
  }

  /** Mean values a block, by weight: see `BlockCovariance.meanSize`. NaN without blocks. */
  get meanSize(): number {
    return this.#missing.meanSize;
  }

  /** Takes the counts of one block, in cell order. About 0.4 µs for 16 bins. */
  add(cells: ArrayLike<number>): void {
    const { plan, valued, other } = this.#feature;
    groups.fill(0);
    let present = 0;
    for (let cell = 0; cell < valued; cell++) {
      const count = cells[cell]!;
      if (count === 0) continue;
      present += count;
      const group = plan.groupOf[cell]!;
      if (group !== NEVER) groups[group]! += count;
    }
    this.#shape.add(groups);
    rate[0] = cells[valued]! + cells[valued + 1]!;
    rate[1] = present;
    this.#missing.add(rate);
    if (other < 0) return;
    rate[0] = cells[other]!;
    rate[1] = present - cells[other]!;
    this.#other.add(rate);
  }

  /** Ends a group of blocks: see `BlockCovariance.endGroup`. */
  endGroup(): void {
    this.#shape.endGroup();
    this.#missing.endGroup();
    this.#other.endGroup();
  }

  /** What all blocks say, the open group's as if it ended here. */
  fit(): FeatureFit {
    return { shape: this.#shape.fit(), missing: this.#missing.fit(), other: this.#other.fit() };
  }
}

/**
 * λ and k of a window, from fits of blocks as long (the last) and shorter: those of the last once the pretest of any finds
 * dependence, and λ = 1 before. Short-range dependence shows in many short blocks, long-range in long ones; but a whole day
 * may well hang together less than half of one, so no shorter block's λ is taken for a longer one, unless that says nothing.
 */
export function dependenceOfFits(fits: readonly FeatureFit[]): Dependence {
  const { lambda, k } = ofLast(fits.map(fit => fit.shape));
  return {
    lambda,
    k,
    missing: ofLast(fits.map(fit => fit.missing)).lambda,
    other: ofLast(fits.map(fit => fit.other)).lambda,
  };
}

function ofLast(fits: readonly (BlockFit | undefined)[]): { readonly lambda: number; readonly k: number } {
  const last = fits.filter(fit => fit !== undefined).at(-1);
  return last !== undefined && fits.some(fit => fit?.triggered) ? last : { lambda: 1, k: 1 };
}
