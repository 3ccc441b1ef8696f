import type { NumericBaseline } from '../baseline/baseline.js';
import { findBin } from '../bins/find-bin.js';
import type { BlockLadder } from '../dependence/block-ladder.js';
import { numericValue } from '../feature/numeric.js';
import type { NumericPart } from '../parts/part.js';
import type { NumericTally } from './numeric-tally.js';
import type { StreamOrder } from './stream-order.js';

/** How dependent values are: the blocks of a stream's rows, in bins that were cut before it went on. */
export interface NumericBlocks {
  readonly cuts: readonly number[];
  readonly blocks: BlockLadder;
}

/** Every number of one feature, of which a sketch and the blocks are kept: about 400 KB, however many rows come. */
export class NumericStream {
  readonly #tally: NumericTally;
  readonly #blocks: NumericBlocks | undefined;
  readonly #sensitive: boolean;
  /** The newest row's number, as `numericValue` gave it. */
  newest = Number.NaN;

  /** @param blocks undefined where the rows are in no order. */
  constructor(tally: NumericTally, blocks: NumericBlocks | undefined, sensitive: boolean) {
    this.#tally = tally;
    this.#blocks = blocks;
    this.#sensitive = sensitive;
  }

  add(value: unknown, position: number): void {
    this.addNumber(numericValue(value), position);
  }

  addInvalid(position: number): void {
    this.addNumber(Number.POSITIVE_INFINITY, position);
  }

  /** @param number what `numericValue` gave. */
  addNumber(number: number, position: number): void {
    this.newest = number;
    this.#tally.add(number);
    if (this.#blocks !== undefined) this.#blocks.blocks.add(cellOf(this.#blocks.cuts, number), position);
  }

  get missing(): number {
    return this.#tally.missing;
  }

  /** The feature's part of the baseline; `order` is that of the rows, if they have one. */
  finish(name: string, order: StreamOrder | undefined): NumericBaseline {
    return this.#tally.baseline(name, this.#dependence(order), this.#sensitive);
  }

  /** What can be merged with that of other processes. */
  part(name: string, order: StreamOrder | undefined): NumericPart {
    return { kind: 'numeric', name, tally: this.#tally, dependence: this.#dependence(order) };
  }

  #dependence(order: StreamOrder | undefined) {
    return this.#blocks === undefined ? undefined : order?.fit(this.#blocks.blocks);
  }
}

/** Bins, then missing (NaN) and invalid (Infinity): see `cells.ts`. */
export function cellOf(cuts: readonly number[], number: number): number {
  if (Number.isFinite(number)) return findBin(cuts, number);
  return cuts.length + (Number.isNaN(number) ? 1 : 2);
}
