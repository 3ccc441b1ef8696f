/*
 * Names of features and categories come from files and traffic: nobody checked them. Whoever prints one to a terminal must not hand on an
 * escape sequence, and a page must not let one turn the text around it.
 */

/** Control characters (C0, DEL, C1), lone surrogates, line and paragraph separators, controls that override or isolate the direction of text. */
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/gu;

/** The name with what is not to be printed written out: `\u202e`. Longer than `limit` units it is cut, with `…`. */
export function printable(name: string, limit = Number.POSITIVE_INFINITY): string {
  const shown = name.replace(UNPRINTABLE, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  if (shown.length <= limit) return shown;
  const end = limit - 1;
  const cut = /[\ud800-\udbff]/.test(shown[end - 1]!) ? end - 1 : end;
  return `${shown.slice(0, cut)}…`;
}
