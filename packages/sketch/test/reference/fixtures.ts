import { readFileSync } from 'node:fs';

/** A JSON file of this folder, written by `make_fixtures.py`. */
export function fixture<T>(name: string): readonly T[] {
  return JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
}

/** |a − b| relative to the larger of the two; 0 for equal values. */
export function relativeError(a: number, b: number): number {
  return a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
}
