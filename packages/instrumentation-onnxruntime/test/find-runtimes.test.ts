import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { DiagLogLevel, diag } from '@opentelemetry/api';
import { afterAll, expect, test } from 'vitest';
import { findRuntimes, runtimeOf } from '../src/find-runtimes.js';
import { modelPath, ort } from './models.js';

const fixture = (name: string): string => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'driftspan-runtimes-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a program with `watching.ts` preloaded; gives the lines it printed. */
async function run(program: string, cwd: string, ...args: string[]): Promise<string[]> {
  const preload = ['--conditions', '@driftspan/source', '--import', import.meta.resolve('tsx')];
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [...preload, '--import', fixture('watching.ts'), program, ...args],
    { cwd },
  );
  return stdout.trim().split('\n');
}

/** A package of plain JavaScript below the folder. */
function install(path: string, code: string): void {
  mkdirSync(join(folder, path), { recursive: true });
  writeFileSync(join(folder, path, 'package.json'), '{ "main": "index.js" }');
  writeFileSync(join(folder, path, 'index.js'), code);
}

const COMMON = `
  class InferenceSession {
    constructor() { this.inputNames = []; this.outputNames = []; }
    static async create() { return new InferenceSession(); }
    async run() { return {}; }
    async release() {}
  }
  exports.InferenceSession = InferenceSession;
  exports.env = { versions: { common: '9.9.9' } };`;
const NODE = `module.exports = require('onnxruntime-common');`;

test.each(['app.cjs', 'app.mjs'])(
  '%s: an unchanged program is watched, and its native library not loaded before it wants it',
  async name => {
    expect(await run(fixture(name), folder, modelPath('softmax'))).toEqual([
      'loaded by watching: 0',
      'ran 3',
      'softmax: 3 runs',
    ]);
  },
);

test('a copy of its own under Transformers.js is watched too', async () => {
  install('node_modules/@huggingface/transformers', `module.exports = require('onnxruntime-node');`);
  install('node_modules/@huggingface/transformers/node_modules/onnxruntime-node', NODE);
  install('node_modules/@huggingface/transformers/node_modules/onnxruntime-common', COMMON);
  const program = join(folder, 'app.js');
  writeFileSync(
    program,
    `const { InferenceSession } = require('@huggingface/transformers');
     InferenceSession.create('sentiment.onnx').then(session => session.run({}).then(() => session.run({})));`,
  );
  expect((await run(program, folder)).at(-1)).toBe('sentiment: 2 runs');
});

test('where there is no runtime nothing happens', async () => {
  const empty = mkdtempSync(join(tmpdir(), 'driftspan-none-'));
  const program = join(empty, 'app.js');
  writeFileSync(program, `console.log('ran')`);
  expect(await run(program, empty)).toEqual(['loaded by watching: 0', 'ran']);
  rmSync(empty, { recursive: true });
});

test('a place that was asked for and has none is warned of; one that has a copy is watched', () => {
  const warnings: string[] = [];
  const logger = { warn: (text: string) => warnings.push(text), error() {}, info() {}, debug() {}, verbose() {} };
  diag.setLogger(logger, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
  install('elsewhere/node_modules/onnxruntime-node', NODE);
  install('elsewhere/node_modules/onnxruntime-common', COMMON);
  const there = join(folder, 'elsewhere');
  const before = findRuntimes();
  const found = findRuntimes([there, join(tmpdir(), 'nowhere')]);
  diag.disable();
  expect(warnings).toEqual([`driftspan: no onnxruntime-node is found from ${join(tmpdir(), 'nowhere')}`]);
  expect(found).toHaveLength(before.length + 1);
  expect(found.at(-1)!.version()).toBe('9.9.9');
});

test('a copy is found once, however many ways lead to it', () => {
  const here = dirname(fileURLToPath(import.meta.url));
  const classes = findRuntimes([here, process.cwd()]).map(({ InferenceSession }) => InferenceSession);
  expect(classes.filter(found => found === (ort.InferenceSession as unknown))).toHaveLength(1);
});

test('a module is taken as it was imported: a namespace, its default, or what was required', async () => {
  const namespace = await import('onnxruntime-node');
  for (const module of [ort, namespace, { default: ort }]) {
    expect(runtimeOf(module)?.InferenceSession).toBe(ort.InferenceSession);
  }
  for (const module of [undefined, null, 5, {}, { InferenceSession: {} }]) expect(runtimeOf(module)).toBeUndefined();
});
