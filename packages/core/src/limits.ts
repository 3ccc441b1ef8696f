import { MonitorError, shown } from './errors.js';

/** Bounds of one monitor; what is over them is counted, under `_OTHER` or as dropped. */
export interface Limits {
  /** Labels kept beside `_OTHER`: each is a series in every replica. Default 64, at most 1,024. */
  labels?: number;
  /** Error types kept beside `_OTHER`: each is a histogram in every replica. Default 20, at most 1,024. */
  errorTypes?: number;
  /** Predictions that may wait for their outcome in this process. Default 10,000, at most 1,000,000; 0 keeps none. */
  pendingOutcomes?: number;
  /** Milliseconds after which a stream that nobody has read on is given up. Default 600,000, at most a day. */
  callMs?: number;
}

const DEFAULTS: Required<Limits> = { labels: 64, errorTypes: 20, pendingOutcomes: 10_000, callMs: 600_000 };
const MOST: Required<Limits> = { labels: 1024, errorTypes: 1024, pendingOutcomes: 1_000_000, callMs: 86_400_000 };

/** @throws MonitorError `ERR_OPTION` for what is not a whole number in its range. */
export function checkedLimits(limits: Limits = {}): Required<Limits> {
  const checked = { ...DEFAULTS };
  for (const name of Object.keys(DEFAULTS) as (keyof Limits)[]) {
    const value = limits[name];
    if (value === undefined) continue;
    if (!Number.isInteger(value) || value < 0 || value > MOST[name]) {
      throw new MonitorError('ERR_OPTION', `limits.${name}`, shown(value), `a whole number from 0 to ${MOST[name]}`);
    }
    checked[name] = value;
  }
  return checked;
}
