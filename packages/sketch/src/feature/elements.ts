import { numericValue } from './numeric.js';

/** Numbers in rows and columns, as onnxruntime, Transformers.js and others hold them. */
export interface TensorValue {
  /** A typed array, or a plain one of at most 65,536 numbers. Read only where `location` is undefined or 'cpu'. */
  readonly data: unknown;
  /** Sizes, the slowest first; their product is the length of `data`. */
  readonly dims: readonly number[];
  /** `float16` where a Uint16Array holds the bits of 16-bit floats. */
  readonly type?: string | undefined;
  readonly location?: string | undefined;
}

/** What a reader of numbers may return: a tensor, or a bare array, which has one dimension. */
export type Numbers = TensorValue | ArrayBufferView | readonly number[] | null | undefined;

/** The numbers of a value. Reading them runs none of the user's code. */
export interface Elements {
  readonly data: ArrayLike<number>;
  readonly form: Form;
  readonly dims: readonly number[];
  /** The product of `dims`, and the length of what `data` holds. */
  readonly count: number;
}

/** How `data` holds a number: as itself, as the 32-bit halves of an integer, or as the bits of a 16-bit float. */
type Form = 'float32' | 'bytes' | 'plain' | 'int64' | 'uint64' | 'float16';

const FORMS: ReadonlyMap<string, Form> = new Map([
  ['Float32Array', 'float32'],
  ['Uint8Array', 'bytes'],
  ['Uint8ClampedArray', 'bytes'],
  ['Int8Array', 'plain'],
  ['Int16Array', 'plain'],
  ['Uint16Array', 'plain'],
  ['Int32Array', 'plain'],
  ['Uint32Array', 'plain'],
  ['Float16Array', 'plain'],
  ['Float64Array', 'plain'],
  ['BigInt64Array', 'int64'],
  ['BigUint64Array', 'uint64'],
]);

/** Sizes of a tensor; more is a mistake. */
const MAX_RANK = 16;
/** A plain array is copied, since its elements may be getters. */
export const MAX_PLAIN_LENGTH = 65_536;

// The intrinsic getters: a subclass may say anything of itself, a Proxy is none.
const typedArray = Object.getPrototypeOf(Uint8Array.prototype);
const nameOf: (this: unknown) => string | undefined = getterOf(Symbol.toStringTag);
const lengthOf: (this: unknown) => number = getterOf('length');
const bufferOf: (this: unknown) => ArrayBufferLike = getterOf('buffer');
const offsetOf: (this: unknown) => number = getterOf('byteOffset');

function getterOf<T>(key: string | symbol): (this: unknown) => T {
  return Object.getOwnPropertyDescriptor(typedArray, key)!.get!;
}

/** Of a tensor that does not lie in memory: what is on a graphics card is never downloaded to be counted. */
export const ELSEWHERE = 'elsewhere';

/**
 * The numbers of a {@link TensorValue}, of a typed array or of a plain one; undefined if it is none of these or its sizes don't
 * fit. Elements of a plain array count as `numericValue` has them.
 *
 * @throws what a getter of the value throws.
 */
export function elementsOf(value: unknown): Elements | typeof ELSEWHERE | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (nameOf.call(value) !== undefined || Array.isArray(value)) return numbersIn(value, undefined, undefined);
  const { location, dims } = value as { location?: unknown; dims?: unknown };
  if (dims === undefined) return undefined;
  // Before `data`: reading that of a tensor on a graphics card throws.
  if (location !== undefined && location !== 'cpu') return ELSEWHERE;
  const sizes = sizesOf(dims);
  if (sizes === undefined) return undefined;
  const { data, type } = value as { data?: unknown; type?: unknown };
  return numbersIn(data, sizes, type);
}

/**
 * The usual case by a short way: copies a tensor `[length]` or `[1, length]` of 32-bit floats in memory. False, with nothing copied,
 * for any other value, whatever it is: {@link elementsOf} tells. A third of its cost.
 *
 * @throws what a getter of the value throws.
 */
export function floatRow(value: object, length: number, into: Float64Array): boolean {
  const { location, dims } = value as { location?: unknown; dims?: unknown };
  if ((location !== 'cpu' && location !== undefined) || !Array.isArray(dims)) return false;
  const rank = dims.length;
  if (dims[rank - 1] !== length || (rank !== 1 && (rank !== 2 || dims[0] !== 1))) return false;
  const { data } = value as { data?: unknown };
  if (nameOf.call(data) !== 'Float32Array' || lengthOf.call(data) !== length) return false;
  for (let k = 0; k < length; k++) into[k] = (data as Float32Array)[k]!;
  return true;
}

/** {@link elementsOf} for `data` of known sizes; without sizes it is one run. */
export function numbersIn(data: unknown, sizes: readonly number[] | undefined, type: unknown): Elements | undefined {
  const name = nameOf.call(data);
  if (name === undefined) return Array.isArray(data) ? copied(data, sizes) : undefined;
  const form = name === 'Uint16Array' && type === 'float16' ? 'float16' : FORMS.get(name);
  const length = lengthOf.call(data);
  const dims = sizes ?? [length];
  if (form === undefined || product(dims) !== length) return undefined;
  const wide = form === 'int64' || form === 'uint64';
  // Of a buffer that was given away nothing can be made, not even a view of no length.
  if (!wide || length === 0) return { data: data as ArrayLike<number>, form, dims, count: length };
  // A bigint an element would cost 20 ns and its memory.
  return { data: new Int32Array(bufferOf.call(data), offsetOf.call(data), length * 2), form, dims, count: length };
}

function copied(data: readonly unknown[], sizes: readonly number[] | undefined): Elements | undefined {
  const count = data.length;
  const dims = sizes ?? [count];
  if (count > MAX_PLAIN_LENGTH || product(dims) !== count) return undefined;
  const numbers = new Float64Array(count);
  for (let i = 0; i < count; i++) numbers[i] = numericValue(data[i]);
  return { data: numbers, form: 'plain', dims, count };
}

/** A copy of the sizes: whole numbers from 0, at most 16. */
export function sizesOf(dims: unknown): readonly number[] | undefined {
  if (!Array.isArray(dims)) return undefined;
  const rank = dims.length;
  if (rank > MAX_RANK) return undefined;
  const sizes: number[] = [];
  for (let i = 0; i < rank; i++) {
    const size: unknown = dims[i];
    if (!Number.isSafeInteger(size) || (size as number) < 0) return undefined;
    sizes.push(size as number);
  }
  return sizes;
}

function product(dims: readonly number[]): number {
  let count = 1;
  for (const size of dims) count *= size;
  return count;
}

/**
 * Copies `count` numbers, the first at `start`, each `step` after the one before. 16-bit floats are decoded; a 64-bit integer
 * becomes the double nearest to it. All must lie within `from`. About 1 ns a number of a Float32Array or of bytes.
 */
export function gather(from: Elements, start: number, step: number, count: number, into: Float64Array): void {
  const { data, form } = from;
  if (form === 'float32' && step === 1 && count > SHORT) into.set(floatsOf(data, start, count));
  else if (form === 'float32') gatherFloats(data as Float32Array, start, step, count, into);
  else if (form === 'bytes') gatherBytes(data as Uint8Array, start, step, count, into);
  else if (form === 'plain') for (let k = 0, i = start; k < count; k++, i += step) into[k] = data[i]!;
  else if (form === 'float16') for (let k = 0, i = start; k < count; k++, i += step) into[k] = halfFloat(data[i]!);
  else for (let k = 0, i = start; k < count; k++, i += step) into[k] = integer(data, 2 * i, form === 'int64');
}

/** Above this a view and its copy, 45 ns and 0.1 ns a number, beat the loop, 1 ns a number. */
const SHORT = 64;

function floatsOf(data: ArrayLike<number>, start: number, count: number): Float32Array {
  return new Float32Array(bufferOf.call(data), offsetOf.call(data) + start * Float32Array.BYTES_PER_ELEMENT, count);
}

// Two loops of their own for what images and networks are made of: one that has met five array types takes 9 ns a number.
function gatherFloats(data: Float32Array, start: number, step: number, count: number, into: Float64Array): void {
  for (let k = 0, i = start; k < count; k++, i += step) into[k] = data[i]!;
}

function gatherBytes(
  data: Uint8Array | Uint8ClampedArray,
  start: number,
  step: number,
  count: number,
  into: Float64Array,
): void {
  for (let k = 0, i = start; k < count; k++, i += step) into[k] = data[i]!;
}

/** Which half of a 64-bit integer comes first: the machine's order. */
const LOW = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1 ? 0 : 1;

function integer(halves: ArrayLike<number>, at: number, signed: boolean): number {
  const high = halves[at + 1 - LOW]!;
  return (signed ? high : high >>> 0) * 2 ** 32 + (halves[at + LOW]! >>> 0);
}

/** 2^(e - 25) for each exponent: a power costs 60 ns. */
const SCALES = Float64Array.from({ length: 32 }, (_, exponent) => 2 ** (exponent - 25));

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction. */
function halfFloat(bits: number): number {
  // Without a branch: that of a random sign, guessed wrong every other time, costs 10 ns, as much as all the rest.
  const sign = 1 - ((bits >> 14) & 2);
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1024 + fraction) * SCALES[exponent]!;
}
