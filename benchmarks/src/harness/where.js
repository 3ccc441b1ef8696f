// Where figures were made: versions, commit and machine, as every results page carries them.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus, totalmem } from 'node:os';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const ROOT = new URL('../../../', import.meta.url);

/** The version of the copy that is really used: packages do not export their package.json. */
export function versionOf(name) {
  for (let folder = dirname(require.resolve(name)); ; folder = dirname(folder)) {
    try {
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      if (manifest.name === name) return manifest.version;
    } catch (error) {
      if (error.code !== 'ENOENT') throw error;
    }
  }
}

/** The commit measured, and whether what it measures was changed since. */
export function commit() {
  const git = args =>
    execFileSync('git', args, { cwd: ROOT, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  try {
    const hash = git(['rev-parse', '--short=12', 'HEAD']);
    const isChanged = git(['status', '--porcelain', '--', 'packages', 'benchmarks']) !== '';
    return isChanged ? `${hash} with uncommitted changes` : hash;
  } catch {
    return process.env.DRIFTSPAN_BENCH_COMMIT ?? 'unknown';
  }
}

export function machine() {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    platform: `${process.platform} ${process.arch}`,
  };
}
