import { realpathSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { relative } from 'node:path';
import { expect, it } from 'vitest';
import { findPackages, resolvedFrom } from '../../src/doctor/installed-packages.js';
import { temporaryFolder } from '../temporary-folder.js';
import { link, writePackages } from './project-folder.js';

const folder = temporaryFolder();

/** `name version folder` of each, below one project. */
function found(project: string): readonly string[] {
  const root = realpathSync(folder.path(project));
  return findPackages(folder.path(project)).packages.map(
    ({ name, version, folder: at }) => `${name} ${version} ${relative(root, at).replaceAll('\\', '/')}`,
  );
}

it('packages within packages are found, and others are walked through', async () => {
  await writePackages(folder.path('nested'), {
    'node_modules/@opentelemetry/api': { version: '1.9.1' },
    'node_modules/express': {},
    'node_modules/express/node_modules/@opentelemetry/api': { version: '1.10.0' },
  });
  expect(found('nested')).toEqual(
    [
      '@opentelemetry/api 1.9.1 node_modules/@opentelemetry/api',
      '@opentelemetry/api 1.10.0 node_modules/express/node_modules/@opentelemetry/api',
    ].sort((a, b) => a.split(' ')[2]!.localeCompare(b.split(' ')[2]!)),
  );
});

it('a workspace that is linked is one copy, and so are what the folders above have', async () => {
  await writePackages(folder.path('mono'), {
    'node_modules/@opentelemetry/api': { version: '1.9.1' },
    'packages/core': { name: '@driftspan/core', version: '0.1.0' },
    'packages/core/node_modules/@opentelemetry/api': { version: '1.10.0' },
    'packages/app': { name: 'app' },
  });
  await link(folder.path('mono'), 'node_modules/@driftspan/core', 'packages/core');
  await link(folder.path('mono'), 'packages/app/node_modules/@driftspan/core', 'packages/core');
  expect(found('mono/packages/app').map(line => line.split(' ').slice(0, 2).join(' '))).toEqual([
    '@driftspan/core 0.1.0',
    '@opentelemetry/api 1.9.1',
    '@opentelemetry/api 1.10.0',
  ]);
});

it('what a store keeps beside a package is found', async () => {
  await writePackages(folder.path('store'), {
    'node_modules/.pnpm/@driftspan+node@0.1.0/node_modules/@driftspan/node': { version: '0.1.0' },
    'node_modules/.pnpm/@driftspan+node@0.1.0/node_modules/@opentelemetry/api': { version: '1.9.1' },
  });
  const target = 'node_modules/.pnpm/@driftspan+node@0.1.0/node_modules/@driftspan/node';
  await link(folder.path('store'), 'node_modules/@driftspan/node', target);
  expect(found('store').map(line => line.split(' ')[0])).toEqual(['@driftspan/node', '@opentelemetry/api']);
});

it('a package whose manifest can not be read is none', async () => {
  await mkdir(folder.path('broken/node_modules/@driftspan/core'), { recursive: true });
  await writeFile(folder.path('broken/node_modules/@driftspan/core/package.json'), '{');
  expect(found('broken')).toEqual([]);
});

it('a package loads the copy that is nearest', async () => {
  await writePackages(folder.path('near'), {
    'node_modules/@opentelemetry/api': { version: '1.9.1' },
    'node_modules/@driftspan/core': {},
    'node_modules/@driftspan/node': {},
    'node_modules/@driftspan/node/node_modules/@opentelemetry/api': { version: '1.10.0' },
  });
  const { packages } = findPackages(folder.path('near'));
  const loaded = (name: string) =>
    resolvedFrom(packages.find(installed => installed.name === name)!.folder, '@opentelemetry/api', packages)?.version;
  expect(loaded('@driftspan/core')).toBe('1.9.1');
  expect(loaded('@driftspan/node')).toBe('1.10.0');
  expect(resolvedFrom(folder.path('near'), 'onnxruntime-node', packages)).toBeUndefined();
});
