import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { plainEnvironment } from '../run-command.js';
import { runHere } from '../run-here.js';

const BIN = fileURLToPath(new URL('../../src/bin.ts', import.meta.url));
const FLIGHTS = fileURLToPath(
  new URL('../../../../examples/flight-delays/model/flight-delay.baseline.json', import.meta.url),
);
const NO_FILES = 'compopt +o default +o bashdefault';
let cwd: string;

beforeAll(async () => {
  cwd = await mkdtemp(join(tmpdir(), 'driftspan-completion-'));
  await writeFile(join(cwd, 'completion.bash'), (await runHere(['completion', 'bash'])).stdout);
});
afterAll(async () => {
  await rm(cwd, { recursive: true });
});

/** COMPREPLY of a real bash that sourced the script, with the cursor at the end of the line; `words` as bash splits it. */
async function reply(words: readonly string[], line = words.join(' ')): Promise<readonly string[]> {
  const script = `
set -u
driftspan() { "$NODE" --import "$TSX" -C @driftspan/source "$BIN" "$@"; }
source ./completion.bash
# Of bash's own it works only while a line is typed.
compopt() { printf 'compopt %s\\n' "$*"; }
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE=$LINE; COMP_POINT=\${#LINE}
_driftspan
for found in "\${COMPREPLY[@]}"; do printf '%s\\n' "$found"; done`;
  const child = spawn('bash', ['--norc', '-c', script, 'bash', ...words], {
    cwd,
    env: { ...plainEnvironment(), NODE: process.execPath, TSX: import.meta.resolve('tsx'), BIN, LINE: line },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', text => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', text => {
    stderr += text;
  });
  await once(child, 'close');
  expect(stderr).toBe('');
  return stdout.split('\n').filter(found => found !== '');
}

it('completes a command', async () => {
  expect(await reply(['driftspan', 'insp'])).toEqual([NO_FILES, 'inspect']);
});

it('completes a feature of the baseline on the line', async () => {
  expect(await reply(['driftspan', 'inspect', FLIGHTS, '--feature', 'di'])).toEqual([NO_FILES, 'distance']);
});

it('completes what stands after a colon, at which bash splits words', async () => {
  const words = ['driftspan', 'baseline', 'x.csv', '--feature', 'amount', ':', 'n'];
  expect(await reply(words, 'driftspan baseline x.csv --feature amount:n')).toEqual([NO_FILES, 'numeric']);
});

it('leaves file names to bash where a file is meant, and forbids them elsewhere', async () => {
  expect(await reply(['driftspan', 'inspect', ''])).toEqual([]);
  expect(await reply(['driftspan', 'rules', '--tile', ''])).toEqual([NO_FILES]);
});

it('never evaluates what is on the line', async () => {
  await writeFile(join(cwd, 'kept.yml'), 'kept');
  const words = ['driftspan', 'rules', '>', 'kept.yml', '$(echo>made.yml)', '--al'];
  expect(await reply(words)).toEqual([NO_FILES, '--alerts']);
  expect(await readFile(join(cwd, 'kept.yml'), 'utf8')).toBe('kept');
  await expect(readFile(join(cwd, 'made.yml'))).rejects.toThrow('ENOENT');
});

it('every other shell has a script that asks the same', async () => {
  for (const shell of ['zsh', 'fish', 'powershell']) {
    const { status, stdout } = await runHere(['completion', shell]);
    expect(status).toBe(0);
    expect(stdout).toMatch(/driftspan complete '?--'?/);
  }
});
