import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const child = fileURLToPath(new URL('run-case.js', import.meta.url));
const pair = fileURLToPath(new URL('run-pair.js', import.meta.url));
const SEMI_SPACE = ['--expose-gc', '--min-semi-space-size=256', '--max-semi-space-size=256'];

/**
 * Runs every case in a fresh process, round after round, in an order that is reversed each time: what the machine does
 * meanwhile falls on all alike. Gives per case the rounds' medians, raw.
 */
export async function runRounds(names, what, rounds, progress) {
  const results = Object.fromEntries(names.map(name => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : [...names].reverse()) {
      progress(round, name);
      const { stdout } = await run(process.execPath, [...(what === 'bytes' ? SEMI_SPACE : []), child, name, what]);
      results[name].push(JSON.parse(stdout.trim().split('\n').at(-1)));
    }
  }
  return results;
}

/** Each pair in a process of its own, round after round. Gives per pair its rounds, raw. */
export async function runPairs(names, rounds, progress) {
  const results = Object.fromEntries(names.map(name => [name, []]));
  for (let round = 0; round < rounds; round++) {
    for (const name of names) {
      progress(round, name);
      const { stdout } = await run(process.execPath, [pair, name]);
      results[name].push(JSON.parse(stdout.trim().split('\n').at(-1)));
    }
  }
  return results;
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
