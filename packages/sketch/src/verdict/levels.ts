/**
 * What can be said of a feature: `notice` is significant but small, recorded and never paged; `insufficient` means that
 * too little was seen to say anything.
 */
export type Verdict = 'insufficient' | 'ok' | 'notice' | 'warning' | 'critical';

/** The number each verdict has in `ml.drift.status`; higher is worse. */
export const VERDICT_LEVEL: Readonly<Record<Verdict, number>> = {
  insufficient: -1,
  ok: 0,
  notice: 1,
  warning: 2,
  critical: 3,
};

/** The worst of what could be judged: `insufficient` only if nothing could, or nothing was given. */
export function worstVerdict(verdicts: Iterable<Verdict>): Verdict {
  let worst: Verdict = 'insufficient';
  for (const verdict of verdicts) worst = worseVerdict(worst, verdict);
  return worst;
}

/** The worse of two. */
export function worseVerdict(a: Verdict, b: Verdict): Verdict {
  return VERDICT_LEVEL[b] > VERDICT_LEVEL[a] ? b : a;
}
