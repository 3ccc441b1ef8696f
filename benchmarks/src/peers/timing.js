import { setImmediate } from 'node:timers/promises';
import { median } from '../harness/numbers.js';

/**
 * Times a function that makes a number of calls, in blocks of about `blockMs` after a warm-up; a call that takes longer than a block is one of its own. Timers and
 * exports run between blocks, untimed.
 *
 * @param {(calls: number) => unknown} run one that gives a promise is awaited.
 * @param {{ warmUpMs: number, timedMs: number, blockMs?: number }} limits
 * @returns {Promise<{ median: number, min: number, blocks: number, calls: number }>} ns a call: the median and the smallest of the blocks' means; calls a block.
 */
export async function timeBlocks(run, { warmUpMs, timedMs, blockMs = 10 }) {
  const block = async calls => {
    const startMs = performance.now();
    const result = run(calls);
    if (typeof result?.then === 'function') await result;
    const tookMs = performance.now() - startMs;
    await setImmediate();
    return tookMs;
  };
  let calls = 1;
  let fastestMs = Number.POSITIVE_INFINITY;
  const warmUntilMs = performance.now() + warmUpMs;
  do {
    fastestMs = Math.min(fastestMs, (await block(calls)) / calls);
    // Blocks double until they are long enough: one that met a pause must not make the rest short.
    calls = Math.max(1, Math.min(calls * 2, Math.round(blockMs / fastestMs)));
  } while (performance.now() < warmUntilMs);
  const times = [];
  const untilMs = performance.now() + timedMs;
  do times.push(((await block(calls)) * 1e6) / calls);
  while (performance.now() < untilMs);
  return { median: median(times), min: Math.min(...times), blocks: times.length, calls };
}
