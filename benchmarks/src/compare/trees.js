// A git revision as a tree of its own, built, in a temporary folder.
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../flags.js';
import { runChild } from '../harness/children.js';

export const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const LARGE = 2 ** 30;

/** The commit that a name stands for. @throws UsageError where git knows none. */
export function commitOf(ref) {
  try {
    return execFileSync('git', ['rev-parse', '--verify', '--quiet', '--end-of-options', `${ref}^{commit}`], {
      cwd: ROOT,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    throw new UsageError(`--compare: met ${ref}, expected a commit, branch or tag of this repository`);
  }
}

/**
 * Lays a commit out in a temporary folder that is gone when this process is, with the benchmarks of the working tree in it, and builds what they
 * measure. Its packages are the working tree's where both have the same lock file; else npm installs them.
 *
 * @param {(text: string) => void} tell
 * @returns {Promise<string>} the folder.
 */
export async function layOut(commit, tell) {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'driftspan-compare-')));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1));
  tell(`${commit.slice(0, 12)}: laid out`);
  // Not a git worktree: a process that is killed would leave it registered.
  const files = execFileSync('git', ['archive', '--format=tar', commit], { cwd: ROOT, maxBuffer: LARGE });
  execFileSync('tar', ['-x', '-C', folder], { input: files });
  rmSync(join(folder, 'benchmarks/src'), { recursive: true, force: true });
  cpSync(join(ROOT, 'benchmarks/src'), join(folder, 'benchmarks/src'), { recursive: true });
  if (sameLock(folder)) {
    linkModules(folder);
  } else {
    tell(`${commit.slice(0, 12)}: npm ci, as its lock file is another`);
    await runChild('npm', ['ci', '--no-audit', '--no-fund'], { cwd: folder });
  }
  tell(`${commit.slice(0, 12)}: built`);
  await runChild('npm', ['run', 'build', '--workspace', '@driftspan/sketch'], { cwd: folder });
  await runChild('npm', ['run', 'build', '--workspace', '@driftspan/core'], { cwd: folder });
  return folder;
}

function sameLock(folder) {
  const [ours, theirs] = [ROOT, folder].map(root => join(root, 'package-lock.json'));
  return existsSync(theirs) && readFileSync(ours, 'utf8') === readFileSync(theirs, 'utf8');
}

/** Links to each installed package, but for the workspaces' own, which are links already and lead to the new tree's packages as they lead to ours here. */
function linkModules(folder) {
  const link = path => {
    const from = join(ROOT, 'node_modules', path);
    const to = join(folder, 'node_modules', path);
    if (lstatSync(from).isSymbolicLink()) cpSync(from, to, { verbatimSymlinks: true });
    else symlinkSync(from, to);
  };
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(join(ROOT, 'node_modules'))) {
    if (!name.startsWith('@')) {
      link(name);
      continue;
    }
    mkdirSync(join(folder, 'node_modules', name));
    for (const scoped of readdirSync(join(ROOT, 'node_modules', name))) link(join(name, scoped));
  }
  // What a workspace has in another version.
  const workspaces = ['benchmarks', ...readdirSync(join(folder, 'packages')).map(name => join('packages', name))];
  for (const workspace of workspaces) {
    const own = join(workspace, 'node_modules');
    if (existsSync(join(ROOT, own))) symlinkSync(join(ROOT, own), join(folder, own));
  }
}
