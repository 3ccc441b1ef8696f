import { SketchError, shown } from '../errors.js';

/**
 * How many values a level should hold before it is compacted, and all of them together. `k` is the room of the top level; each
 * level below has 2/3 of the room of the one above it, because a mistake there weighs half as much (Karnin, Lang and Liberty 2016).
 */

/** Below this the smallest levels are all there is. */
export const MIN_KLL_K = 64;
/** 1.6 MB a sketch. */
export const MAX_KLL_K = 65_536;
/**
 * 200 KB a sketch, exact up to 25,144 values. After that a G test of 10,000 values over 16 bins gains 0.01 to 0.1, where 15 is
 * expected by chance: the baseline's own error is far larger. See {@link kllRankError}; windows of 100,000 deserve four times it.
 */
export const DEFAULT_KLL_K = 8192;

/** Weights and counts stay exact far beyond any stream: 2^52 values more, one at a time, still count below 2^53. */
export const MAX_KLL_COUNT = 2 ** 52;
/** Level h holds values of weight 2^h, and no more than 2^52 values are counted. */
export const MAX_KLL_LEVELS = 53;
/** Of the lowest levels: with 8 they are compacted for every few values, at k = 256 in 60 to 95 ns each, with 16 in 48. */
const SMALLEST_ROOM = 16;

/**
 * Room of each level by its depth below the top, {@link MAX_KLL_LEVELS} of them. In whole numbers, so that every machine compacts
 * at the same moments.
 */
export function kllRooms(k: number): Uint32Array {
  const rooms = new Uint32Array(MAX_KLL_LEVELS);
  let room = k;
  for (let depth = 0; depth < MAX_KLL_LEVELS; depth++) {
    rooms[depth] = room;
    room = Math.max(SMALLEST_ROOM, Math.ceil((2 * room) / 3));
  }
  return rooms;
}

/**
 * How many values a sketch keeps at most, about 3 k: the room of every level there can be. So when that many are kept, at least
 * one level is at its room and can be compacted.
 */
export function kllCapacity(k: number): number {
  return kllRooms(k).reduce((sum, room) => sum + room, 0);
}

/** @throws SketchError `ERR_SKETCH_K` unless `k` is a whole number from 64 to 65,536. */
export function checkKllK(k: number): void {
  if (Number.isInteger(k) && k >= MIN_KLL_K && k <= MAX_KLL_K) return;
  throw new SketchError('ERR_SKETCH_K', 'k', shown(k), `a whole number from ${MIN_KLL_K} to ${MAX_KLL_K}`);
}
