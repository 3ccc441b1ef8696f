// Child processes that end when this one does.
import { spawn } from 'node:child_process';

const living = new Set();
let isGuarded = false;

/** From the first child on: whatever ends this process ends its children. */
function guard() {
  if (isGuarded) return;
  isGuarded = true;
  process.on('exit', () => {
    for (const child of living) child.kill('SIGKILL');
  });
  process.on('SIGINT', () => process.exit(130));
  process.on('SIGTERM', () => process.exit(143));
}

/** Of what a failed child said, its last lines: where the error stands. */
const TAIL_LINES = 20;

/**
 * Runs a command to its end and gives what it printed.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<{ stdout: string, stderr: string }>} rejects with the command and the end of its stderr if it failed.
 */
export function runChild(command, args, options = {}) {
  guard();
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    living.add(child);
    const out = [];
    const err = [];
    child.stdout.on('data', chunk => out.push(chunk));
    child.stderr.on('data', chunk => err.push(chunk));
    child.on('error', error => {
      living.delete(child);
      reject(error);
    });
    child.on('close', (code, signal) => {
      living.delete(child);
      const [stdout, stderr] = [out, err].map(chunks => Buffer.concat(chunks).toString());
      if (code === 0) return resolve({ stdout, stderr });
      const said = (stderr.trim() || stdout.trim()).split('\n').slice(-TAIL_LINES).join('\n');
      reject(new Error(`${[command, ...args].join(' ')}: ended with ${signal ?? `status ${code}`}\n${said}`));
    });
  });
}
