import { copyFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { findPackages } from '../../src/doctor/installed-packages.js';
import { configCheck, onnxruntimeCheck } from '../../src/doctor/project-checks.js';
import { temporaryFolder } from '../temporary-folder.js';
import { link } from './project-folder.js';
import { surroundings } from './servers.js';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const FLIGHTS = `${ROOT}/examples/flight-delays/model/flight-delay.baseline.json`;
// The packages from source.
const NODE_OPTIONS = `--import ${import.meta.resolve('tsx')} -C @driftspan/source`;
const folder = temporaryFolder();

const config = (value: string, cwd = ROOT) =>
  configCheck(
    findPackages(cwd).packages,
    surroundings({ cwd, env: { NODE_OPTIONS, DRIFTSPAN_CONFIG: value }, timeoutMs: 60_000 }),
  );

it('onnxruntime is loaded, and its providers told', async () => {
  const found = await onnxruntimeCheck(findPackages(ROOT).packages, surroundings({ cwd: ROOT, timeoutMs: 60_000 }));
  expect(found).toMatchObject({ name: 'onnxruntime-node', state: 'ok' });
  expect(found.words).toMatch(/^\d+\.\d+\.\d+, providers: cpu/);
  expect((await onnxruntimeCheck([], surroundings())).state).toBe('none');
});

it('a configuration that loads with its baselines is ok', async () => {
  await copyFile(FLIGHTS, folder.path('flights.json'));
  await writeFile(folder.path('good.mjs'), "export default { models: { delays: { baseline: 'flights.json' } } };");
  expect(await config(folder.path('good.mjs'))).toMatchObject({ name: 'DRIFTSPAN_CONFIG', state: 'ok' });
});

it.each([
  ['a field that nobody reads', 'export default { modles: {} };', 'modles'],
  ['a baseline that is not there', "export default { models: { a: { baseline: 'nowhere.json' } } };", 'nowhere.json'],
  ['a mistake in its code', 'export default undefined.x;', 'Cannot read properties'],
])('%s is told', async (_, source, told) => {
  await writeFile(folder.path('bad.mjs'), source);
  const found = await config(folder.path('bad.mjs'));
  expect(found.state).toBe('failed');
  expect(found.words).toContain(told);
});

it('a configuration without who reads it is a warning, none is none', async () => {
  await link(folder.cwd, 'node_modules/@driftspan/core', '.');
  expect(await config('x.mjs', folder.cwd)).toMatchObject({ state: 'warning' });
  expect(await config('')).toMatchObject({ state: 'none' });
});
