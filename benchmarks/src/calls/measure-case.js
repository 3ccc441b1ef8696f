// In the child: one case, timed or weighed, as one line of JSON.
import { Bench } from 'tinybench';
import { tracingWith } from '../harness/tracing-with.js';
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
/** @param {object} packages `api`, `asyncHooks`, `core`, `sdkMetrics`, `sdkTrace` and `sketch`. */
export async function measureCase(packages, [name, what, length]) {
  const { api, sdkTrace } = packages;
  const { parent, sync, hot } = CASES[name];
  const tracing = tracingWith(packages);
  const sampler = parent === 'none' ? new sdkTrace.TraceIdRatioBasedSampler(ROOT_SHARE) : undefined;
  const call = await setupsWith(packages)[name](tracing.startTracing({ sampler }));
  const active = parent === 'none' ? api.ROOT_CONTEXT : tracing.parent(parent === 'sampled');
  const last = hot ? 0 : rows.length - 1;
  const calls = sync
    ? () => {
        for (let i = 0; i < BATCH; i++) call(rows[i & last]);
      }
    : async () => {
        for (let i = 0; i < BATCH; i++) await call(rows[i & last]);
      };
  const batch = () => api.context.with(active, calls);
  const met = what === 'time' ? await time(name, batch, length) : { bytes: (await weigh(batch)) / BATCH };
  console.log(JSON.stringify(met));
  process.exit(0);
}

async function time(name, batch, length) {
  const bench = new Bench({ ...(length === 'short' ? SHORT : LONG), throws: true });
  bench.add(name, batch);
  const [task] = await bench.run();
  const { latency } = task.result;
  // Milliseconds of a batch to nanoseconds of a call.
  const ns = ms => (ms * 1e6) / BATCH;
  return { median: ns(latency.p50), p75: ns(latency.p75), min: ns(latency.min), samples: latency.samplesCount };
}
