import { format } from 'd3-format';

/*
 * Numbers as a person reads them: a point, commas between thousands, three to four significant digits. NaN is "unknown".
 */

const WHOLE = format(',.0f');
const EXPONENT = format('.2~e');
const BY_DIGITS = Array.from({ length: 13 }, (_, digits) => format(`,.${Math.max(1, digits)}~r`));
/** From here on digits stand for nothing anybody counts: 1.23e+9. */
const LARGEST_PLAIN = 1e9;
const SMALLEST_PLAIN = 1e-4;

/** `80.1`, `1,007`, `0.0123`, `1.2e-7`; at most `digits` significant digits, but a whole number of thousands keeps all of its own. */
export function numberText(value: number, digits = 3): string {
  if (Number.isNaN(value)) return 'unknown';
  const size = Math.abs(value);
  if (size === Number.POSITIVE_INFINITY) return value > 0 ? 'infinity' : '−infinity';
  if (size === 0) return '0';
  if (size >= LARGEST_PLAIN || size < SMALLEST_PLAIN) return minus(EXPONENT(value));
  if (size >= 10 ** digits) return minus(WHOLE(value));
  return minus(BY_DIGITS[Math.min(digits, BY_DIGITS.length - 1)]!(value));
}

/** Several numbers side by side, with as many digits as it takes to tell them apart: `1,017` and `1,021`, `13.65` and `13.58`. */
export function numberTexts(values: readonly number[]): string[] {
  const finite = values.filter(Number.isFinite);
  const size = Math.max(...finite.map(Math.abs));
  const range = Math.max(...finite) - Math.min(...finite);
  // A digit or two of the difference; no more than a double holds.
  const needed = range > 0 && size > 0 ? Math.ceil(Math.log10(size / range)) + 1 : 0;
  const digits = Math.min(12, Math.max(3, needed));
  return values.map(value => numberText(value, digits));
}

/** `27,004`. */
export function countText(count: number): string {
  return Number.isNaN(count) ? 'unknown' : WHOLE(count);
}

/** `23.1 %`; of a small share two digits, `0.42 %`; never `0 %` or `100 %` of what is not quite. */
export function shareText(share: number): string {
  if (Number.isNaN(share)) return 'unknown';
  const percent = share * 100;
  if (percent <= 0) return '0 %';
  if (percent >= 100) return '100 %';
  if (percent < 0.01) return 'under 0.01 %';
  if (percent > 99.99) return 'over 99.99 %';
  const digits = percent < 1 || percent > 99.9 ? 2 : 1;
  return `${String(Number(percent.toFixed(digits)))} %`;
}

/** Two shares side by side: `30 %` and `23 %`, with a digit after the point only where they need it. */
export function sharesText(a: number, b: number): readonly [string, string] {
  const whole = [a, b].map(share => `${Math.round(share * 100)} %`) as [string, string];
  const enough =
    [a, b].every(share => share === 0 || (share >= 0.0995 && share <= 0.9805)) && Math.abs(a - b) >= 0.0495;
  return enough ? whole : [shareText(a), shareText(b)];
}

/** The index: two digits after the point, three where it is small, one where it is large. */
export function psiText(psi: number): string {
  if (Number.isNaN(psi)) return 'unknown';
  if (psi >= 10) return psi.toFixed(1);
  if (psi >= 0.0995) return psi.toFixed(2);
  return psi < 0.0005 ? (psi === 0 ? '0' : 'under 0.001') : psi.toFixed(3);
}

function minus(text: string): string {
  return text.replace(/^-/, '−');
}
