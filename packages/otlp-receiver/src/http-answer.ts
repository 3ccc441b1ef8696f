import type { ServerResponse } from 'node:http';
import type { Encoding } from './decode.js';
import { RPC_STATUS_TYPE } from './schema.js';

export const MEDIA_TYPES: Readonly<Record<Encoding, string>> = {
  json: 'application/json',
  protobuf: 'application/x-protobuf',
};

/** google.rpc.Code for an HTTP status; UNKNOWN (2) for any other. */
const RPC_CODES: Readonly<Record<number, number>> = {
  400: 3, // INVALID_ARGUMENT
  401: 16, // UNAUTHENTICATED
  403: 7, // PERMISSION_DENIED
  404: 5, // NOT_FOUND
  405: 12, // UNIMPLEMENTED
  413: 8, // RESOURCE_EXHAUSTED
  415: 3, // INVALID_ARGUMENT
  429: 8, // RESOURCE_EXHAUSTED
  500: 13, // INTERNAL
  502: 14, // UNAVAILABLE
  503: 14, // UNAVAILABLE
  504: 4, // DEADLINE_EXCEEDED
};

type Headers = Readonly<Record<string, string>>;

/** Full success: an Export…ServiceResponse with no field set, which is `{}` in JSON and zero bytes in protobuf. */
export function answerAccepted(
  response: ServerResponse,
  encoding: Encoding,
  status = 200,
  headers: Headers = {},
): void {
  send(response, status, encoding, encoding === 'json' ? '{}' : new Uint8Array(), headers);
}

/** A `google.rpc.Status` in the encoding of the request. */
export function answerRefused(
  response: ServerResponse,
  encoding: Encoding,
  status: number,
  message: string,
  headers: Headers = {},
): void {
  const body = { code: RPC_CODES[status] ?? 2, message };
  send(
    response,
    status,
    encoding,
    encoding === 'json' ? JSON.stringify(body) : RPC_STATUS_TYPE.encode(body).finish(),
    headers,
  );
}

function send(
  response: ServerResponse,
  status: number,
  encoding: Encoding,
  body: string | Uint8Array,
  headers: Headers,
): void {
  response.writeHead(status, {
    ...headers,
    'content-type': MEDIA_TYPES[encoding],
    'content-length': Buffer.byteLength(body),
  });
  response.end(body);
}
