// In the child: one case, timed or weighed, as one line of JSON.
import { setImmediate } from 'node:timers/promises';
import { Bench } from 'tinybench';
import { quantile } from '../harness/numbers.js';
import { tracingWith } from '../harness/tracing-with.js';
import { besideYardstick } from '../harness/yardstick.js';
import { rows } from './rows.js';
import { setupsWith } from './setups.js';
import { CASES } from './titles.js';
import { weigh } from './weigh.js';

/** Calls a sample: the harness's own await is spread over them. */
const BATCH = 1000;
/** Of spans without a parent. */
const ROOT_SHARE = 0.01;
/** How long a case is warmed up and timed, ms. */
const LONG = { warmupTime: 400, time: 600 };
const SHORT = { warmupTime: 200, time: 200 };
/** What a call gave, kept for all to see: an answer that nobody could ask for would never be made. */
export const met = { answer: undefined };
/**
 * Which of the batches of a process stands for it, as a share of those that are faster. What else the machine does makes batches slower and none faster, and
 * half of those that allocate most may be so. A scavenge, which falls on one batch in four or more, is left out, to the good of what allocates.
 */
const USUAL = 0.1;

/** @param {object} packages `api`, `asyncHooks`, `core`, `sdkMetrics`, `sdkTrace` and `sketch`. */
export async function measureCase(packages, [name, what, length]) {
  const { api, sdkTrace } = packages;
  const { parent, transferred } = CASES[name];
  if (transferred) transferBuffer();
  const tracing = tracingWith(packages);
  const sampler = parent === 'none' ? new sdkTrace.TraceIdRatioBasedSampler(ROOT_SHARE) : undefined;
  const call = await setupsWith(packages)[name](tracing.startTracing({ sampler }));
  const active = parent === 'none' ? api.ROOT_CONTEXT : tracing.parent(parent === 'sampled');
  const calls = callsOf(CASES[name], call);
  const batch = () => api.context.with(active, calls);
  const figures =
    what === 'time' ? await besideYardstick(() => time(name, batch, length)) : { bytes: (await weigh(batch)) / BATCH };
  console.log(JSON.stringify(figures));
  process.exit(0);
}

/** A batch of calls, as the case makes them. */
function callsOf({ sync, awaited, hot }, call) {
  const last = hot ? 0 : rows.length - 1;
  if (awaited) {
    return async () => {
      for (let i = 0; i < BATCH; i++) {
        await undefined;
        met.answer = call(rows[i & last]);
      }
    };
  }
  if (sync) {
    return () => {
      for (let i = 0; i < BATCH; i++) met.answer = call(rows[i & last]);
    };
  }
  return async () => {
    for (let i = 0; i < BATCH; i++) met.answer = await call(rows[i & last]);
  };
}

/** As a message to a worker does, or a `fetch` whose body is read. From then on optimised code asks of each typed array whether it is still there. */
function transferBuffer() {
  const buffer = new ArrayBuffer(8);
  structuredClone(buffer, { transfer: [buffer] });
}

async function time(name, batch, length) {
  const bench = new Bench({ ...(length === 'short' ? SHORT : LONG), throws: true, retainSamples: true });
  // What a batch left to timers is done between two, and in no measurement: spans that wait fill their queue otherwise, and are dropped.
  bench.add(name, batch, { afterEach: () => setImmediate() });
  const [task] = await bench.run();
  const { latency } = task.result;
  // Milliseconds of a batch to nanoseconds of a call.
  const ns = ms => (ms * 1e6) / BATCH;
  const usual = ns(quantile(latency.samples, USUAL));
  return { usual, median: ns(latency.p50), p75: ns(latency.p75), min: ns(latency.min), samples: latency.samplesCount };
}
