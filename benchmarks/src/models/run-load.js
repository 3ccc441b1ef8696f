// The child process: one model with several calls in flight, as one line of JSON. `node run-load.js CASE@INFLIGHT OPTIONS`
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { context } from '@opentelemetry/api';
import { inTurns } from '../harness/blocks.js';
import { median, quantile } from '../harness/numbers.js';
import { parent, startTracing } from '../harness/tracing.js';
import { besideYardstick } from '../harness/yardstick.js';
import { callTimeMs } from './call-time.js';
import { CASES } from './models.js';
import { checkWatched, leave, openSession } from './sessions.js';

const [what, json] = process.argv.slice(2);
const [name, k] = what.split('@');
const inFlight = Number(k);
const { baselines, seconds, ...where } = JSON.parse(json);
const { model, size, threads } = CASES[name];

startTracing();
const opened = await openSession(model, { size, threads, baseline: `${baselines}/${model}.json`, ...where });
const { bare, watched, feeds } = opened;
/** Long enough for a hundred turns of the timer that looks for delays. */
const BLOCK_MS = 100;
/** The timer that looks for delays comes this often. */
const RESOLUTION_MS = 1;
const MIN_BLOCKS = 4;

let made = 0;

/** A side that keeps so many calls in flight, and what its calls and the event loop saw of it. */
function load(run) {
  const latenciesMs = [];
  const delaysMs = [];
  const side = calls =>
    context.with(parent(false), async () => {
      // One for each block: one that is stopped and goes on takes the pause for a delay.
      const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
      delay.enable();
      let begun = 0;
      const worker = async () => {
        while (begun < calls) {
          const feed = feeds[begun++ % feeds.length];
          const startMs = performance.now();
          await run(feed);
          latenciesMs.push(performance.now() - startMs);
        }
      };
      await Promise.all(Array.from({ length: inFlight }, worker));
      delay.disable();
      // It measures from one turn of its timer to the next.
      if (delay.count > 0) delaysMs.push([50, 99].map(p => Math.max(0, delay.percentile(p) / 1e6 - RESOLUTION_MS)));
      if (run === watched) made += calls;
    });
  const clear = () => {
    latenciesMs.length = 0;
    delaysMs.length = 0;
  };
  /** Latencies of all calls; of the event loop's delays the median over blocks. */
  const seen = () => ({
    latencyMs: { p50: quantile(latenciesMs, 0.5), p99: quantile(latenciesMs, 0.99) },
    delayMs: { p50: median(delaysMs.map(([p50]) => p50)), p99: median(delaysMs.map(([, p99]) => p99)) },
  });
  return { side, clear, seen };
}

const loads = { bare: load(bare), unsampled: load(watched) };
const sides = Object.fromEntries(Object.entries(loads).map(([name, { side }]) => [name, side]));
const callMs = await callTimeMs(sides.bare, inFlight);
// All that are in flight run in one turn of the event loop: several turns, so that the timer comes between.
const calls = Math.max(4 * inFlight, Math.round(BLOCK_MS / callMs));
const blocks = Math.max(MIN_BLOCKS, Math.round((seconds * 1000) / (2 * calls * callMs)));
const figures = await besideYardstick(async () => {
  // As many before, of which nothing is kept: it takes a hundred thousand calls until all of it is optimised.
  await inTurns(sides, { calls, blocks, warmUp: 0 });
  for (const { clear } of Object.values(loads)) clear();
  const times = await inTurns(sides, { calls, blocks, warmUp: 0 });
  return Object.fromEntries(
    Object.entries(loads).map(([name, { seen }]) => [name, { perSecond: 1e9 / median(times[name]), ...seen() }]),
  );
});
checkWatched(opened, made);
console.log(JSON.stringify(figures));
await leave(opened);
