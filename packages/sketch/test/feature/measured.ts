import { readFileSync } from 'node:fs';
import { type Feature, measureValue } from '../../src/index.js';
import { generator } from '../generated-rows.js';
import { relativeError } from '../reference/fixtures.js';

/** The numbers that a feature makes of a value, a list for each row it holds; undefined if it is of a wrong type. */
export function measured<Row>(feature: Feature<Row>, value: unknown, row?: Row): number[][] | undefined {
  const measures = feature.measures!;
  const out = new Float64Array(measures.parts.length);
  const rows: number[][] = [];
  const accepted = measureValue(measures, value, row as Row, out, () => rows.push([...out]));
  if (!accepted && rows.length > 0) throw new Error('taken and refused');
  return accepted ? rows : undefined;
}

type Part =
  | 'length'
  | 'words'
  | 'punctuation'
  | 'digits'
  | 'nonAscii'
  | 'repeated'
  | 'size'
  | 'aspect'
  | 'brightness'
  | 'contrast'
  | 'dimensions'
  | 'norm'
  | `projection.${number}`
  | 'mean'
  | 'sd'
  | 'min'
  | 'max'
  | 'zeros'
  | 'hour'
  | 'weekday'
  | 'age';

/** The same by the names of the parts, for a value of one row. */
export function partsOf<Row>(feature: Feature<Row>, value: unknown, row?: Row): Record<Part, number> {
  const [numbers, ...more] = measured(feature, value, row) ?? [];
  if (numbers === undefined || more.length > 0) throw new Error('not one row');
  return Object.fromEntries(feature.measures!.parts.map((part, k) => [part, numbers[k]!])) as Record<Part, number>;
}

/** A section of `reference/measures.json`, written by `make_measures.py`. */
export function measures<T>(section: string): readonly T[] {
  const url = new URL('../reference/measures.json', import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8'))[section];
}

/** The numbers that the script draws from a seed; a float16 as its bits. */
export function drawn(seed: number, type: string, length: number): ArrayBufferView & ArrayLike<number> {
  const next = generator(seed);
  if (type === 'uint8') return Uint8Array.from({ length }, () => Math.floor(next() * 256));
  const numbers = Float64Array.from({ length }, () => next() * 6 - 2);
  if (type === 'float16') return Uint16Array.from(numbers, halfBits);
  return type === 'float32' ? Float32Array.from(numbers) : numbers;
}

/** The nearest 16-bit float, ties to even; for numbers up to 65504 in size. */
function halfBits(x: number): number {
  const exponent = Math.max(-14, Math.floor(Math.log2(Math.abs(x))));
  const scaled = Math.abs(x) / 2 ** (exponent - 10);
  const down = Math.floor(scaled);
  const rest = scaled - down;
  const fraction = rest > 0.5 || (rest === 0.5 && down % 2 === 1) ? down + 1 : down;
  return (x < 0 ? 0x8000 : 0) + ((exponent + 15) << 10) + (fraction - 1024);
}

/** The largest relative difference of two lists of numbers; equal ones, NaN too, differ by 0. */
export function difference(met: readonly number[], expected: readonly number[]): number {
  if (met.length !== expected.length) return Number.POSITIVE_INFINITY;
  return Math.max(0, ...met.map((x, k) => (Object.is(x, expected[k]) ? 0 : relativeError(x, expected[k]!))));
}

export const MISSING = Number.NaN;
export const INVALID = Number.POSITIVE_INFINITY;
