import { logFisherTail } from '../significance/fisher.js';
import type { Verdict } from './levels.js';
import { CLOSING_SHARE } from './shape.js';

/** A rise of one percentage point is a warning. A rate, not an index: that of an empty bin grows with the baseline's size. */
export const RISE_WARNING = 0.01;
/** Five percentage points: every twentieth value is of a kind that training did not have. */
export const RISE_CRITICAL = 0.05;

/** Whether a rate rose: that of missing and invalid among all values, or of unseen ones among those with a value. */
export interface RiseJudgement {
  readonly verdict: Verdict;
  /** Values of the kind, and all of them. */
  readonly count: number;
  readonly samples: number;
  /** NaN without samples. */
  readonly rate: number;
  /** NaN if the baseline has none. */
  readonly baselineRate: number;
  /** `rate` less `baselineRate`; a fall is negative. */
  readonly rise: number;
  /** So many values count as one, for their dependence. */
  readonly lambda: number;
  /** ln p of Fisher's exact test, one-sided, over counts divided by lambda; 0 for a fall to nothing. */
  readonly logP: number;
  /** Not significant, or a rise under 0.8 of the warning's. True of `insufficient`, which is no evidence of either. */
  readonly quiet: boolean;
}

export interface RiseCounts {
  readonly count: number;
  readonly samples: number;
  readonly baselineCount: number;
  readonly baselineSamples: number;
}

/**
 * One rate against the baseline's, by Fisher's exact test at ln level `logAlpha`: `notice` if the rise is significant, `warning`
 * from 0.01, `critical` from 0.05, `insufficient` if no count at all could have been significant. Right for any counts.
 * Where `lambda` values move together the test sees a `lambda`th of each count, rounded against a rise.
 * 0.1 to 1 µs while the hits are rare; see `logFisherTail`.
 */
export function judgeRise(counts: RiseCounts, logAlpha: number, lambda = 1): RiseJudgement {
  const { count, samples, baselineCount, baselineSamples } = counts;
  const n = Math.floor(samples / lambda);
  const m = Math.floor(baselineSamples / lambda);
  const hits = Math.min(m, Math.ceil(baselineCount / lambda));
  const logP = logFisherTail(Math.min(n, Math.floor(count / lambda)), n, hits, m);
  // One division of whole numbers: 6/100 − 5/100 would fall short of 0.01.
  const rise = (count * baselineSamples - baselineCount * samples) / (samples * baselineSamples);
  const significant = samples > 0 && logP <= logAlpha;
  let verdict: Verdict = 'ok';
  if (significant) verdict = rise >= RISE_CRITICAL ? 'critical' : rise >= RISE_WARNING ? 'warning' : 'notice';
  else if (samples === 0 || logFisherTail(n, n, hits, m) > logAlpha) verdict = 'insufficient';
  return {
    verdict,
    count,
    samples,
    rate: count / samples,
    baselineRate: baselineCount / baselineSamples,
    rise,
    lambda,
    logP,
    quiet: !significant || rise < CLOSING_SHARE * RISE_WARNING,
  };
}
