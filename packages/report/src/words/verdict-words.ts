import type { Verdict } from '@driftspan/sketch';

/** Verdicts as a person reads them. */
export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  critical: 'Critical',
  warning: 'Warning',
  notice: 'Notice',
  ok: 'OK',
  insufficient: 'Not judged',
};
