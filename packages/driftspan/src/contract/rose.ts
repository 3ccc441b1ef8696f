import { logFisherTail, RISE_WARNING } from '@driftspan/sketch';

export interface Rates {
  readonly count: number;
  readonly samples: number;
  readonly baselineCount: number;
  readonly baselineSamples: number;
  /** So many values count as one, since neighbouring rows hang together. Default 1. */
  readonly lambda?: number;
}

/**
 * Whether a share is above training's by a percentage point or more, and by more than chance explains at ln level `logAlpha`
 * (Fisher's exact test, as a drift verdict has it): 3 missing in 50 rows against 4 % say nothing. False without samples.
 */
export function rose(rates: Rates, logAlpha: number): boolean {
  const { count, samples, baselineCount, baselineSamples, lambda = 1 } = rates;
  if (samples === 0 || count === 0) return false;
  const n = Math.floor(samples / lambda);
  const m = Math.floor(baselineSamples / lambda);
  const hits = Math.min(m, Math.ceil(baselineCount / lambda));
  const logP = logFisherTail(Math.min(n, Math.floor(count / lambda)), n, hits, m);
  return logP <= logAlpha && count / samples - baselineCount / Math.max(1, baselineSamples) >= RISE_WARNING;
}
