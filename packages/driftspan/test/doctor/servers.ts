import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer as createHttp, type RequestListener } from 'node:http';
import { createServer as createHttp2 } from 'node:http2';
import { createServer as createHttps } from 'node:https';
import { type AddressInfo, createServer as createTcp, type Server } from 'node:net';
import { fileURLToPath } from 'node:url';
import { afterEach } from 'vitest';
import type { Surroundings } from '../../src/doctor/check.js';

const fixture = (name: string) => new URL(`./fixtures/${name}`, import.meta.url);
/** A CA that the test server's certificate is signed by: itself. */
export const CERTIFICATE = fileURLToPath(fixture('localhost.pem'));

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map(close => close()));
});

/** Listens at a free port until the end of the test. */
async function listening(server: Server): Promise<number> {
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', socket => sockets.add(socket));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(async () => {
    for (const socket of sockets) socket.destroy();
    server.close();
    await once(server, 'close');
  });
  return (server.address() as AddressInfo).port;
}

export async function httpServer(answer: RequestListener): Promise<string> {
  return `http://127.0.0.1:${await listening(createHttp(answer))}`;
}

export async function httpsServer(answer: RequestListener): Promise<string> {
  const key = readFileSync(fixture('localhost.key'));
  const cert = readFileSync(fixture('localhost.pem'));
  return `https://127.0.0.1:${await listening(createHttps({ key, cert }, answer))}`;
}

export async function http2Server(): Promise<string> {
  const server = createHttp2();
  server.on('sessionError', () => {});
  return `http://127.0.0.1:${await listening(server)}`;
}

/** Takes connections and says nothing. */
export async function silentServer(): Promise<string> {
  const server = createTcp(socket => {
    socket.on('error', () => {});
  });
  return `http://127.0.0.1:${await listening(server)}`;
}

/** A port at which nothing listens: one that was free a moment ago. */
export async function deadUrl(): Promise<string> {
  const server = createTcp().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}`;
}

export function surroundings(more: Partial<Surroundings> = {}): Surroundings {
  return { cwd: process.cwd(), env: {}, timeoutMs: 20_000, signal: new AbortController().signal, ...more };
}
