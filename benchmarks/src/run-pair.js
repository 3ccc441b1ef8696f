// The child process: one pair, its two sides in turns, as one line of JSON.
import { context, ROOT_CONTEXT, TraceFlags, trace } from '@opentelemetry/api';
import { startTracing } from './cases.js';
import { SETUPS } from './pair-setups.js';
import { median } from './rounds.js';

/** Blocks of each side that are timed, after as many to warm up. */
const BLOCKS = 60;

startTracing();
const unsampled = trace.setSpanContext(ROOT_CONTEXT, {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  spanId: 'b7ad6b7169203331',
  traceFlags: TraceFlags.NONE,
  isRemote: true,
});

await context.with(unsampled, async () => {
  const { calls, base, ours } = await SETUPS[process.argv[2]]();
  const block = async side => {
    const startMs = performance.now();
    await side(calls);
    return ((performance.now() - startMs) * 1e6) / calls;
  };
  const times = { base: [], ours: [] };
  for (let i = 0; i < 2 * BLOCKS; i++) {
    // Which one goes first changes each time.
    const first = i % 2 === 0 ? await block(base) : await block(ours);
    const second = i % 2 === 0 ? await block(ours) : await block(base);
    if (i < BLOCKS) continue;
    times.base.push(i % 2 === 0 ? first : second);
    times.ours.push(i % 2 === 0 ? second : first);
  }
  console.log(JSON.stringify({ base: median(times.base), ours: median(times.ours) }));
});
process.exit(0);
