import type { Dependence } from '../dependence/dependence.js';
import { psiOf } from '../distance/psi.js';
import { logChiSquareTail } from '../significance/chi-square.js';
import { gStatistic } from '../significance/g-test.js';
import { psiLowerBound, psiNeeded } from './effect.js';
import type { Verdict } from './levels.js';
import { ENOUGH_EXPECTED, MOST_BINS, mergeBaselineInto, mergeCellsInto, mergesFor } from './merge.js';
import type { PreparedFeature } from './prepare.js';

/** The index from which a population is customarily called shifted; a mean shift of 0.32 standard deviations. */
export const PSI_WARNING = 0.1;
/** The customary index for "act on it"; a mean shift of half a standard deviation. */
export const PSI_CRITICAL = 0.25;
/** Fewest values expected in the smallest bin: below it the tail is off by more than 45 % at p = 1e-7. */
export const FEWEST_EXPECTED = ENOUGH_EXPECTED / 2;
/** An episode closes below this share of its threshold, not at it, so that a drift at the threshold is one episode. */
export const CLOSING_SHARE = 0.8;
/** A baseline with fewer values than this many windows is judged rightly on average over baselines, not for each of them. */
export const BASELINE_RATIO = 10;

export interface PsiThresholds {
  readonly warning: number;
  readonly critical: number;
}

/** Whether a feature's values are distributed as in the baseline. Numbers that could not be had are NaN. */
export interface ShapeJudgement {
  readonly verdict: Verdict;
  /** Values in the bins that the baseline filled. */
  readonly samples: number;
  /** Bins left after merging. */
  readonly bins: number;
  /** So many values count as one, for their dependence; 1 if they are taken as independent draws. */
  readonly lambda: number;
  /** Degrees of freedom of G / lambda. */
  readonly k: number;
  /** ln p of the G test with Williams' correction, over lambda. */
  readonly logP: number;
  /** The index over all bins, unmerged: the number the fleet query computes. */
  readonly psi: number;
  /** The index over the merged bins less what chance adds to it; not below 0. */
  readonly effect: number;
  /** What the true index exceeds with 99.9 % confidence. */
  readonly lowerBound: number;
  /** The smallest index over the merged bins that would be a warning now. */
  readonly detectable: number;
  /** The baseline holds fewer than 10 windows of this size. */
  readonly baselineSmall: boolean;
  /** Not significant, or an effect under 0.8 of the warning threshold. True of `insufficient`, which is no evidence of either. */
  readonly quiet: boolean;
}

export interface ShapeOptions {
  /** ln of the level of this one test. */
  readonly logAlpha: number;
  readonly psi: PsiThresholds;
  readonly dependence: Dependence;
}

// Two windows' worth of merged counts: a plan has at most 16 groups (MOST_BINS), and nothing here is held across a call.
const merged = new Float64Array(MOST_BINS);
const mergedBaseline = new Float64Array(MOST_BINS);

/**
 * One window of one feature against its baseline: `notice` if G is significant, `warning` or `critical` if moreover the 99.9 %
 * lower bound of the index reaches its threshold, `insufficient` with fewer than 2 bins or fewer than 10 values expected in
 * the smallest, or with so few independent ones that no drift whatever could be significant. What moves together counts less:
 * G is divided by `dependence.lambda`, and the variance 1/n + 1/m of the index multiplied by it.
 *
 * `observed` are checked cells and `samples` the sum of the valued ones. About 1 µs for 16 bins.
 */
export function judgeShape(
  observed: ArrayLike<number>,
  samples: number,
  prepared: PreparedFeature,
  options: ShapeOptions,
): ShapeJudgement {
  const { plan, samples: m } = prepared;
  const psi = psiOf(observed, prepared.cells, prepared.valued, samples, m);
  const merges = mergesFor(plan, samples, m);
  const bins = mergeCellsInto(plan, merges, observed, merged);
  mergeBaselineInto(plan, merges, mergedBaseline);
  let n = 0;
  for (let i = 0; i < bins; i++) n += merged[i]!;
  const baselineSmall = m < BASELINE_RATIO * n;
  const df = Math.max(0, bins - 1);
  const lambda = options.dependence.lambda;
  const k = lambda > 1 ? Math.min(options.dependence.k, df) : df;
  if (bins < 2 || (n * plan.smallest[merges]!) / m < FEWEST_EXPECTED) {
    const unknown = Number.NaN;
    return {
      verdict: 'insufficient',
      samples: n,
      bins,
      lambda,
      k,
      logP: unknown,
      psi,
      effect: unknown,
      lowerBound: unknown,
      detectable: unknown,
      baselineSmall,
      quiet: true,
    };
  }
  const u = lambda * (1 / n + 1 / m);
  const logP = logChiSquareTail(gStatistic(merged, mergedBaseline, bins, n, m) / lambda, k);
  const index = psiOf(merged, mergedBaseline, bins, n, m);
  const effect = Math.max(0, index - k * u);
  const significant = logP <= options.logAlpha;
  const detectable = psiNeeded(options.psi.warning, u, k);
  let verdict: Verdict = logChiSquareTail(largestG(n, m) / lambda, k) > options.logAlpha ? 'insufficient' : 'ok';
  if (significant)
    verdict = index >= psiNeeded(options.psi.critical, u, k) ? 'critical' : index >= detectable ? 'warning' : 'notice';
  return {
    verdict,
    samples: n,
    bins,
    lambda,
    k,
    logP,
    psi,
    effect,
    lowerBound: psiLowerBound(index, u, k),
    detectable,
    baselineSmall,
    quiet: !significant || effect < CLOSING_SHARE * options.psi.warning,
  };
}

/** The G of samples that share no bin: the largest there is. */
function largestG(n: number, m: number): number {
  return 2 * (n * Math.log1p(m / n) + m * Math.log1p(n / m));
}
