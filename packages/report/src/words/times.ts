/** Times of people are told in UTC: a page that is made twice says the same. */

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const;
const DAY_MS = 86_400_000;
const UNITS = [
  ['day', DAY_MS, 2 * DAY_MS],
  ['hour', 3_600_000, 3_600_000],
  ['minute', 60_000, 60_000],
  ['second', 1000, 0],
] as const;

/** `1 Jul 2013`; empty of no instant. */
export function dayText(ms: number): string {
  const date = new Date(ms);
  if (Number.isNaN(date.getTime())) return '';
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

/** `1 Jul 2013 14:05 UTC`. */
export function momentText(ms: number): string {
  const day = dayText(ms);
  return day === '' ? '' : `${day} ${new Date(ms).toISOString().slice(11, 16)} UTC`;
}

/** `24 minutes`, `6 hours`, `7 days`. */
export function lastingText(ms: number): string {
  const [unit, size] = UNITS.find(([, , from]) => ms >= from) ?? UNITS[3];
  const value = ms / size;
  const text = value < 10 ? String(Number(value.toFixed(1))) : value.toFixed(0);
  return `${text} ${unit}${text === '1' ? '' : 's'}`;
}
