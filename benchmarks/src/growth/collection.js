// One collection of everything: how long it takes, and how long it keeps the event loop at a stretch.
import { PerformanceObserver } from 'node:perf_hooks';
import { metricProducer } from '@driftspan/core';
import { quantile } from '../harness/numbers.js';

/** Turns of the event loop after a collection before garbage collections are asked for: they are told with a delay. */
const SETTLE_MS = 5;
/** Shorter turns are not kept: while the process waits there are a hundred thousand of them. */
const LEAST_MS = 0.01;
const next = () => new Promise(resolve => setImmediate(resolve));

/**
 * Watches turns of the event loop while `work` runs. A turn is what runs between two looks: of a collection that gives way, one slice.
 *
 * @param {() => Promise<unknown>} work
 * @returns {Promise<{ wholeMs: number, sliceMs: number, workMs: number }>} from its begin to its end, its longest turn, and its longest without
 *   garbage collection.
 */
export async function stretches(work) {
  const turns = [];
  const garbage = [];
  const observer = new PerformanceObserver(list => garbage.push(...list.getEntries()));
  observer.observe({ entryTypes: ['gc'] });
  let isDone = false;
  let last = 0;
  const look = () => {
    const now = performance.now();
    if (now - last > LEAST_MS) turns.push([last, now]);
    last = now;
    if (!isDone) setImmediate(look);
  };
  await next();
  setImmediate(look);
  await next();
  turns.length = 0;
  const startMs = performance.now();
  last = startMs;
  await work();
  const wholeMs = performance.now() - startMs;
  await next();
  isDone = true;
  await new Promise(resolve => setTimeout(resolve, SETTLE_MS));
  observer.disconnect();
  const within = ([from, to]) =>
    garbage.reduce((sum, { startTime, duration }) => sum + overlap(from, to, startTime, startTime + duration), 0);
  return {
    wholeMs,
    sliceMs: longest(turns, ([from, to]) => to - from),
    workMs: longest(turns, turn => turn[1] - turn[0] - within(turn)),
  };
}

const longest = (turns, length) => turns.reduce((most, turn) => Math.max(most, length(turn)), 0);

const overlap = (a, b, c, d) => Math.max(0, Math.min(b, d) - Math.max(a, c));

/**
 * Collections as a reader asks for them, in two kinds: `quiet`, where nothing closed since the last, and `judging`, where a sub-window of every
 * monitor had closed. Medians over collections.
 *
 * @param {() => void} turn closes a sub-window of every monitor, with traffic in it.
 * @param {number} collections of each kind, after as many to warm up.
 */
export async function measureCollections(turn, collections) {
  const producer = metricProducer();
  const kinds = { quiet: [], judging: [] };
  for (let i = -collections; i < collections; i++) {
    turn();
    for (const kind of ['judging', 'quiet']) {
      const measured = await stretches(() => producer.collect());
      if (i >= 0) kinds[kind].push(measured);
    }
  }
  return Object.fromEntries(Object.entries(kinds).map(([kind, all]) => [kind, middle(all)]));
}

const middle = all =>
  Object.fromEntries(
    Object.keys(all[0]).map(key => [
      key,
      quantile(
        all.map(one => one[key]),
        0.5,
      ),
    ]),
  );
