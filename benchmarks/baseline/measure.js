// One command from its start to its end: wall time, and the peak of what the process and its children hold in memory.
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** Peaks are the kernel's own, so a look can only miss what is gained in a command's last 20 ms. A look costs 0.2 ms. */
const LOOK_MS = 20;
const TOLD_ERROR = 2000;

/**
 * @param {readonly string[]} command
 * @param {{ env?: Record<string, string>, limitBytes?: number, limitSeconds?: number }} [options] A command is killed
 *   when it holds more memory or takes longer.
 * @returns {Promise<{ seconds: number, peakBytes: number, processes: number, ended: 'done' | 'failed' | 'memory' | 'time', error?: string }>}
 */
export function measure(
  [program, ...args],
  { env = {}, limitBytes = Number.POSITIVE_INFINITY, limitSeconds = Number.POSITIVE_INFINITY } = {},
) {
  return new Promise((resolve, reject) => {
    const startMs = performance.now();
    // A group of its own, so that children go with it.
    const child = spawn(program, args, {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'ignore', 'pipe'],
      detached: true,
    });
    let stderr = '';
    child.stderr.on('data', data => {
      stderr = (stderr + data).slice(-TOLD_ERROR);
    });
    let peakBytes = 0;
    let processes = 0;
    let stopped;
    const kill = () => {
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch (error) {
        if (!isGone(error)) throw error;
      }
    };
    const stop = why => {
      stopped ??= why;
      kill();
    };
    process.once('exit', kill);
    const look = setInterval(() => {
      const alive = tree(child.pid).map(memoryOf);
      processes = Math.max(processes, alive.length);
      // Of one process its exact peak; of several at once the sum of theirs, which they need not have had together.
      peakBytes = Math.max(peakBytes, sum(alive, 'peakBytes'));
      if (sum(alive, 'nowBytes') > limitBytes) stop('memory');
      else if (performance.now() - startMs > 1000 * limitSeconds) stop('time');
    }, LOOK_MS);
    child.once('error', error => {
      clearInterval(look);
      process.off('exit', kill);
      reject(error);
    });
    let seconds;
    child.once('exit', () => {
      seconds = (performance.now() - startMs) / 1000;
      clearInterval(look);
      process.off('exit', kill);
    });
    child.once('close', code => {
      const ended = stopped ?? (code === 0 ? 'done' : 'failed');
      const told = ended === 'failed' ? { error: stderr.trim() } : {};
      resolve({ seconds, peakBytes, processes, ended, ...told });
    });
  });
}

/** A process and all under it, as Linux has them; without those that ended meanwhile. */
function tree(pid) {
  const found = [pid];
  for (const parent of found) {
    try {
      for (const task of readdirSync(`/proc/${parent}/task`)) {
        const children = readFileSync(`/proc/${parent}/task/${task}/children`, 'utf8').trim();
        if (children !== '') found.push(...children.split(' ').map(Number));
      }
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }
  return found;
}

function memoryOf(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const bytes = field => 1024 * Number(new RegExp(`^${field}:\\s+(\\d+) kB`, 'm').exec(status)?.[1] ?? 0);
    return { peakBytes: bytes('VmHWM'), nowBytes: bytes('VmRSS') };
  } catch (error) {
    if (!isGone(error)) throw error;
    return { peakBytes: 0, nowBytes: 0 };
  }
}

const sum = (list, key) => list.reduce((total, item) => total + item[key], 0);
const isGone = ({ code }) => code === 'ENOENT' || code === 'ESRCH';
