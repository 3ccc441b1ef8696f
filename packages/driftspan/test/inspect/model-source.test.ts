import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  type Baseline,
  bindBaseline,
  categorical,
  learnBaseline,
  type ModelSpec,
  numeric,
  text,
} from '@driftspan/sketch';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { modelSource } from '../../src/inspect/model-source.js';
import { everyKindBaseline } from './baselines.js';

const KEY = 'a key of at least sixteen bytes';
const PACKAGE = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;
let files = 0;

// Beside the sources, where @driftspan/core resolves as it would for a user.
beforeAll(async () => {
  folder = await mkdtemp(`${PACKAGE}/test/inspect/.model-`);
});
afterAll(async () => {
  await rm(folder, { recursive: true });
});

async function evaluated(source: string): Promise<ModelSpec<unknown>> {
  const file = `${folder}/model-${++files}.ts`;
  await writeFile(file, source);
  const { model } = (await import(file)) as { readonly model: ModelSpec<unknown> };
  return model;
}

it('binds to the baseline it was made of, whatever its kinds', async () => {
  const baseline = await everyKindBaseline();
  const model = await evaluated(modelSource(baseline));
  expect(() => bindBaseline(baseline, model)).not.toThrow();
  expect(model.version).toBe('1.0');
});

it('sensitive features ask for their key from the environment', async () => {
  const baseline = await sensitiveBaseline();
  const source = modelSource(baseline);
  expect(source).toContain('sensitiveKey: process.env.SENSITIVE_KEY!');
  expect(source).not.toContain(KEY);
  process.env['SENSITIVE_KEY'] = KEY;
  try {
    const model = await evaluated(source);
    expect(() => bindBaseline(baseline, model)).not.toThrow();
  } finally {
    delete process.env['SENSITIVE_KEY'];
  }
});

it('no name breaks out of its literal', async () => {
  const name = `'); throw new Error("out"); //\u2028\\ \${x} \``;
  const rows = Array.from({ length: 1000 }, (_, i) => ({ input: { [name]: i } }));
  const baseline = await learnBaseline({ name, version: '1', features: { [name]: numeric() } }, rows);
  const model = await evaluated(modelSource(baseline));
  expect(model.name).toBe(name);
  expect(() => bindBaseline(baseline, model)).not.toThrow();
});

it('compiles in strict TypeScript', async () => {
  const file = `${folder}/strict.ts`;
  await writeFile(
    file,
    modelSource(await everyKindBaseline()) +
      modelSource(await sensitiveBaseline())
        .replace('model =', 'other =')
        .replace(/^import.*$/m, ''),
  );
  const config = `${folder}/tsconfig.json`;
  await writeFile(
    config,
    JSON.stringify({
      extends: `${PACKAGE}/tsconfig.json`,
      compilerOptions: { noPropertyAccessFromIndexSignature: false },
      include: [file],
    }),
  );
  const tsc = fileURLToPath(new URL('../../../../node_modules/typescript/bin/tsc', import.meta.url));
  await expect(promisify(execFile)(process.execPath, [tsc, '-p', config])).resolves.toEqual({ stdout: '', stderr: '' });
});

function sensitiveBaseline(): Promise<Baseline> {
  const rows = Array.from({ length: 1000 }, (_, i) => ({ input: { ward: `w${i % 4}`, letter: 'a '.repeat(i % 9) } }));
  const features = { ward: categorical({ sensitive: true }), letter: text({ sensitive: true }) };
  return learnBaseline({ name: 'stay', version: '3', sensitiveKey: KEY, features }, rows);
}
