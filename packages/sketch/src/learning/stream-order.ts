import { BlockLadder } from '../dependence/block-ladder.js';
import type { DependenceLadder, FeatureDependence } from '../dependence/dependence.js';
import { atMostRows, ONE_CELL } from '../dependence/fit.js';
import { DAY_MS, FEWEST_BLOCKS, LONGEST_BLOCK_MS, MAX_LENGTHS, type RowOrder } from '../dependence/ladder.js';
import { atFirstLengths } from './first-lengths.js';

/** Where the rows of a stream stand in time, of which nothing is kept but how many fell into the blocks of each length. */
export class StreamOrder {
  /** Positions are milliseconds since the first row, or rows where no row has a time. */
  readonly timed: boolean;
  /** Rising. Those that turn out too long for the stream are left out in the end. */
  readonly lengths: readonly number[];
  readonly #everyRow: BlockLadder;
  #rows = 0;
  /** Of the newest row. */
  #position = 0;

  /**
   * @param order where the rows so far stand.
   * @param rows how many they are.
   * @param more whether others follow: then longer blocks are counted too.
   */
  constructor(order: RowOrder, rows: number, more: boolean) {
    this.timed = order.timed;
    this.lengths = more ? openEnded(order) : order.lengths;
    this.#everyRow = new BlockLadder(ONE_CELL, this.lengths);
    for (let row = 0; row < rows; row++) this.#add(order.position(row));
  }

  /** Takes the next row, `elapsedMs` after the first; gives its position. */
  next(elapsedMs: number): number {
    this.#add(this.timed ? elapsedMs : this.#rows);
    return this.#position;
  }

  #add(position: number): void {
    this.#everyRow.add(0, position);
    this.#position = position;
    this.#rows++;
  }

  /** From the first row to the end of the last. */
  get #span(): number {
    return this.timed ? this.#position : this.#rows;
  }

  /** How many of the lengths are at most a fifth of the span. */
  get #fitting(): number {
    const span = this.#span;
    return this.lengths.filter(length => length * FEWEST_BLOCKS <= span).length;
  }

  /** The lengths that fit, as a baseline keeps them; undefined if none does. */
  ladder(): DependenceLadder | undefined {
    const fitting = this.#fitting;
    if (fitting === 0) return undefined;
    const lengths = this.lengths.slice(0, fitting);
    if (!this.timed) return { blockRows: lengths };
    this.#everyRow.endBlocks(this.#span);
    const blockRows = this.#everyRow.blockRows.slice(0, fitting);
    return atMostRows({ blockRows, blockMs: lengths, spanMs: this.#span }, this.#rows);
  }

  /** λ and k at the lengths that fit, of a feature whose rows went into `blocks` at these positions. Ends its blocks: call it once. */
  fit(blocks: BlockLadder): FeatureDependence | undefined {
    blocks.endBlocks(this.#span);
    return atFirstLengths(blocks.fit(), this.#fitting);
  }
}

/** The lengths of an order whose rows go on, with those that a longer stream would have had. None stay none. */
function openEnded({ timed, lengths }: RowOrder): readonly number[] {
  const longer = [...lengths];
  for (let last = longer.at(-1); last !== undefined && longer.length < MAX_LENGTHS; last = longer.at(-1)) {
    if (timed && last >= LONGEST_BLOCK_MS) break;
    // Beyond four days the lengths are weeks.
    longer.push(timed && last === 4 * DAY_MS ? 7 * DAY_MS : 2 * last);
  }
  return longer;
}
