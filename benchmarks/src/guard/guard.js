// What a change must not make worse, measured so that the machine's mood can't matter: counts, bytes, and ratios within one process.
import { fileURLToPath } from 'node:url';
import { runChild } from '../harness/children.js';
import { lastLine, NO_COLLECTION } from '../harness/rounds.js';

const CHILD = fileURLToPath(new URL('run-guard.js', import.meta.url));

async function child(measure, name, execArgv = []) {
  const { stdout } = await runChild(process.execPath, [...execArgv, CHILD, measure, name]);
  return { stdout, met: lastLine(stdout, name) };
}

/**
 * Bytes that a call allocates; of a batch, a row. Of an asynchronous one all of it: what the bare call takes differs from process to process by 64 bytes,
 * the whole does not.
 */
export const weightOf = async name => (await child('weight', name, NO_COLLECTION)).met.bytes;

/** How often a call looks at the clock, at maps, at the active context. */
export const asksOf = async name => (await child('asks', name)).met;

/** Time of a call ÷ that of the reference, each the fastest of many blocks. */
export const timesOf = async name => (await child('time', name)).met.times;

/** How often optimised code was thrown away, in each of six stretches of 60,000 calls after a first one. */
export async function deoptsOf(name) {
  const { stdout } = await child('settle', name, ['--trace-deopt']);
  const [, , ...stretches] = stdout.split(/^stretch \d+$/m);
  return stretches.map(text => text.split('bailout (kind: deopt').length - 1);
}

/** The first value that is within the limit, of at most three tries; else the smallest. */
export async function withinThreeTries(measure, limit) {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 3 && least > limit; i++) least = Math.min(least, await measure());
  return least;
}
