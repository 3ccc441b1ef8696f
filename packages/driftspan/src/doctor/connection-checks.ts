import { lookup } from 'node:dns/promises';
import { connect, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { duration } from '../terminal/words.js';
import { type Check, failed, ok, type Surroundings } from './check.js';
import type { Endpoint } from './endpoint.js';
import { redactedUrl } from './known-variables.js';

/** Whether the name resolves, something listens, and TLS holds; the first that does not is the last that is told. */
export async function connectionChecks(endpoint: Endpoint, surroundings: Surroundings): Promise<readonly Check[]> {
  const { url, named, protocol } = endpoint;
  const where = `${redactedUrl(url.href)} (${protocol}, from ${named})`;
  // An IPv6 address stands in brackets.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  try {
    await inTime(lookup(host), surroundings);
  } catch {
    return [
      failed('endpoint', `${where}: the name ${host} does not resolve`, 'check the name, and the DNS of this machine'),
    ];
  }
  try {
    const startedMs = performance.now();
    await opened(connect({ host, port }), 'connect', surroundings);
    const tookMs = performance.now() - startedMs;
    const connected = ok('endpoint', `${where}: connected in ${duration(tookMs)}`);
    return url.protocol === 'https:' ? [connected, await tlsCheck(host, port, endpoint, surroundings)] : [connected];
  } catch (error) {
    return [failed('endpoint', `${where}: ${connectWords(error)}`, connectAdvice(error, port))];
  }
}

async function tlsCheck(host: string, port: number, { tls }: Endpoint, surroundings: Surroundings): Promise<Check> {
  try {
    const socket = connectTls({ host, port, ...(isName(host) ? { servername: host } : {}), ...tls });
    await opened(socket, 'secureConnect', surroundings);
    return ok('TLS', `the certificate of ${host} is trusted`);
  } catch (error) {
    const code = codeOf(error);
    if (code === 'EPROTO' || code.startsWith('ERR_SSL') || code === 'ECONNRESET') {
      return failed(
        'TLS',
        `${host}:${port} does not speak TLS (${code})`,
        'use http:// where the server has no certificate',
      );
    }
    if (code === 'ETIMEDOUT')
      return failed(
        'TLS',
        `no TLS handshake within ${duration(surroundings.timeoutMs)}`,
        'a proxy may stand between; --timeout gives it longer',
      );
    return failed(
      'TLS',
      `the certificate of ${host} is not trusted (${code})`,
      'give its CA by OTEL_EXPORTER_OTLP_CERTIFICATE, or by NODE_EXTRA_CA_CERTS',
    );
  }
}

/** A resolver that is not there is waited for longer than anybody wants to. */
async function inTime(work: Promise<unknown>, { timeoutMs, signal }: Surroundings): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(reject, timeoutMs);
    signal.addEventListener('abort', reject, { once: true });
  });
  await Promise.race([work, late]).finally(() => clearTimeout(timer));
}

/** Resolves at `event`, in time; the socket is closed either way. */
function opened(
  socket: Socket,
  event: 'connect' | 'secureConnect',
  { timeoutMs, signal }: Surroundings,
): Promise<void> {
  return new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(Object.assign(new Error('timeout'), { code: 'ETIMEDOUT' })), timeoutMs);
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    socket.once(event, resolve);
    socket.once('error', reject);
    socket.once('close', () => {
      clearTimeout(timer);
      reject(Object.assign(new Error('closed'), { code: 'ECONNRESET' }));
    });
  }).finally(() => socket.destroy());
}

function isName(host: string): boolean {
  return !/^[\d.]+$|:/.test(host);
}

function connectWords(error: unknown): string {
  const code = codeOf(error);
  if (code === 'ECONNREFUSED') return 'nothing listens there';
  if (code === 'ETIMEDOUT') return 'no connection in time';
  return `no connection (${code})`;
}

function connectAdvice(error: unknown, port: number): string {
  const grpc = port === 4318 ? '' : ' The usual port of OTLP/HTTP is 4318, of gRPC 4317.';
  if (codeOf(error) === 'ECONNREFUSED')
    return `start the collector, or set OTEL_EXPORTER_OTLP_ENDPOINT to where it is.${grpc}`;
  return 'a firewall or a network policy may drop it';
}

/** Attempts at several addresses fail together. */
function codeOf(error: unknown): string {
  const first = error instanceof AggregateError ? error.errors[0] : error;
  const { code, message } = first as NodeJS.ErrnoException;
  return code ?? message ?? String(first);
}
