import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { MAX_CATEGORY_LENGTH } from '../baseline/limits.js';
import { isWellFormed } from '../well-formed.js';
import { sensitiveKeyBytes } from './key.js';

/** 128 of the 256 bits: of 2^32 categories two would be taken for one with a chance of 2^-65. */
const HASH_BYTES = 16;
/** A category as the baseline of a sensitive feature has it: 32 hex digits. */
const CATEGORY_HASH = /^[0-9a-f]{32}$/;

/** How the baseline of a sensitive feature has a category. */
export type CategoryHash = (category: string) => string;

/**
 * The function that gives a category as the baseline of a sensitive feature has it: the first 32 hex digits of HMAC-SHA256 of its UTF-8
 * bytes under the key. Of a text that is never a category by itself (over 256 characters, or half a surrogate pair) it gives ''. The
 * key is read once; later changes to its bytes have no effect.
 *
 * Whoever has the key can try categories out; without it a hash says only where it stands again, also in another feature.
 * Cost: 5 µs, 7 µs for 256 characters; whoever counts with it remembers what it gave.
 *
 * @throws SketchError `ERR_MODEL` for a key of less than 16 bytes, or one that is no text or bytes.
 */
export function sensitiveCategory(key: string | Uint8Array): CategoryHash {
  // The key's own two blocks are hashed here, once.
  const keyed = hmac.create(sha256, sensitiveKeyBytes(key));
  return category => {
    if (category.length > MAX_CATEGORY_LENGTH || !isWellFormed(category)) return '';
    return bytesToHex(keyed.clone().update(utf8ToBytes(category)).digest().subarray(0, HASH_BYTES));
  };
}

export function isCategoryHash(text: string): boolean {
  return CATEGORY_HASH.test(text);
}
