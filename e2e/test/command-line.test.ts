import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { findEveryPromtool, type RunningCollector, startCollector } from '@driftspan/servers';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../..', import.meta.url));
const command = join(root, 'packages/driftspan/dist/bin.js');

let folder: string;
let collector: RunningCollector;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'driftspan-e2e-'));
  collector = await startCollector({ file: join(folder, 'out.jsonl') });
});
afterAll(async () => {
  await collector?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Test points that the Collector wrote down. */
const arrived = async () =>
  [...(await readFile(collector.file!, 'utf8')).matchAll(/"driftspan\.doctor\.(?:test|exporter)"/g)].length;

test.each(['http/json', 'http/protobuf'])(
  'the doctor sends a metric over %s by a request of its own and by the exporter, and the Collector has both',
  async protocol => {
    const before = await arrived();
    const { stdout } = await run(process.execPath, [command, 'doctor', '--json'], {
      cwd: root,
      env: { ...process.env, OTEL_EXPORTER_OTLP_ENDPOINT: collector.otlpUrl, OTEL_EXPORTER_OTLP_PROTOCOL: protocol },
    });
    const { checks } = JSON.parse(stdout) as { checks: { state: string }[] };
    expect(checks.filter(({ state }) => state === 'failed')).toEqual([]);
    await expect.poll(arrived, { timeout: 30_000 }).toBe(before + 2);
  },
);

test('the rules of other options load in every promtool', async () => {
  const args = ['rules', '--windows', '30m,6h', '--tile', '10m', '--by', 'region', '--latency-budget', 'fare=0.5'];
  const { stdout } = await run(process.execPath, [command, ...args]);
  const file = join(folder, 'rules.yml');
  await writeFile(file, stdout);
  for (const promtool of findEveryPromtool()) {
    const checked = await run(promtool, ['check', 'rules', file]);
    expect(checked.stdout).toMatch(/SUCCESS: \d+ rules found/);
  }
});
