import { SketchError, type SketchErrorCode, shown } from '../errors.js';

/** What stands in an untrusted object, copied once: a getter or a Proxy can't answer twice. */
export type Fields = { readonly [key: string]: unknown };

/** @throws SketchError `ERR_BASELINE_CORRUPT`, unless told otherwise. */
export function refuse(
  where: string,
  met: string,
  expected: string,
  code: SketchErrorCode = 'ERR_BASELINE_CORRUPT',
): never {
  throw new SketchError(code, where, met, expected);
}

/** The object's own fields; one that isn't `allowed` is refused, `__proto__` and `constructor` with it. */
export function fieldsOf(where: string, value: unknown, allowed: readonly string[]): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) refuse(where, shown(value), 'an object');
  const fields: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(value)) {
    if (!allowed.includes(key)) refuse(where, `the field ${shown(key)}`, `only ${allowed.join(', ')}`);
    fields[key] = (value as Fields)[key];
  }
  return fields;
}

/** A copy of an array of at most `most` items, each made by `item`. */
export function listOf<T>(
  where: string,
  value: unknown,
  most: number,
  item: (where: string, value: unknown) => T,
  tooLong: SketchErrorCode = 'ERR_BASELINE_TOO_LARGE',
): T[] {
  if (!Array.isArray(value)) refuse(where, shown(value), 'an array');
  const length: number = value.length;
  if (length > most) refuse(where, `${length} items`, `at most ${most}`, tooLong);
  // Array.from visits holes too, as undefined.
  return Array.from({ length }, (_, i) => item(`${where}[${i}]`, value[i]));
}

export function countAt(where: string, value: unknown): number {
  if (!Number.isSafeInteger(value) || (value as number) < 0)
    refuse(where, shown(value), 'an integer from 0 to 2^53 - 1');
  return (value as number) + 0;
}

/** A finite number; -0 becomes 0, as JSON text would make it. */
export function numberAt(where: string, value: unknown): number {
  if (!Number.isFinite(value)) refuse(where, shown(value), 'a finite number');
  return (value as number) + 0;
}

export function textAt(where: string, value: unknown, expected: string, accept: (text: string) => boolean): string {
  if (typeof value !== 'string' || !accept(value)) refuse(where, shown(value), expected);
  return value;
}

/** Refuses a text that stands twice. */
export function allDifferent(where: string, texts: readonly string[]): void {
  const seen = new Map<string, number>();
  for (const [i, text] of texts.entries()) {
    const first = seen.get(text);
    if (first !== undefined) refuse(`${where}[${i}]`, shown(text), `something else than at [${first}]`);
    seen.set(text, i);
  }
}
