import { SketchError, shown } from '../errors.js';

const DAY_MS = 86_400_000;
/** The last time that can be formatted. */
const LAST_MS = 8.64e15;
/** Days whose offsets are kept: eleven years, 200 KB. */
const MAX_DAYS = 4096;
/** `1/31/2024, GMT+05:30`: what ICU writes; just `GMT` for none. */
const OFFSET = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/;

/**
 * The function that gives a time zone's offset from UTC, in ms, at a time in ms since the epoch, by the platform's own data.
 * A day of UTC that begins and ends with one offset has no change in between: the platform is asked twice for a day, 2 µs each,
 * and on a day with a change each time. A known day takes 30 ns.
 *
 * @throws SketchError `ERR_MODEL` for a name that the platform does not know.
 */
export function zoneOffset(timeZone: string): (ms: number) => number {
  const format = formatOf(timeZone);
  const days = new Map<number, number>();
  const ask = (ms: number): number => {
    const [, sign, hours, minutes, seconds = '0'] = OFFSET.exec(format.format(ms))!;
    if (sign === undefined) return 0;
    return (sign === '-' ? -1000 : 1000) * (Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds));
  };
  return ms => {
    const day = Math.floor(ms / DAY_MS);
    let offset = days.get(day);
    if (offset === undefined) {
      const first = ask(day * DAY_MS);
      // NaN stands for a day with a change.
      offset = ask(Math.min((day + 1) * DAY_MS, LAST_MS)) === first ? first : Number.NaN;
      if (days.size === MAX_DAYS) days.clear();
      days.set(day, offset);
    }
    return Number.isNaN(offset) ? ask(ms) : offset;
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  } catch (cause) {
    throw new SketchError('ERR_MODEL', 'dateTime timeZone', shown(timeZone), 'a name of the IANA time zones', cause);
  }
}
