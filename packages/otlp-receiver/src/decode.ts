import type { Messages } from './messages.js';
import { readJson } from './read-json.js';
import { REQUEST_TYPES, type Signal } from './schema.js';

/** The two encodings of OTLP/HTTP; an answer goes back in the one the request came in. */
export type Encoding = 'json' | 'protobuf';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Decodes one export request. Both encodings give the same plain object, see `messages.ts`.
 *
 * @throws Error saying why the body is not such a request: invalid UTF-8 or JSON, a field of the wrong type,
 * a truncated or malformed protobuf message, or nesting deeper than 100 messages.
 */
export function decode<S extends Signal>(signal: S, encoding: Encoding, body: Uint8Array): Messages[S] {
  const type = REQUEST_TYPES[signal];
  const message =
    encoding === 'json'
      ? readJson(type, JSON.parse(utf8.decode(body)))
      : type.toObject(type.decode(body), { longs: BigInt });
  return message as Messages[S];
}
