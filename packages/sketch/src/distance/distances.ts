import type { FeatureBaseline } from '../baseline/baseline.js';
import { baselineCells, cellCount, valuedCells } from '../baseline/cells.js';
import { binPositions } from './bin-positions.js';
import { checkSameLength, sumCounts } from './counts.js';
import { hellingerOf } from './hellinger.js';
import { jensenShannonOf } from './jensen-shannon.js';
import { kolmogorovSmirnov } from './ks.js';
import { kullbackLeiblerOf } from './kullback-leibler.js';
import { PSI_OFFSET, populationStabilityIndex } from './psi.js';
import { sharesOf } from './shares.js';
import { wassersteinOf } from './wasserstein.js';

/** How far a window of one feature lies from its baseline, in every measure that applies; none of them is Infinity. */
export interface FeatureDistances {
  /** Population stability index, in nats, with ½ added to each count. */
  readonly psi: number;
  /** Kullback–Leibler divergence of the window from the baseline, in nats, with ½ added to each count as in the index. */
  readonly kullbackLeibler: number;
  /** Jensen–Shannon distance of the raw shares, 0 to 0.8326. */
  readonly jensenShannon: number;
  /** Hellinger distance of the raw shares, 0 to 1. */
  readonly hellinger: number;
  /** Kolmogorov–Smirnov distance at the bins' edges, 0 to 1; numeric features only. */
  readonly ks?: number;
  /** Wasserstein distance of the bins' positions, in the feature's units; numeric features that aren't sensitive, with two different values. */
  readonly wasserstein?: number;
  /** The same in standard deviations of the baseline. */
  readonly wassersteinPerSd?: number;
}

/**
 * All distances of a window's counts, in cell order, from a feature's baseline: for reports, as a verdict needs none but the
 * index. Over the cells that hold values; missing and invalid are left out, `_OTHER` is a category as any.
 *
 * The divergence is taken of counts with ½ added, so that a value where the baseline had none does not print as Infinity, and
 * so that it is one of the two halves of the index printed beside it. The other distances are finite of raw shares.
 * The bins of a constant tell that a value differs and not how far, so a baseline with a standard deviation of 0 has no
 * Wasserstein distance, and one of a sensitive feature, which has none, neither. NaN throughout if the window or the baseline holds no value. About 30 µs for 16 bins.
 *
 * @throws SketchError `ERR_COUNTS` if there are not as many cells as the baseline has, or one is not a whole number from 0.
 */
export function distances(observed: ArrayLike<number>, feature: FeatureBaseline): FeatureDistances {
  checkSameLength(observed, cellCount(feature));
  sumCounts(observed, 'observed');
  const valued = valuedCells(feature);
  const window = Array.from(observed).slice(0, valued);
  const baseline = baselineCells(feature).slice(0, valued);
  const raw = sharesOf(window, baseline);
  const smoothed = sharesOf(window, baseline, PSI_OFFSET);
  const common = {
    psi: populationStabilityIndex(window, baseline),
    kullbackLeibler: smoothed === undefined ? Number.NaN : kullbackLeiblerOf(smoothed),
    jensenShannon: raw === undefined ? Number.NaN : jensenShannonOf(raw),
    hellinger: raw === undefined ? Number.NaN : hellingerOf(raw),
  };
  if (feature.kind === 'categorical') return common;
  const ks = kolmogorovSmirnov(window, baseline);
  if (feature.sensitive === true || feature.sd === 0) return { ...common, ks };
  const moved = raw === undefined ? Number.NaN : wassersteinOf(raw, binPositions(feature));
  return { ...common, ks, wasserstein: moved, wassersteinPerSd: moved / feature.sd };
}
