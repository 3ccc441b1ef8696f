import { expect, it } from 'vitest';
import type { InstalledPackage } from '../../src/doctor/installed-packages.js';
import { findPackages } from '../../src/doctor/installed-packages.js';
import { nodeCheck, packageChecks } from '../../src/doctor/package-checks.js';
import { temporaryFolder } from '../temporary-folder.js';
import { writePackages } from './project-folder.js';

const folder = temporaryFolder();

function installed(name: string, version: string, at = name): InstalledPackage {
  return { name, version, folder: `/app/node_modules/${at}`, peers: {}, optionalPeers: new Set() };
}
function check(name: string, ...packages: readonly InstalledPackage[]) {
  return packageChecks({ packages, cut: false }, '/app').find(found => found.name === name)!;
}

it('Node 20.19 is the oldest', () => {
  expect(['20.19.0', '22.1.0', '25.0.0-nightly'].map(version => nodeCheck(version).state)).toEqual(['ok', 'ok', 'ok']);
  expect(['18.20.0', '20.18.3'].map(version => nodeCheck(version).state)).toEqual(['failed', 'failed']);
});

it('two copies of the API fail if their minor versions differ', () => {
  const api = '@opentelemetry/api';
  const mixed = check(api, installed(api, '1.9.1'), installed(api, '1.10.0', `x/node_modules/${api}`));
  expect(mixed.state).toBe('failed');
  expect(mixed.words).toContain('1.9.1 in node_modules/@opentelemetry/api');
  expect(mixed.words).toContain('1.10.0 in node_modules/x/node_modules/@opentelemetry/api');
  expect(check(api, installed(api, '1.9.0'), installed(api, '1.9.1', `x/node_modules/${api}`)).state).toBe('ok');
  expect(check(api, installed(api, '1.9.1')).state).toBe('ok');
  expect(check(api).state).toBe('failed');
});

it('two copies of the core are a warning', () => {
  const core = '@driftspan/core';
  expect(check('Driftspan', installed(core, '0.1.0')).state).toBe('ok');
  expect(check('Driftspan', installed(core, '0.1.0'), installed(core, '0.1.0', 'x/core')).state).toBe('warning');
  expect(check('Driftspan', installed(core, '0.1.0'), installed(core, '0.2.0', 'x/core')).state).toBe('warning');
  expect(check('Driftspan').state).toBe('none');
});

it('two lines of the SDK are a warning', () => {
  const sdk = '@opentelemetry/sdk-metrics';
  expect(check('OpenTelemetry SDK', installed(sdk, '2.12.0'), installed(sdk, '2.13.0', 'x/sdk')).state).toBe('ok');
  expect(check('OpenTelemetry SDK', installed(sdk, '2.12.0'), installed(sdk, '3.0.0', 'x/sdk')).state).toBe('warning');
  expect(check('OpenTelemetry SDK').state).toBe('none');
});

it('peers are held to the ranges that the installed packages name', async () => {
  await writePackages(folder.cwd, {
    'node_modules/@opentelemetry/api': { version: '1.8.0' },
    'node_modules/@driftspan/core': { peerDependencies: { '@opentelemetry/api': '>=1.9.0 <2' } },
    'node_modules/@driftspan/node': {
      peerDependencies: { '@opentelemetry/sdk-node': '>=0.223 <1', '@opentelemetry/resources': '>=2' },
      peerDependenciesMeta: { '@opentelemetry/resources': { optional: true } },
    },
  });
  const wrong = packageChecks(findPackages(folder.cwd), folder.cwd).filter(({ name }) => name === 'peers');
  expect(wrong.map(({ state, words }) => [state, words])).toEqual([
    ['failed', '@driftspan/core 1.0.0 asks for @opentelemetry/api >=1.9.0 <2, and finds 1.8.0'],
    ['failed', '@driftspan/node 1.0.0 asks for @opentelemetry/sdk-node >=0.223 <1, and finds none'],
  ]);
  expect(wrong[0]!.advice).toBe("npm install '@opentelemetry/api@>=1.9.0 <2'");
});
