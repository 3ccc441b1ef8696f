import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { MAX_LOG_LENGTH } from '../src/bounded-log.js';
import { freePort, portFor, retryOnTakenPort } from '../src/free-port.js';
import { fetchText } from '../src/http.js';
import { ServerProcess } from '../src/server-process.js';

/** A server in Node that runs this text. */
async function started(text: string, folder?: string): Promise<ServerProcess> {
  const server = await ServerProcess.start('the server', process.execPath, ['-e', text], folder);
  onTestFinished(() => server.kill());
  return server;
}

function temporary(): string {
  return mkdtempSync(join(tmpdir(), 'driftspan-server-'));
}

function lives(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

test('it is ready when it answers, and gone with its folder when it was stopped', async () => {
  const [port, folder] = [await freePort(), temporary()];
  const listening = `require('node:http').createServer((q, r) => r.end('here')).listen(${port}, '127.0.0.1')`;
  const server = await started(listening, folder);
  let answer = '';
  await server.ready(async () => {
    answer = await fetchText(`http://127.0.0.1:${port}/`);
  });
  expect(answer).toBe('here');
  expect(server.running).toBe(true);
  await Promise.all([server.stop(), server.stop()]);
  expect(server.running).toBe(false);
  expect(existsSync(folder)).toBe(false);
});

test('stop asks first, and kill does not', async () => {
  const polite = `process.on('SIGTERM', () => { console.log('bye'); process.exit() }); console.log('up'); setInterval(() => {}, 1000)`;
  for (const [end, output] of [
    ['stop', 'up\nbye\n'],
    ['kill', 'up\n'],
  ] as const) {
    const server = await started(polite);
    await vi.waitFor(() => expect(server.log()).toBe('up\n'), 30_000);
    await server[end]();
    expect(server.log()).toBe(output);
    expect(lives(server.pid)).toBe(false);
  }
});

test('one that ends instead of listening is told with what it said', async () => {
  const folder = temporary();
  const server = await started(`console.error('bind: address already in use'); process.exit(1)`, folder);
  const ready = server.ready(() => Promise.reject(new Error('nothing listens')));
  await expect(ready).rejects.toThrow(/address already in use[\s\S]*ERR_SERVER_START/);
  expect(existsSync(folder)).toBe(false);
});

test('a file that is no program is told, and leaves no folder', async () => {
  const folder = temporary();
  const start = ServerProcess.start('the server', '/nowhere/prometheus', [], folder);
  await expect(start).rejects.toMatchObject({ code: 'ERR_SERVER_START', name: 'ServerError' });
  expect(existsSync(folder)).toBe(false);
});

test('the newest output is kept, and no more than that', async () => {
  const server = await started(
    `process.stdout.write('a'.repeat(${5 * MAX_LOG_LENGTH}) + 'the end'); setInterval(() => {}, 1000)`,
  );
  await vi.waitFor(() => expect(server.log().endsWith('the end')).toBe(true), 30_000);
  expect(server.log()).toHaveLength(MAX_LOG_LENGTH);
});

test('a server does not outlive a parent that was killed, and neither does its folder', async () => {
  const [port, folder] = [await freePort(), temporary()];
  const script = fileURLToPath(new URL('fixtures/parent.ts', import.meta.url));
  const parent = spawn(process.execPath, ['--import', 'tsx', script, folder, String(port)], { stdio: 'inherit' });
  onTestFinished(() => void parent.kill('SIGKILL'));
  const url = `http://127.0.0.1:${port}/`;
  await vi.waitFor(() => fetchText(url), 30_000);
  parent.kill('SIGKILL');
  await vi.waitFor(() => expect(fetchText(url)).rejects.toThrow('fetch failed'), 30_000);
  await vi.waitFor(() => expect(existsSync(folder)).toBe(false), 30_000);
});

test('a port that was asked for is refused while something listens there', async () => {
  expect(await portFor(undefined)).toBeGreaterThan(0);
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  await expect(portFor(port)).rejects.toMatchObject({ code: 'ERR_SERVER_START', met: 'address already in use' });
  server.close();
  await once(server, 'close');
  expect(await portFor(port)).toBe(port);
});

test('another port is tried where one was taken meanwhile, unless it was asked for', async () => {
  let attempts = 0;
  const taken = async () => {
    attempts++;
    const server = await started(`console.error('listen: address already in use'); process.exit(1)`);
    await server.ready(() => Promise.reject(new Error('nothing listens')));
  };
  await expect(retryOnTakenPort(false, taken)).rejects.toMatchObject({ code: 'ERR_SERVER_START' });
  expect(attempts).toBe(3);
  await expect(retryOnTakenPort(true, taken)).rejects.toMatchObject({ code: 'ERR_SERVER_START' });
  expect(attempts).toBe(4);
});

test('an answer that is no success carries its status and body', async () => {
  const port = await freePort();
  const refusing = `require('node:http').createServer((q, r) => r.writeHead(400).end('bad query')).listen(${port}, '127.0.0.1')`;
  const server = await started(refusing);
  // Until it listens the system's own error comes.
  await vi.waitFor(async () => {
    const error = await fetchText(`http://127.0.0.1:${port}/`).catch((met: unknown) => met);
    expect(error).toMatchObject({ code: 'ERR_SERVER_ANSWER', met: '400: bad query' });
  }, 30_000);
  await server.stop();
});
