import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { Surroundings } from './check.js';
import type { Endpoint } from './endpoint.js';

export interface Answer {
  readonly status: number;
  readonly body: string;
  /** Of the answer's `Date`, ms; undefined without one. */
  readonly serverMs: number | undefined;
  /** Our clock halfway between request and answer. */
  readonly ourMs: number;
}

/** A body that nobody needs to see the end of. */
const MOST_BODY = 16_384;

/** POSTs OTLP/JSON. Rejects with the system's error, or with code `ETIMEDOUT` where it takes longer than it may. */
export function post(
  { url, headers, tls }: Endpoint,
  body: string,
  { timeoutMs, signal }: Surroundings,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sentMs = Date.now();
    const begin = url.protocol === 'https:' ? requestHttps : requestHttp;
    const request = begin(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
      // A connection of its own, closed afterwards: nothing may keep the process alive.
      agent: false,
      signal,
      ...tls,
    });
    const timer = setTimeout(() => {
      request.destroy(Object.assign(new Error('no answer in time'), { code: 'ETIMEDOUT' }));
    }, timeoutMs);
    request.on('error', reject);
    request.on('close', () => clearTimeout(timer));
    request.on('response', response => {
      const ourMs = (sentMs + Date.now()) / 2;
      const serverMs = Date.parse(response.headers.date ?? '');
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (part: string) => {
        text = (text + part).slice(0, MOST_BODY);
      });
      response.on('error', reject);
      response.on('end', () => {
        const status = response.statusCode ?? 0;
        resolve({ status, body: text, ourMs, serverMs: Number.isNaN(serverMs) ? undefined : serverMs });
      });
    });
    request.end(body);
  });
}
