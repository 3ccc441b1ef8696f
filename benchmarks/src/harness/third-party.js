import { existsSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { runChild } from './children.js';

const FOLDER = new URL('../../third-party/', import.meta.url);

/** An npm that runs this hands on its own settings: some package deep down asks for a newer Node than it needs, and an error is to be told. */
const INSTALLING = { npm_config_engine_strict: 'false', npm_config_loglevel: 'error' };

/**
 * What is measured beside Driftspan, in a folder of its own with a lock file of its own. Installed with npm where it is missing, or older than its
 * lock file; install scripts stay off. Gives the folder's URL.
 */
export async function thirdParty() {
  const lock = new URL('package-lock.json', FOLDER);
  const installed = new URL('node_modules/.package-lock.json', FOLDER);
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs) {
    process.stderr.write('benchmarks/third-party: npm ci\n');
    await runChild('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: fileURLToPath(FOLDER),
      env: { ...process.env, ...INSTALLING },
    });
  }
  return FOLDER;
}
