import { refuseOption } from '../errors.js';

/** A PromQL duration: as it was written, and its length. */
export interface Duration {
  readonly text: string;
  readonly ms: number;
}

const UNITS = [
  ['y', 31_536_000_000],
  ['w', 604_800_000],
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['m', 60_000],
  ['s', 1_000],
  ['ms', 1],
] as const;

const SYNTAX = /^(?=\d)(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?$/;

/**
 * Reads a duration in Prometheus' own syntax: `5m`, `1h30m`, `1500ms`, `0s`; a year has 365 days.
 *
 * @throws FleetError `ERR_FLEET_OPTION`, `where` names the option.
 */
export function parseDuration(where: string, text: string): Duration {
  const parts = typeof text === 'string' ? SYNTAX.exec(text) : null;
  if (parts === null) refuseOption(where, text, 'a PromQL duration such as 5m or 1h30m');
  let ms = 0;
  for (const [i, [, length]] of UNITS.entries()) ms += Number(parts[i + 1] ?? 0) * length;
  return { text, ms };
}

/** A length of whole milliseconds in the same syntax: 3 540 000 is `59m`. Days are the largest unit, 0 is `0s`. */
export function formatDuration(ms: number): string {
  let rest = Math.round(ms);
  let text = '';
  for (const [unit, length] of UNITS.slice(2)) {
    const count = Math.floor(rest / length);
    if (count > 0) text += `${count}${unit}`;
    rest -= count * length;
  }
  return text === '' ? '0s' : text;
}
