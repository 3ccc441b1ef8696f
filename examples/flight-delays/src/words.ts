/** Names and numbers as a person reads them; nothing here computes. */

const MONTHS = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Units, and from what length on a stretch is told in them. */
const UNITS = [
  { unit: 'day', sizeMs: DAY_MS, fromMs: 2 * DAY_MS },
  { unit: 'hour', sizeMs: HOUR_MS, fromMs: HOUR_MS },
  { unit: 'minute', sizeMs: MINUTE_MS, fromMs: 0 },
] as const;

/** @param month 1 to 12. */
export function monthName(month: number): string {
  return MONTHS[month - 1]!;
}

/** `25 May 13:36` of `2013-05-25T13:36`. */
export function moment(at: string): string {
  const [date, time] = at.split('T') as [string, string];
  const [, month, day] = date.split('-').map(Number) as [number, number, number];
  return `${String(day).padStart(2)} ${monthName(month).slice(0, 3)} ${time}`;
}

/** `24 minutes`, `11 hours`, `42 hours`, `7 days`; under ten with a fraction: `1.6 hours`. */
export function lasting(ms: number): string {
  const { unit, sizeMs } = UNITS.find(({ fromMs }) => ms >= fromMs)!;
  const value = ms / sizeMs;
  const text = value < 10 ? String(Number(value.toFixed(1))) : value.toFixed(0);
  return `${text} ${unit}${text === '1' ? '' : 's'}`;
}

/** `74.7 %`; of whole numbers and of small ones what is worth reading: `31 %`, `0.5 %`. */
export function share(part: number, digits = part > 0 && part < 0.0995 ? 1 : 0): string {
  return `${(part * 100).toFixed(digits)} %`;
}

export function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** Two digits after the point, as thresholds are given. */
export function score(psi: number): string {
  return psi.toFixed(2);
}

/** `a, b and c`. */
export function list(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}

/** Breaks a text between words (`31 %` is one) so that no line is longer than `width`; further lines start with `indent`. */
export function wrap(text: string, width: number, indent = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/ (?!%)/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = indent + word;
    } else line += line === '' ? word : ` ${word}`;
  }
  return [...lines, line];
}
