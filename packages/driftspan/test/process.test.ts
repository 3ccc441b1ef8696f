import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { plainEnvironment, runCommand } from './run-command.js';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** Takes connections and never says a word. */
async function silentServer(): Promise<{ readonly url: string; readonly connected: Promise<unknown> }> {
  const server = createServer(socket => {
    socket.on('error', () => {});
    closing.push(() => socket.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => server.close());
  // The first connection is a check that something listens; the second asks.
  const connected = new Promise<void>(resolve => {
    let connections = 0;
    server.on('connection', () => {
      connections++;
      if (connections === 2) resolve();
    });
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, connected };
}

it('the process ends with the status of the run, without colours where there is no terminal', async () => {
  const { status, stdout, stderr } = await runCommand(['inspect', 'nowhere.json']);
  expect(status).toBe(2);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/^error: nowhere\.json: .* \(ERR_BASELINE_FILE\)\n$/);
});

it('a fault that nobody caught ends with 2: 1 would be drift', async () => {
  const late = "process.once('beforeExit', () => { throw new Error('late') })";
  const { status, stderr } = await runCommand(['--version'], {
    env: { NODE_OPTIONS: `--import="data:text/javascript,${encodeURIComponent(late)}"` },
  });
  expect(stderr).toContain('Error: late');
  expect(status).toBe(2);
});

it('FORCE_COLOR colours what goes to a pipe', async () => {
  const { stderr } = await runCommand(['inspect', 'nowhere.json'], { env: { FORCE_COLOR: '1' } });
  expect(stderr).toContain('\u001b[');
});

it('a reader that goes away is no error, and the status remains that of the work', async () => {
  // `true` has long ended when the first byte is written.
  expect(await inShell('set -o pipefail; driftspan rules | true')).toEqual({ status: 0, stderr: '' });
  // In an empty folder no API is installed, which fails; it writes a line a check.
  const examined = await inShell(
    'set -o pipefail; cd "$(mktemp -d)" && driftspan doctor --endpoint http://127.0.0.1:1 | true',
  );
  expect(examined).toEqual({ status: 1, stderr: '' });
});

it('SIGINT cancels what hangs, with 130', async () => {
  const { url, connected } = await silentServer();
  const interrupt = new AbortController();
  const running = runCommand(['doctor', '--endpoint', url, '--timeout', '60'], { interrupt: interrupt.signal });
  await connected;
  interrupt.abort();
  const { status, stderr } = await running;
  expect(stderr).toBe('cancelled\n');
  expect(status).toBe(130);
});

/** In bash, with `driftspan` as a function that runs it from source. */
async function inShell(line: string): Promise<{ readonly status: number; readonly stderr: string }> {
  const bin = new URL('../src/bin.ts', import.meta.url).pathname;
  const command = `driftspan() { "${process.execPath}" --import "${import.meta.resolve('tsx')}" -C @driftspan/source "${bin}" "$@"; }; ${line}`;
  const child = spawn('bash', ['-c', command], { env: plainEnvironment(), stdio: ['ignore', 'ignore', 'pipe'] });
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text;
  });
  const [status] = (await once(child, 'close')) as [number];
  return { status, stderr };
}
