import type { IncomingMessage } from 'node:http';
import { createGunzip } from 'node:zlib';
import { HttpRefusal } from './http-refusal.js';

export interface HttpBody {
  readonly content: Buffer;
  /** Length as sent, before decompression. */
  readonly wireBytes: number;
}

/** The body's compression. @throws HttpRefusal 415 for one that is neither gzip nor identity. */
export function contentEncodingOf(request: IncomingMessage): 'gzip' | 'identity' {
  const encoding = (request.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'gzip' || encoding === 'identity') return encoding;
  throw new HttpRefusal(415, `content-encoding ${encoding} is not supported: send gzip or identity`);
}

/**
 * Reads the whole body, at most `maxBytes` of it both as sent and decompressed. Decompression stops at the bound,
 * so a gzip bomb costs no more memory than an honest body. What is left of a refused body is read and dropped,
 * which lets the client finish sending and see the answer.
 *
 * @throws HttpRefusal 413 past the bound, 400 for a body that is not gzip although it says so or a connection that broke off.
 */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<HttpBody> {
  const gunzip = contentEncodingOf(request) === 'gzip' ? createGunzip() : undefined;
  const content = gunzip ?? request;
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let wireBytes = 0;
    let contentBytes = 0;

    const refuse = (status: number, message: string): void => {
      chunks.length = 0;
      if (gunzip) {
        request.unpipe(gunzip);
        gunzip.destroy();
      }
      request.removeListener('data', countWire).removeListener('data', keep).resume();
      reject(new HttpRefusal(status, message));
    };
    const countWire = (chunk: Buffer): void => {
      wireBytes += chunk.length;
      if (wireBytes > maxBytes) refuse(413, `the body is longer than ${maxBytes} bytes`);
    };
    const keep = (chunk: Buffer): void => {
      contentBytes += chunk.length;
      if (contentBytes > maxBytes) refuse(413, `the body is longer than ${maxBytes} bytes after decompression`);
      else chunks.push(chunk);
    };

    request.on('data', countWire);
    content.on('data', keep);
    content.on('end', () => resolve({ content: Buffer.concat(chunks, contentBytes), wireBytes }));
    request.on('error', () => refuse(400, 'the connection broke off within the body'));
    if (gunzip) {
      gunzip.on('error', error => refuse(400, `the body is not valid gzip: ${error.message}`));
      request.pipe(gunzip);
    }
  });
}
