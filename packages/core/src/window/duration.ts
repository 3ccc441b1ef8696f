import { MonitorError } from '../errors.js';

const UNITS_MS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
/** A window of less holds too few calls to judge and turns sub-windows more than once a second. */
export const MIN_WINDOW_MS = 60_000;
export const MAX_WINDOW_MS = 90 * 86_400_000;

/** Milliseconds of `30m`, `1h`, `1d`, `2w`. @throws MonitorError `ERR_OPTION` for another form, or less than 1m or more than 90d. */
export function parseWindow(text: string): number {
  const match = typeof text === 'string' ? /^(\d+(?:\.\d+)?)(s|m|h|d|w)$/.exec(text) : null;
  const ms = match === null ? Number.NaN : Number(match[1]) * UNITS_MS[match[2]!]!;
  if (!(ms >= MIN_WINDOW_MS && ms <= MAX_WINDOW_MS)) {
    throw new MonitorError('ERR_OPTION', 'drift.window', String(text), "a length from '1m' to '90d', such as '1h'");
  }
  return ms;
}
