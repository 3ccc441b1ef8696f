import { BlockLadder } from '../dependence/block-ladder.js';
import type { DependenceLadder, FeatureDependence } from '../dependence/dependence.js';
import type { FeatureCells } from '../dependence/feature-blocks.js';
import { DAY_MS, MAX_LENGTHS, type RowOrder } from '../dependence/ladder.js';
import { planMerges } from '../verdict/merge.js';
import { atFirstLengths } from './first-lengths.js';

/** The longest block of `orderOfTimes`: twelve years of rows hold five of it. */
const LONGEST_BLOCK_MS = 896 * DAY_MS;
/** Blocks of a length that a fit needs at least, as in `ladder.ts`. */
const FEWEST_BLOCKS = 5;
/** What counts rows and nothing else. */
const ONE_CELL: FeatureCells = { valued: 1, plan: planMerges([1], 'ranges'), other: -1 };

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

/** The ladder with no block of more rows than there are: where nearly all are in one, 4 digits may be rounded up past them. */
export function atMostRows(ladder: DependenceLadder, rows: number): DependenceLadder {
  return { ...ladder, blockRows: ladder.blockRows.map(size => Math.min(size, rows)) };
}

/** The blocks of rows that are kept: `cells` has the cell of each. Others may follow. */
export function blocksOfRows(cells: ArrayLike<number>, feature: FeatureCells, order: RowOrder): BlockLadder {
  const blocks = new BlockLadder(feature, order.lengths);
  for (let row = 0; row < cells.length; row++) blocks.add(cells[row]!, order.position(row));
  return blocks;
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
