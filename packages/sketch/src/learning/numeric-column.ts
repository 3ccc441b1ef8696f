import type { NumericBaseline } from '../baseline/baseline.js';
import { countSorted, numericCuts } from '../bins/numeric-cuts.js';
import type { FeatureCells } from '../dependence/feature-blocks.js';
import { blocksOfRows, fitDependence } from '../dependence/fit.js';
import type { RowOrder } from '../dependence/ladder.js';
import { numericValue } from '../feature/numeric.js';
import { momentsOf } from '../moments.js';
import { KllSketch } from '../quantile/kll-sketch.js';
import { planMerges } from '../verdict/merge.js';
import { numericBaseline } from './numeric-baseline.js';
import { cellOf, NumericStream } from './numeric-stream.js';
import { NumericTally } from './numeric-tally.js';

const CHUNK_BITS = 14;
const CHUNK = 1 << CHUNK_BITS;

/**
 * Every number of one feature in the order of its rows, kept exactly until the bins are cut: 8 bytes a row, as much
 * again while it is finished. NaN stands for a missing value and Infinity for an invalid one.
 */
export class NumericColumn {
  readonly #sensitive: boolean;
  #chunks: Float64Array[] = [];
  /** How many values the last chunk holds. */
  #filled = CHUNK;
  #missing = 0;
  #invalid = 0;

  constructor(sensitive: boolean) {
    this.#sensitive = sensitive;
  }

  add(value: unknown): void {
    this.addNumber(numericValue(value));
  }

  addInvalid(): void {
    this.addNumber(Number.POSITIVE_INFINITY);
  }

  /** @param number what `numericValue` gave. */
  addNumber(number: number): void {
    if (Number.isNaN(number)) this.#missing++;
    else if (number === Number.POSITIVE_INFINITY) this.#invalid++;
    if (this.#filled === CHUNK) {
      this.#chunks.push(new Float64Array(CHUNK));
      this.#filled = 0;
    }
    // + 0 makes -0 and 0 one value.
    this.#chunks.at(-1)![this.#filled++] = number + 0;
  }

  get missing(): number {
    return this.#missing;
  }

  /** What `numericValue` gave for a row. */
  at(row: number): number {
    return this.#chunks[row >> CHUNK_BITS]![row % CHUNK]!;
  }

  /**
   * The feature's part of the baseline; with an `order`, how dependent its values are. The values are
   * given up: call it once.
   */
  finish(name: string, order: RowOrder | undefined): NumericBaseline {
    const [missing, invalid] = [this.#missing, this.#invalid];
    const chunks = this.#takeChunks();
    const sorted = this.#sorted(chunks);
    const bounds = numericCuts(sorted, { sensitive: this.#sensitive });
    const counts = countSorted(bounds.cuts, sorted);
    const dependence =
      order === undefined ? undefined : fitDependence(cellsOf(chunks, bounds.cuts), featureCells(counts), order);
    const moments = this.#sensitive ? undefined : momentsOf(sorted);
    return numericBaseline(name, { bounds, counts, missing, invalid, moments }, dependence);
  }

  /** What a stream of sketch size `k` keeps of these values, for others to follow. They are given up: call it once. */
  toStream(k: number, order: RowOrder | undefined): NumericStream {
    const chunks = this.#takeChunks();
    const tally = new NumericTally(new KllSketch({ k }));
    for (const chunk of chunks) for (const number of chunk) tally.add(number);
    if (order === undefined) return new NumericStream(tally, undefined, this.#sensitive);
    const sorted = this.#sorted(chunks);
    const { cuts } = numericCuts(sorted, { sensitive: this.#sensitive });
    const blocks = blocksOfRows(cellsOf(chunks, cuts), featureCells(countSorted(cuts, sorted)), order);
    return new NumericStream(tally, { cuts, blocks }, this.#sensitive);
  }

  /** Every row, in order. */
  #takeChunks(): readonly Float64Array[] {
    const chunks = this.#chunks;
    this.#chunks = [];
    if (chunks.length > 0) chunks.push(chunks.pop()!.subarray(0, this.#filled));
    return chunks;
  }

  /** The finite values of all rows, ascending. */
  #sorted(chunks: readonly Float64Array[]): Float64Array {
    const values = new Float64Array(rowsIn(chunks) - this.#missing - this.#invalid);
    let at = 0;
    for (const chunk of chunks) {
      for (const number of chunk) if (number - number === 0) values[at++] = number;
    }
    return values.sort();
  }
}

function rowsIn(chunks: readonly Float64Array[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.length, 0);
}

function cellsOf(chunks: readonly Float64Array[], cuts: readonly number[]): Uint8Array {
  const cells = new Uint8Array(rowsIn(chunks));
  let row = 0;
  for (const chunk of chunks) for (const number of chunk) cells[row++] = cellOf(cuts, number);
  return cells;
}

function featureCells(counts: readonly number[]): FeatureCells {
  return { valued: counts.length, plan: planMerges(counts, 'ranges'), other: -1 };
}
