import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { SketchError } from '../errors.js';
import { isWellFormed } from '../well-formed.js';

/** Under this a key could be guessed, and with it every category whose hash is known. */
export const MIN_KEY_BYTES = 16;
/** What a key accepts, in words. */
const KEY_RULE = `a text or bytes, ${MIN_KEY_BYTES} bytes or more`;
const KEY_ID_MESSAGE = utf8ToBytes('driftspan sensitive key');
const KEY_ID_BYTES = 8;

/**
 * The bytes of a key: a text's are its UTF-8.
 *
 * @throws SketchError `ERR_MODEL` for what is no text or bytes, for half a surrogate pair and for less than 16 bytes. It tells of the key
 * nothing but its type and size.
 */
export function sensitiveKeyBytes(key: unknown): Uint8Array {
  if (!(typeof key === 'string' || key instanceof Uint8Array)) throw refused(`a value of type ${typeof key}`);
  if (typeof key === 'string' && !isWellFormed(key)) throw refused('half a surrogate pair');
  const bytes = typeof key === 'string' ? utf8ToBytes(key) : key;
  if (bytes.length < MIN_KEY_BYTES) throw refused(`${bytes.length} bytes`);
  return bytes;
}

function refused(met: string): SketchError {
  return new SketchError('ERR_MODEL', 'model.sensitiveKey', met, KEY_RULE);
}

/**
 * What a baseline says of the key of its categories, so that another one is refused: the first 16 hex digits of HMAC-SHA256 of
 * `driftspan sensitive key` under it.
 *
 * @throws SketchError `ERR_MODEL` for what is no key.
 */
export function sensitiveKeyId(key: string | Uint8Array): string {
  return bytesToHex(hmac(sha256, sensitiveKeyBytes(key), KEY_ID_MESSAGE).subarray(0, KEY_ID_BYTES));
}
