/** What may be told of numbers in bulk without telling any of them. */
export interface Shape {
  /** Sizes, the slowest first. */
  readonly shape: number[];
  /** `float32` of a tensor that says so, else the class of what holds the numbers. */
  readonly type: string;
}

/** Sizes of a tensor; more is a mistake. */
const MAX_RANK = 16;
/** Data types, as the runtimes have them; anything else may be a text of the user's and is not told. */
const DATA_TYPES: ReadonlySet<string> = new Set(
  'float16 bfloat16 float32 float64 int4 uint4 int8 uint8 int16 uint16 int32 uint32 int64 uint64 bool string complex64'.split(
    ' ',
  ),
);

// The intrinsic getters: a subclass may say anything of itself.
const typedArray = Object.getPrototypeOf(Uint8Array.prototype);
const nameOf: (this: unknown) => string | undefined = Object.getOwnPropertyDescriptor(typedArray, Symbol.toStringTag)!
  .get!;
const lengthOf: (this: unknown) => number = Object.getOwnPropertyDescriptor(typedArray, 'length')!.get!;

/**
 * Sizes and type of a typed array, a buffer, a tensor, raw pixels or a plain array; undefined for any other value. Of a tensor
 * that is elsewhere than in memory nothing but `location`, `dims` and `type` is read: reading its data would download it, or throw.
 *
 * @throws what a getter of the value throws.
 */
export function shapeOf(value: unknown): Shape | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const bulk = bulkShape(value);
  if (bulk !== undefined) return bulk;
  if (Array.isArray(value)) return { shape: [value.length], type: 'array' };
  const { location, dims } = value as { location?: unknown; dims?: unknown };
  if (dims !== undefined) {
    const shape = sizesOf(dims);
    if (shape === undefined) return undefined;
    const { type } = value as { type?: unknown };
    return { shape, type: typeName(type) ?? (isHere(location) ? holderOf(value) : 'tensor') };
  }
  const { width, height, channels } = value as { width?: unknown; height?: unknown; channels?: unknown };
  const shape = sizesOf(channels === undefined ? [height, width] : [height, width, channels]);
  return shape === undefined ? undefined : { shape, type: holderOf(value) };
}

/** The same for what holds numbers itself: typed arrays and buffers. Runs none of the value's code. */
export function bulkShape(value: object): Shape | undefined {
  const name = nameOf.call(value);
  if (name !== undefined) return { shape: [lengthOf.call(value)], type: name };
  if (ArrayBuffer.isView(value)) return { shape: [], type: 'DataView' };
  if (value instanceof ArrayBuffer) return { shape: [value.byteLength], type: 'ArrayBuffer' };
  return undefined;
}

function isHere(location: unknown): boolean {
  return location === undefined || location === 'cpu';
}

function holderOf(value: object): string {
  const { data } = value as { data?: unknown };
  return nameOf.call(data) ?? (Array.isArray(data) ? 'array' : 'unknown');
}

function typeName(type: unknown): string | undefined {
  return typeof type === 'string' && DATA_TYPES.has(type) ? type : undefined;
}

function sizesOf(dims: unknown): number[] | undefined {
  if (!Array.isArray(dims) || dims.length > MAX_RANK) return undefined;
  const sizes: number[] = [];
  for (let i = 0; i < dims.length; i++) {
    const size: unknown = dims[i];
    if (!Number.isSafeInteger(size) || (size as number) < 0) return undefined;
    sizes.push(size as number);
  }
  return sizes;
}
