import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { FleetResult } from '@driftspan/example-fleet/run-fleet';
import { expect, onTestFinished, test } from 'vitest';

const EXAMPLE = fileURLToPath(new URL('../../examples/fleet', import.meta.url));
const COMMAND = ['--import', 'tsx', '--conditions', '@driftspan/source', 'src/main.ts'];

test('the example starts everything, asks Prometheus, prints one document and ends', async () => {
  const args = [...COMMAND, '--for', '20s', '--json'];
  const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: EXAMPLE });
  const { flights, status, queries } = JSON.parse(stdout) as FleetResult;
  expect(flights).toBeGreaterThan(1_000);
  expect(status.replicas).toBe(8);
  expect(status.n).toBeGreaterThan(1_000);
  // Twelve inputs, label and confidence.
  expect(status.features).toHaveLength(14);
  expect(status.level).toBe(3);
  expect(queries.filter(({ answer }) => answer.length === 0)).toEqual([]);
});

test('Ctrl-C ends the replicas without a Collector too, and the example with them', async () => {
  const child = spawn(process.execPath, [...COMMAND, '--direct'], { cwd: EXAMPLE, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  const started = new Promise<void>(resolve => {
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.includes('/metrics')) resolve();
    });
  });
  const ended = once(child, 'close');
  await Promise.race([started, ended]);
  const page = /http:\/\/127\.0\.0\.1:\d+\/metrics/.exec(output)![0];
  expect((await fetch(page)).status).toBe(200);
  child.kill('SIGINT');
  expect(await ended).toEqual([0, null]);
  expect(output).toMatch(/flights in \d+ s\. Everything is stopped\.\n$/);
  await expect(fetch(page)).rejects.toThrow();
});
