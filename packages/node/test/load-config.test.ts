import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { saveBaseline } from '../src/index.js';
import { loadConfig } from '../src/load-config.js';
import { runChild } from './child.js';
import { rideBaseline } from './model.js';
import { environment } from './receiving.js';

type Files = Readonly<Record<string, string>>;

/** A working directory with these files; its name has what a URL escapes. */
async function project(files: Files): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'driftspan config #'));
  onTestFinished(() => rm(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  return folder;
}

/** What comes of each configuration, by the real import() in one process: a test runner has an import of its own. */
async function loaded(...pairs: (readonly [folder: string, named: string])[]): Promise<unknown[]> {
  const { output } = await runChild('load-configs.ts', {}, JSON.stringify(pairs)).ended;
  return JSON.parse(output) as unknown[];
}

test('without DRIFTSPAN_CONFIG the configuration is empty', async () => {
  environment({ DRIFTSPAN_CONFIG: ' ' });
  expect(await loadConfig()).toEqual({});
});

test('a path, a file URL or a package names a module of any kind', async () => {
  const folder = await project({
    'driftspan.mjs': 'export default { learnFrom: 2000 };',
    'conf/a.config.mjs': 'export default { learnFrom: 2000 };',
    'driftspan.cjs': 'module.exports = { learnFrom: 2000 };',
    'compiled.cjs': 'exports.__esModule = true; exports.default = { learnFrom: 2000 };',
    'driftspan.json': '{ "learnFrom": 2000 }',
    'node_modules/@acme/models/index.js': 'module.exports = { learnFrom: 2000 };',
    'node_modules/modern/package.json':
      '{ "type": "module", "exports": { ".": "./main.js", "./conf.js": "./conf.js" } }',
    'node_modules/modern/main.js': 'export default { learnFrom: 2000 };',
    'node_modules/modern/conf.js': 'export default { learnFrom: 2000 };',
  });
  const names = [
    './driftspan.mjs',
    'driftspan.mjs',
    'conf/a.config.mjs',
    'driftspan.cjs',
    'compiled.cjs',
    'driftspan.json',
    '@acme/models',
    'modern',
    'modern/conf.js',
    join(folder, 'driftspan.mjs'),
    pathToFileURL(join(folder, 'driftspan.mjs')).href,
  ];
  expect(await loaded(...names.map(name => [folder, name] as const))).toEqual(names.map(() => ({ learnFrom: 2000 })));
});

test("paths are relative to the configuration's file; a baseline's is loaded", async () => {
  const folder = await project({
    'conf/driftspan.mjs': `export default { models: {
      'by path': { version: '7', baseline: '../ride #1.baseline.json' },
      'by URL': { baseline: new URL('../ride%20%231.baseline.json', import.meta.url) },
      learned: { baseline: { learnFrom: 3000 } },
      plain: { labels: ['no', 'yes'] },
      unwatched: false,
    }, resolveFrom: ['../apps/a'] };`,
  });
  const baseline = await rideBaseline('ride');
  await saveBaseline(baseline, join(folder, 'ride #1.baseline.json'));
  expect(await loaded([folder, 'conf/driftspan.mjs'])).toEqual([
    {
      models: {
        'by path': { version: '7', baseline },
        'by URL': { baseline },
        learned: { baseline: { learnFrom: 3000 } },
        plain: { labels: ['no', 'yes'] },
        unwatched: false,
      },
      resolveFrom: [join(folder, 'apps/a')],
    },
  ]);
});

test('a field that nobody reads, or of a wrong type, is refused by its name', async () => {
  const any = expect.any(String);
  const cases: [source: string, where: string, met: string, expected: string][] = [
    ['null', '', 'null', 'an object'],
    ['[]', '', 'an array', 'an object'],
    ['{ model: {} }', '', 'a field "model"', expect.stringContaining('models')],
    ['{ constructor: 1 }', '', 'a field "constructor"', any],
    ['{ start: true }', ': start', 'boolean', 'the options of start(), or false'],
    ['{ onnxruntime: {} }', ': onnxruntime', 'object', 'true or false'],
    ['{ models: [] }', ': models', 'an array', any],
    ['{ models: { a: 1 } }', ': models["a"]', 'number', 'an object'],
    ['{ models: { a: { baselin: "b" } } }', ': models["a"]', 'a field "baselin"', any],
    ['{ models: { a: { baseline: "no.json" } } }', ': models["a"].baseline', any, 'a baseline'],
  ];
  const files = cases.map(([source], index) => [`${index}.mjs`, `export default ${source};`]);
  const folder = await project(Object.fromEntries(files));
  expect(await loaded(...cases.map((_, index) => [folder, `${index}.mjs`] as const))).toEqual(
    cases.map(([, where, met, expected], index) =>
      expect.objectContaining({ code: 'ERR_CONFIG', where: `${index}.mjs${where}`, met, expected }),
    ),
  );
});

test('a module or baseline that does not load is refused with its reason', async () => {
  const folder = await project({
    'bad.json': '{',
    'throws.mjs': 'throw new Error("why");',
    'named.mjs': 'export const config = {};',
    'missing-baseline.mjs': 'export default { models: { ride: { baseline: "missing.json" } } };',
    'bad-baseline.mjs': 'export default { models: { ride: { baseline: "bad.json" } } };',
    'web-baseline.mjs': 'export default { models: { ride: { baseline: new URL("https://example.test/a.json") } } };',
  });
  const cases: [named: string, where: string, rest: object][] = [
    ['missing.mjs', 'DRIFTSPAN_CONFIG', { met: '"missing.mjs"', cause: 'MODULE_NOT_FOUND' }],
    ['.', 'DRIFTSPAN_CONFIG', { met: '"."' }],
    ['@acme/missing', 'DRIFTSPAN_CONFIG', { met: '"@acme/missing"', cause: 'MODULE_NOT_FOUND' }],
    ['file://%', 'DRIFTSPAN_CONFIG', { met: '"file://%"' }],
    ['bad.json', 'DRIFTSPAN_CONFIG', { met: expect.stringContaining('JSON') }],
    ['throws.mjs', 'DRIFTSPAN_CONFIG', { met: 'throws.mjs, where why' }],
    ['named.mjs', 'named.mjs', { met: 'undefined' }],
    ['missing-baseline.mjs', 'missing-baseline.mjs: models["ride"].baseline', { cause: 'ERR_BASELINE_FILE' }],
    ['bad-baseline.mjs', 'bad-baseline.mjs: models["ride"].baseline', { cause: 'ERR_BASELINE_JSON' }],
    ['web-baseline.mjs', 'web-baseline.mjs: models["ride"].baseline', { cause: 'ERR_BASELINE_FILE' }],
  ];
  expect(await loaded(...cases.map(([named]) => [folder, named] as const))).toEqual(
    cases.map(([, where, rest]) => expect.objectContaining({ code: 'ERR_CONFIG', where, ...rest })),
  );
});
