import type { Baseline, FeatureBaseline } from '../baseline/baseline.js';
import type { DependenceLadder, FeatureDependence } from '../dependence/dependence.js';
import { ENOUGH_BLOCKS } from '../dependence/ladder.js';
import { atFirstLengths } from '../learning/first-lengths.js';

/**
 * How dependent the rows of several baselines are: as those of the one with the longest span (without times, of the most rows; the first
 * of equals), with its own block lengths. What was measured elsewhere can't be added to it: the files may be of one period or of several, and
 * say nothing of how the one follows the other. None where some were learned in time order and others not, or some with times and others without.
 */
export class MergedDependence {
  readonly #longest: Baseline | undefined;
  readonly #rows: number;

  /** @param rows of all together. */
  constructor(baselines: readonly Baseline[], rows: number) {
    this.#rows = rows;
    const [first] = baselines;
    const agree = baselines.every(
      ({ dependence }) =>
        dependence !== undefined && (dependence.blockMs === undefined) === (first?.dependence?.blockMs === undefined),
    );
    this.#longest = agree ? baselines.reduce((a, b) => (spanOf(b) > spanOf(a) ? b : a)) : undefined;
  }

  /** Of the merged baseline. */
  get ladder(): DependenceLadder | undefined {
    const lengths = this.#lengths;
    if (lengths === 0) return undefined;
    const ladder = this.#longest!.dependence!;
    return ladder.blockMs === undefined ? { blockRows: ladder.blockRows.slice(0, lengths) } : ladder;
  }

  /** The feature with its dependence, where there is one. */
  added<F extends FeatureBaseline>(feature: F): F {
    const dependence = this.#of(feature.name);
    return dependence === undefined ? feature : { ...feature, dependence };
  }

  #of(name: string): FeatureDependence | undefined {
    if (this.#longest === undefined) return undefined;
    const { features, joint = [], outputs } = this.#longest;
    const found = [...features, ...joint, ...outputs].find(feature => feature.name === name);
    return this.#lengths === 0 ? undefined : atFirstLengths(found?.dependence, this.#lengths);
  }

  /**
   * Without times the rows of all stand for the span of one. So only lengths of which that one had 20 blocks are kept: beyond them the
   * judge takes the most that λ can be, and may say that the budget is guaranteed.
   */
  get #lengths(): number {
    if (this.#longest === undefined) return 0;
    const { dependence, rows } = this.#longest;
    const { blockRows, blockMs } = dependence!;
    if (blockMs !== undefined || rows === this.#rows) return blockRows.length;
    return blockRows.filter(length => length * ENOUGH_BLOCKS <= rows).length;
  }
}

function spanOf({ dependence, rows }: Baseline): number {
  return dependence?.spanMs ?? rows;
}
