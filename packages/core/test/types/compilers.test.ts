import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const HERE = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

// The public types as a user meets them: read by the newest compiler and by the oldest that is supported.
test.each([
  ['typescript', '7.'],
  ['typescript-5.9', '5.9.'],
])('the public types compile under %s', (compiler, version) => {
  const folder = dirname(require.resolve(`${compiler}/package.json`));
  const { bin, version: installed } = require(`${compiler}/package.json`);
  expect(installed.startsWith(version)).toBe(true);
  const { status, stdout } = spawnSync(process.execPath, [join(folder, bin.tsc), '-p', join(HERE, 'tsconfig.json')], {
    encoding: 'utf8',
  });
  expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
});
