import type { DependenceLadder, FeatureDependence } from '../dependence/dependence.js';
import { ENOUGH_BLOCKS } from '../dependence/ladder.js';
import { atFirstLengths } from '../learning/first-lengths.js';
import type { Part, PartOrder } from './part.js';

/**
 * How dependent the rows of many parts are: as those of the part with the longest span (without times, of the most rows; the first
 * of equals), with its own block lengths. Parts are taken for replicas that saw the same period: their rows interleave, so blocks
 * of one can't be added to those of another, and with times the judge scales λ from the rows of that one to the traffic it meets.
 *
 * None where some parts were in order by times, others by the word of the caller, or not at all: parts without rows aside.
 */
export class PartDependence {
  #order: PartOrder | undefined;
  #agree = true;
  #longest: Longest | undefined;
  #rows = 0;

  add(part: Part): void {
    if (part.rows === 0) return;
    this.#rows += part.rows;
    this.#order ??= part.order;
    if (this.#order !== part.order) this.#agree = false;
    const { dependence: ladder, rows, features, outputs } = part;
    if (ladder === undefined || !isLonger(ladder, rows, this.#longest)) return;
    const factors = new Map([...features, ...outputs].map(({ name, dependence }) => [name, dependence]));
    this.#longest = { ladder, rows, factors };
  }

  /** The block lengths of the merged baseline. */
  get ladder(): DependenceLadder | undefined {
    const lengths = this.#lengths;
    if (lengths === 0) return undefined;
    const { ladder } = this.#longest!;
    return ladder.blockMs === undefined ? { blockRows: ladder.blockRows.slice(0, lengths) } : ladder;
  }

  of(name: string): FeatureDependence | undefined {
    const lengths = this.#lengths;
    return lengths === 0 ? undefined : atFirstLengths(this.#longest!.factors.get(name), lengths);
  }

  /**
   * Without times the baseline's rows, which are more than the part's, stand for its span. So only lengths of which the part itself had
   * 20 blocks are kept: beyond them the judge takes the most that λ can be, and may say that the budget is guaranteed.
   */
  get #lengths(): number {
    if (!this.#agree || this.#longest === undefined) return 0;
    const { ladder, rows } = this.#longest;
    const { blockRows, blockMs } = ladder;
    if (blockMs !== undefined || rows === this.#rows) return blockRows.length;
    return blockRows.filter(length => length * ENOUGH_BLOCKS <= rows).length;
  }
}

/** What is kept of the part: not its values. */
interface Longest {
  readonly ladder: DependenceLadder;
  readonly rows: number;
  /** By feature and output. */
  readonly factors: ReadonlyMap<string, FeatureDependence | undefined>;
}

function isLonger(ladder: DependenceLadder, rows: number, than: Longest | undefined): boolean {
  if (than === undefined) return true;
  const [span, other] = [ladder.spanMs ?? 0, than.ladder.spanMs ?? 0];
  return span > other || (span === other && rows > than.rows);
}
