import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runHere } from '../run-here.js';

let cwd: string;
const shipped = (name: string) =>
  readFile(new URL(import.meta.resolve(`@driftspan/fleet/grafana/driftspan-${name}.json`)), 'utf8');

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'driftspan-dashboard-'));
});
afterAll(async () => {
  await rm(cwd, { recursive: true });
});

it('prints the dashboards of the fleet package, the overview by default', async () => {
  expect(await runHere(['dashboard'])).toEqual({ status: 0, stdout: await shipped('overview'), stderr: '' });
  expect((await runHere(['dashboard', 'model'])).stdout).toBe(await shipped('model'));
});

it('-o writes a file in the working directory, says so on stderr, and --quiet does not', async () => {
  const { status, stdout, stderr } = await runHere(['dashboard', 'model', '-o', 'model.json'], { cwd });
  expect([status, stdout]).toEqual([0, '']);
  expect(stderr).toMatch(/^wrote model\.json/);
  expect(await readFile(join(cwd, 'model.json'), 'utf8')).toBe(await shipped('model'));
  expect((await runHere(['dashboard', '-q', '-o', 'quiet.json'], { cwd })).stderr).toBe('');
  expect((await readdir(cwd)).sort()).toEqual(['model.json', 'quiet.json']);
});

it('a place that can not be written is told, with nothing left behind', async () => {
  const { status, stderr } = await runHere(['dashboard', '-o', 'nowhere/x.json'], { cwd });
  expect(status).toBe(2);
  expect(stderr).toContain('(ERR_OUTPUT_FILE)');
});

it('another name is refused with those that there are', async () => {
  const { status, stderr } = await runHere(['dashboard', 'fleet']);
  expect(status).toBe(2);
  expect(stderr).toContain('Allowed choices are overview, model');
});
