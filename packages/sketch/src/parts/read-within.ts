import { SketchError } from '../errors.js';

/**
 * Whatever `read` gives. What a check in it refuses is refused as `ERR_PART_BYTES` at a place within `where`: whatever that check was
 * made for, here it is the bytes of a part that are at fault. Without a cause: a decoder's would quote what it read.
 */
export function readWithin<T>(where: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SketchError)) throw error;
    throw new SketchError('ERR_PART_BYTES', `${where}.${error.where}`, error.met, error.expected);
  }
}
