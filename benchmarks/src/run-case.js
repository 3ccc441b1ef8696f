// The child process: one case, timed or weighed, as one line of JSON.
import { context } from '@opentelemetry/api';
import { Bench } from 'tinybench';
import { CASES, rows, startTracing } from './cases.js';

const [name, what] = process.argv.slice(2);
const { parent, setup } = CASES[name];
const call = await setup(startTracing());
/** Calls a sample: the harness's own await is spread over them. */
const BATCH = 1000;

const batch = () =>
  context.with(parent, async () => {
    for (let i = 0; i < BATCH; i++) await call(rows[i & 1023]);
  });

if (what === 'time') {
  const bench = new Bench({ time: 600, warmupTime: 400 });
  bench.add(name, batch);
  const [task] = await bench.run();
  const { latency } = task.result;
  // Milliseconds of a batch to nanoseconds of a call.
  const ns = ms => (ms * 1e6) / BATCH;
  console.log(
    JSON.stringify({
      median: ns(latency.p50),
      p75: ns(latency.p75),
      min: ns(latency.min),
      samples: latency.samplesCount ?? latency.samples?.length,
    }),
  );
} else {
  // The young generation is large enough (flags of the parent) that nothing is collected meanwhile.
  for (let i = 0; i < 20; i++) await batch();
  globalThis.gc();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < 20; i++) await batch();
  const bytes = (process.memoryUsage().heapUsed - before) / (20 * BATCH);
  console.log(JSON.stringify({ bytes }));
}
process.exit(0);
