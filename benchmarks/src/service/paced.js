// Requests at a fixed rate. autocannon 9 has one too, but sends each second's requests at the second's beginning, one after the other as
// fast as they are answered: at a quarter of what a service can do, a quarter of each second is full load and the rest none.
import { seeded } from '../../detection/random.js';
import { openClient } from './client.js';

/** Requests that wait for an answer, at most: beyond it the service is too slow for the rate, which is no longer measured. */
const MAX_WAITING = 20_000;
/** After the last request: on a machine that is busy with other things a service that was just started is slow. */
const LAST_ANSWER_MS = 40_000;
const OK = 200;

/**
 * Sends requests at random moments (a Poisson process, the same in every run) whether or not the ones before were answered: a service that is
 * held up is asked on, and every request that waits is in the latencies, also for a free connection. That is what a load that waits for its
 * answers leaves out ("coordinated omission").
 *
 * @param {object} options
 * @param {number} options.port
 * @param {readonly Buffer[]} options.wires sent in turn.
 * @param {number} options.rate requests a second.
 * @param {number} options.seconds
 * @param {number} options.connections
 * @returns {Promise<{ answered: number, failed: number, seconds: number, latencies: number[], lateness: number[] }>} both in milliseconds.
 * `lateness` is how much later than due a request was made, by this process's own fault: its timer goes by the millisecond.
 */
export async function paced({ port, wires, rate, seconds, connections }) {
  const client = await openClient(port, connections);
  const random = seeded('paced', rate, wires.length);
  const latencies = [];
  const lateness = [];
  let failed = 0;
  let made = 0;
  const waiting = () => made - latencies.length - failed;
  const gapMs = () => (-Math.log(random.uniform()) * 1000) / rate;

  const beganMs = performance.now();
  const endMs = beganMs + seconds * 1000;
  let dueMs = beganMs + gapMs();
  while (dueMs < endMs) {
    for (let nowMs = performance.now(); dueMs <= nowMs && dueMs < endMs; dueMs += gapMs()) {
      if (waiting() >= MAX_WAITING) throw new Error(`paced: ${MAX_WAITING} requests wait at ${rate} a second`);
      const madeMs = performance.now();
      lateness.push(madeMs - dueMs);
      client.post(wires[made++ % wires.length], status => {
        if (status === OK) latencies.push(performance.now() - madeMs);
        else failed++;
      });
    }
    await sleep(1);
  }
  const elapsedMs = performance.now() - beganMs;
  const lastMs = performance.now() + LAST_ANSWER_MS;
  while (waiting() > 0 && performance.now() < lastMs) await sleep(1);
  failed += waiting();
  client.close();
  return { answered: latencies.length, failed, seconds: elapsedMs / 1000, latencies, lateness };
}

const sleep = ms => new Promise(resolve => setTimeout(resolve, ms));
