import { SketchError, shown } from '../errors.js';
import { kllCapacity, MAX_KLL_COUNT, MAX_KLL_K, MAX_KLL_LEVELS, MIN_KLL_K } from './kll-capacity.js';

/** All that a sketch is. */
export interface KllState {
  readonly k: number;
  readonly count: number;
  /** 0 in an empty sketch, as is `max`. */
  readonly min: number;
  readonly max: number;
  /** 32 bits. */
  readonly coin: number;
  /** By level 0, 1 or 2; {@link MAX_KLL_LEVELS} of them. */
  readonly owed: Uint8Array;
  /** Ascending each, the lowest level first. */
  readonly levels: readonly Float64Array[];
}

/*
 * Version 1, little-endian. Every number is written in one way only, so equal sketches have equal bytes.
 *
 *   at        bytes
 *   0         4      "DKLL"
 *   4         1      version: 1
 *   5         1      flags: 0, none has a meaning yet
 *   6         1      L, the number of levels: 1 … 53
 *   7         1      0
 *   8         4      k: 64 … 65,536
 *   12        4      state of the coin: any
 *   16        8      count, a double: 0 … 2^52, whole
 *   24        8      min, a double; 0 in an empty sketch
 *   32        8      max, a double; 0 in an empty sketch
 *   40        8 L    for each level, the lowest first: how many values (4 bytes), the coin it owes (4 bytes: 0, 1 or 2)
 *   40 + 8 L  8 each the values, doubles: level by level, ascending within each
 */
const MAGIC = 0x4c4c4b44;
const VERSION = 1;
const HEADER_BYTES = 40;
const LEVEL_BYTES = 8;

export function kllToBytes(state: KllState): Uint8Array<ArrayBuffer> {
  const { levels } = state;
  const kept = levels.reduce((sum, run) => sum + run.length, 0);
  let at = HEADER_BYTES + LEVEL_BYTES * levels.length;
  const bytes = new Uint8Array(at + 8 * kept);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, MAGIC, true);
  view.setUint8(4, VERSION);
  view.setUint8(6, levels.length);
  view.setUint32(8, state.k, true);
  view.setUint32(12, state.coin, true);
  view.setFloat64(16, state.count, true);
  view.setFloat64(24, state.min, true);
  view.setFloat64(32, state.max, true);
  levels.forEach((run, level) => {
    view.setUint32(HEADER_BYTES + LEVEL_BYTES * level, run.length, true);
    view.setUint32(HEADER_BYTES + LEVEL_BYTES * level + 4, state.owed[level]!, true);
    for (const value of run) {
      view.setFloat64(at, value, true);
      at += 8;
    }
  });
  return bytes;
}

/**
 * Reads what {@link kllToBytes} wrote, checking each field before the work that it bounds: memory and time stay within a few times
 * the length of `bytes`. What is accepted is written again byte for byte.
 *
 * @throws SketchError `ERR_SKETCH_BYTES`
 */
export function kllFromBytes(bytes: Uint8Array): KllState {
  if (!(bytes instanceof Uint8Array)) refuse('bytes', shown(bytes), 'a Uint8Array');
  if (bytes.length < HEADER_BYTES + LEVEL_BYTES) {
    refuse('bytes', `${bytes.length} bytes`, `at least ${HEADER_BYTES + LEVEL_BYTES}`);
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== MAGIC) refuse('magic', shown(view.getUint32(0, true)), '"DKLL"');
  if (view.getUint8(4) !== VERSION) refuse('version', shown(view.getUint8(4)), String(VERSION));
  if (view.getUint8(5) !== 0) refuse('flags', shown(view.getUint8(5)), '0');
  if (view.getUint8(7) !== 0) refuse('padding', shown(view.getUint8(7)), '0');
  const k = view.getUint32(8, true);
  if (k < MIN_KLL_K || k > MAX_KLL_K) refuse('k', shown(k), `from ${MIN_KLL_K} to ${MAX_KLL_K}`);
  const { sizes, owed } = readSizes(view, k);
  const count = checkedCount(view.getFloat64(16, true), sizes);
  const min = view.getFloat64(24, true);
  const max = view.getFloat64(32, true);
  checkEnds(min, max, count);
  const levels = readLevels(view, sizes, min, max);
  // A single level has lost nothing.
  if (sizes.length === 1 && count > 0 && (levels[0]![0] !== min || levels[0]!.at(-1) !== max)) {
    refuse('min and max', 'others', 'the first and the last of the values kept');
  }
  return { k, count, min, max, coin: view.getUint32(12, true), owed, levels };
}

function readSizes(view: DataView, k: number): { sizes: Uint32Array; owed: Uint8Array } {
  const levels = view.getUint8(6);
  if (levels < 1 || levels > MAX_KLL_LEVELS) refuse('levels', shown(levels), `from 1 to ${MAX_KLL_LEVELS}`);
  if (view.byteLength < HEADER_BYTES + LEVEL_BYTES * levels) {
    refuse('bytes', `${view.byteLength} bytes`, `the sizes of ${levels} levels`);
  }
  const sizes = new Uint32Array(levels);
  const owed = new Uint8Array(MAX_KLL_LEVELS);
  let kept = 0;
  for (let level = 0; level < levels; level++) {
    const at = HEADER_BYTES + LEVEL_BYTES * level;
    sizes[level] = view.getUint32(at, true);
    kept += sizes[level]!;
    const coin = view.getUint32(at + 4, true);
    if (coin > 2) refuse(`owed[${level}]`, shown(coin), '0, 1 or 2');
    owed[level] = coin;
  }
  if (kept > kllCapacity(k)) refuse('sizes', `${kept} values`, `at most ${kllCapacity(k)} with k = ${k}`);
  const length = HEADER_BYTES + LEVEL_BYTES * levels + 8 * kept;
  if (view.byteLength !== length) refuse('bytes', `${view.byteLength} bytes`, String(length));
  if (levels > 1 && sizes[levels - 1] === 0) refuse(`sizes[${levels - 1}]`, '0', 'a top level with values');
  return { sizes, owed };
}

function checkedCount(count: number, sizes: Uint32Array): number {
  if (!(Number.isInteger(count) && count >= 0 && count <= MAX_KLL_COUNT) || Object.is(count, -0)) {
    refuse('count', shown(count), 'a whole number from 0 to 2^52');
  }
  // Each term is exact, and a sum that had to be rounded is over 2^53 and so over any count.
  const weight = sizes.reduce((sum, size, level) => sum + size * 2 ** level, 0);
  if (weight !== count) refuse('count', shown(count), `${weight}, the weight of the values kept`);
  return count;
}

function checkEnds(min: number, max: number, count: number): void {
  if (count === 0) {
    if (!Object.is(min, 0) || !Object.is(max, 0)) refuse('min and max', 'others', '0 in an empty sketch');
  } else if (!(isPlain(min) && isPlain(max) && min <= max)) {
    refuse('min and max', 'others', 'finite doubles that rise, -0 as 0');
  }
}

function readLevels(view: DataView, sizes: Uint32Array, min: number, max: number): Float64Array[] {
  let at = HEADER_BYTES + LEVEL_BYTES * sizes.length;
  return Array.from(sizes, (size, level) => {
    const values = new Float64Array(size);
    for (let i = 0; i < size; i++, at += 8) {
      const value = view.getFloat64(at, true);
      const lowest = i === 0 ? min : values[i - 1]!;
      if (!(value >= lowest && value <= max && isPlain(value))) {
        refuse(`levels[${level}][${i}]`, 'another', 'a double between min and max, not below the one before it');
      }
      values[i] = value;
    }
    return values;
  });
}

/** Finite and not -0. */
function isPlain(value: number): boolean {
  return Number.isFinite(value) && !Object.is(value, -0);
}

function refuse(where: string, met: string, expected: string): never {
  throw new SketchError('ERR_SKETCH_BYTES', where, met, expected);
}
