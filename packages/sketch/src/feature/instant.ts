/** What a reader of a time may return: a Date, milliseconds since the epoch, or a text of ISO 8601. */
export type Instant = Date | number | string | null | undefined;

/** The largest time of a Date: 100 million days from the epoch. */
const MAX_MS = 8.64e15;
const ISO = /^(\d{4}-\d\d-(\d\d))(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?)(?:Z|([+-]\d\d)(?::?(\d\d))?)?)?$/;

/**
 * Milliseconds since the epoch; NaN if the time is missing (null, undefined, NaN), Infinity if it is invalid: a Date that is
 * none, a time out of a Date's range, any other text or type. A date alone is its midnight in UTC, and a time without an offset
 * is in UTC, where `Date.parse` would ask the machine for its zone. Never calls into the value.
 */
export function instantMs(value: unknown): number {
  if (value === null || value === undefined) return Number.NaN;
  if (typeof value === 'number') return Number.isNaN(value) ? value : inRange(Math.trunc(value));
  if (typeof value === 'string') return inRange(textMs(value));
  return typeof value === 'object' ? inRange(dateMs(value)) : Number.POSITIVE_INFINITY;
}

function inRange(ms: number): number {
  return Math.abs(ms) <= MAX_MS ? ms : Number.POSITIVE_INFINITY;
}

function textMs(text: string): number {
  const found = ISO.exec(text);
  if (found === null) return Number.NaN;
  const [, date, day, time = '00:00', hours, minutes = '00'] = found;
  const ms = Date.parse(`${date}T${time}${hours === undefined ? 'Z' : `${hours}:${minutes}`}`);
  // Engines differ on 30 February: one makes it 1 March, another refuses it.
  return new Date(Date.parse(`${date}T00:00Z`)).getUTCDate() === Number(day) ? ms : Number.NaN;
}

/** A Date of any realm; the method looks at what it is called on, and runs nothing of the value's. */
function dateMs(value: object): number {
  try {
    return Date.prototype.getTime.call(value);
  } catch {
    return Number.NaN;
  }
}
