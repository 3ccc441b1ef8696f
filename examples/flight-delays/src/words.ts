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

/** @param month 1 to 12. */
export function monthName(month: number): string {
  return MONTHS[month - 1]!;
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
