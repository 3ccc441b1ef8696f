/** No number: a value that is not there, or NaN. */
export const NOTHING = '–';

/** `27004` → `27,004`. */
export function count(value: number): string {
  return Number.isFinite(value) ? grouped(Math.round(value).toFixed(0)) : String(value);
}

/** `0.231` → `23.1 %`; three digits, and never 0 % of something or 100 % of what is less than all. */
export function share(value: number): string {
  if (!Number.isFinite(value)) return NOTHING;
  const percent = value * 100;
  if (percent > 0 && percent < 0.001) return '<0.001 %';
  if (value < 1 && percent >= 99.95) return '>99.9 %';
  return `${plain(percent, 3)} %`;
}

/** At most 4 significant digits, whole thousands grouped: `0.0001234`, `12.35`, `123,457`, `1.235e+21`. */
export function number(value: number): string {
  if (Number.isNaN(value)) return NOTHING;
  const size = Math.abs(value);
  if (size === Number.POSITIVE_INFINITY) return value > 0 ? '∞' : '-∞';
  if (size !== 0 && (size >= 1e15 || size < 1e-4)) return value.toExponential(3).replace(/\.?0+e/, 'e');
  return size >= 1000 ? grouped(value.toFixed(0)) : plain(value, 4);
}

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB'] as const;

/** `1234567` → `1.23 MB`, in powers of 1,000. */
export function bytes(value: number): string {
  let unit = 0;
  let size = value;
  while (size >= 999.5 && unit < UNITS.length - 1) {
    size /= 1000;
    unit++;
  }
  return `${plain(size, 3)} ${UNITS[unit]}`;
}

/** Milliseconds as a person says them: `340 ms`, `12 s`, `4 min`, `3.5 h`, `12 days`. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 120_000) return `${plain(ms / 1000, 2)} s`;
  if (ms < 7_200_000) return `${plain(ms / 60_000, 2)} min`;
  if (ms < 172_800_000) return `${plain(ms / 3_600_000, 2)} h`;
  return `${plain(ms / 86_400_000, 3)} days`;
}

/** `plural(1, 'row')` → `1 row`, `plural(2000, 'row')` → `2,000 rows`. */
export function plural(value: number, what: string, several = `${what}s`): string {
  return `${count(value)} ${value === 1 ? what : several}`;
}

// Control characters, and those that turn the direction of text: in a terminal a name could otherwise write over what stands before it.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** Text of a file or a server made safe for a terminal: what would steer it is shown as `\u001b`. One line. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, char => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Without exponent and trailing zeros; the whole part keeps all its digits. */
function plain(value: number, digits: number): string {
  const text = String(Number(value.toPrecision(digits)));
  return text.includes('e') ? text : grouped(text);
}

function grouped(text: string): string {
  const [whole, rest] = text.split('.') as [string, string?];
  const groups = whole.replace(/\B(?=(\d{3})+$)/g, ',');
  return rest === undefined ? groups : `${groups}.${rest}`;
}
