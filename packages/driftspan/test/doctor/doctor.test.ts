import { fileURLToPath } from 'node:url';
import { startReceiver } from '@driftspan/otlp-receiver';
import { expect, it } from 'vitest';
import { runHere } from '../run-here.js';
import { temporaryFolder } from '../temporary-folder.js';
import { writePackages } from './project-folder.js';
import { deadUrl } from './servers.js';

const PROJECT = fileURLToPath(new URL('../../../..', import.meta.url));
const SECRET = 'hunter2';
const folder = temporaryFolder();

it('a project that is well ends with 0', async () => {
  const receiver = await startReceiver();
  try {
    const { status, stdout, stderr } = await runHere(['doctor', '--endpoint', receiver.url, '--timeout', '60'], {
      cwd: PROJECT,
    });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^ok +Node /);
    expect(stdout).not.toMatch(/^failed/m);
    expect(status).toBe(0);
    expect(receiver.metrics.map(({ name }) => name)).toEqual(['driftspan.doctor.test', 'driftspan.doctor.exporter']);
  } finally {
    await receiver.close();
  }
});

it('a check that failed ends it with 1, and one cause is one complaint', async () => {
  const { status, stdout } = await runHere(['doctor', '--endpoint', await deadUrl(), '--json'], { cwd: PROJECT });
  const { schema, status: state, checks } = JSON.parse(stdout);
  expect([status, schema, state]).toEqual([1, 'driftspan.doctor/v1', 'failed']);
  const failed = checks.filter((check: { state: string }) => check.state === 'failed');
  expect(failed).toEqual([expect.objectContaining({ name: 'endpoint', advice: expect.any(String) })]);
});

it('two minor versions of the API in a project are found', async () => {
  await writePackages(folder.cwd, {
    'node_modules/@opentelemetry/api': { version: '1.9.1' },
    'node_modules/@driftspan/core': { peerDependencies: { '@opentelemetry/api': '>=1.9.0 <2' } },
    'node_modules/@driftspan/core/node_modules/@opentelemetry/api': { version: '1.10.0' },
  });
  const { status, stdout } = await runHere(['doctor'], {
    cwd: folder.cwd,
    env: { OTEL_METRICS_EXPORTER: 'prometheus' },
  });
  expect(status).toBe(1);
  expect(stdout).toMatch(/^failed +@opentelemetry\/api +2 copies: /m);
  expect(stdout).toContain('npm ls @opentelemetry/api');
});

it('no secret of the environment is printed', async () => {
  const env = {
    OTEL_EXPORTER_OTLP_HEADERS: `authorization=Bearer%20${SECRET}`,
    OTEL_EXPORTER_OTLP_ENDPOINT: (await deadUrl()).replace('//', `//me:${SECRET}@`),
    OTEL_SOME_TOKEN: SECRET,
  };
  for (const args of [['doctor'], ['doctor', '--json']]) {
    const { stdout, stderr } = await runHere(args, { cwd: folder.cwd, env });
    expect(stdout).toContain('OTEL_EXPORTER_OTLP_HEADERS');
    expect(stdout + stderr).not.toContain(SECRET);
  }
});

it.each([
  ['--endpoint', 'localhost:4318'],
  ['--timeout', '0'],
  ['--timeout', 'soon'],
])('%s %s is refused with 2', async (...args) => {
  const { status, stdout } = await runHere(['doctor', ...args]);
  expect([status, stdout]).toEqual([2, '']);
});
