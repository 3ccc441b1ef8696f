import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { decode, type Encoding } from './decode.js';
import { answerAccepted, answerRefused, MEDIA_TYPES } from './http-answer.js';
import { contentEncodingOf, readBody } from './http-body.js';
import { HttpRefusal } from './http-refusal.js';
import type { Messages } from './messages.js';
import type { Signal } from './schema.js';

const SIGNALS: ReadonlyMap<string, Signal> = new Map([
  ['/v1/traces', 'traces'],
  ['/v1/metrics', 'metrics'],
  ['/v1/logs', 'logs'],
]);

/** What is known of an accepted request besides its content. */
export interface ReceivedRequest {
  readonly path: string;
  readonly contentType: string;
  readonly encoding: 'gzip' | 'identity';
  /** Length of the body as sent, before decompression. */
  readonly bytes: number;
  readonly headers: IncomingHttpHeaders;
}

/** How the receiver answers instead of accepting; see `Receiver.respondWith`. */
export interface AnswerMode {
  readonly status: number | undefined;
  readonly delayMs: number;
  readonly retryAfterSeconds: number | undefined;
}

/** What stands behind the endpoint. */
export interface EndpointOwner {
  readonly maxBodyBytes: number;
  answerMode(): AnswerMode;
  /** Called before the answer goes out: what a client knows to be accepted is already recorded. */
  accept<S extends Signal>(signal: S, message: Messages[S], request: ReceivedRequest): void;
  /** Called once for each request that the answer mode turned away. */
  turnAway(): void;
}

/** The request listener of an OTLP/HTTP server: three paths, two encodings, gzip; every refusal is a `google.rpc.Status`. */
export function otlpEndpoint(owner: EndpointOwner): RequestListener {
  return (request, response) => {
    handle(owner, request, response).catch((error: unknown) => {
      if (!(error instanceof HttpRefusal)) throw error;
      // A content type that is neither of the two is told so in JSON.
      answerRefused(response, encodingOf(request) ?? 'json', error.status, error.message, error.headers);
    });
  };
}

async function handle(owner: EndpointOwner, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '').split('?', 1)[0] ?? '';
  const signal = SIGNALS.get(path);
  if (signal === undefined) throw new HttpRefusal(404, `no such path: ${path}`);
  if (request.method !== 'POST') throw new HttpRefusal(405, `${path} takes POST only`, { allow: 'POST' });
  const encoding = encodingOf(request);
  if (encoding === undefined) {
    throw new HttpRefusal(415, `content-type must be ${MEDIA_TYPES.json} or ${MEDIA_TYPES.protobuf}`);
  }
  const { content, wireBytes } = await readBody(request, owner.maxBodyBytes);

  const mode = owner.answerMode();
  if (mode.delayMs > 0 && !(await waited(mode.delayMs, response))) return;
  if (mode.status !== undefined) {
    owner.turnAway();
    const headers: Record<string, string> =
      mode.retryAfterSeconds === undefined ? {} : { 'retry-after': String(mode.retryAfterSeconds) };
    if (mode.status < 300) answerAccepted(response, encoding, mode.status, headers);
    else answerRefused(response, encoding, mode.status, `told to answer ${mode.status}`, headers);
    return;
  }

  owner.accept(signal, decodeOrRefuse(signal, encoding, content), {
    path,
    contentType: request.headers['content-type'] ?? '',
    encoding: contentEncodingOf(request),
    bytes: wireBytes,
    headers: request.headers,
  });
  answerAccepted(response, encoding);
}

function encodingOf(request: IncomingMessage): Encoding | undefined {
  const mediaType = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (mediaType === MEDIA_TYPES.json) return 'json';
  return mediaType === MEDIA_TYPES.protobuf ? 'protobuf' : undefined;
}

function decodeOrRefuse<S extends Signal>(signal: S, encoding: Encoding, content: Uint8Array): Messages[S] {
  try {
    return decode(signal, encoding, content);
  } catch (error) {
    throw new HttpRefusal(
      400,
      `not a valid ${signal} request: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** Whether the client was still there after `delayMs`. */
async function waited(delayMs: number, response: ServerResponse): Promise<boolean> {
  const gone = new AbortController();
  const abort = (): void => gone.abort();
  response.once('close', abort);
  try {
    await delay(delayMs, undefined, { signal: gone.signal });
  } catch {
    return false; // The only rejection of a timer: the client left, or the receiver closed.
  } finally {
    response.removeListener('close', abort);
  }
  return true;
}
