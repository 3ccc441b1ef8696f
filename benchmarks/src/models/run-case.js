// The child process: one model with one size of input, a call at a time, as one line of JSON. `node run-case.js CASE OPTIONS`
import { context } from '@opentelemetry/api';
import { inTurns } from '../harness/blocks.js';
import { median } from '../harness/numbers.js';
import { parent, startTracing } from '../harness/tracing.js';
import { besideYardstick } from '../harness/yardstick.js';
import { callTimeMs } from './call-time.js';
import { CASES } from './models.js';
import { answerAtOnce, checkWatched, leave, letGo, openSession } from './sessions.js';

const [name, json] = process.argv.slice(2);
const { baselines, seconds, ...where } = JSON.parse(json);
const { model, size, threads, warmUpCalls = 0 } = CASES[name];

startTracing();
const opened = await openSession(model, { size, threads, baseline: `${baselines}/${model}.json`, ...where });
const { bare, watched, feeds } = opened;
const isKept = where.outputs === 'gpu-buffer';
let made = 0;

/** Calls one after the other, under a parent that was sampled or not. */
function side(run, isSampled) {
  let at = 0;
  const next = () => feeds[at++ % feeds.length];
  return calls =>
    context.with(parent(isSampled), async () => {
      if (isKept) for (let i = 0; i < calls; i++) letGo(await run(next()));
      else for (let i = 0; i < calls; i++) await run(next());
      if (run === watched) made += calls;
    });
}
/** The bare one stands twice: how far it is from itself is the machine's noise. */
const sides = {
  bare: side(bare, false),
  unsampled: side(watched, false),
  sampled: side(watched, true),
  again: side(bare, false),
};

/** A block is long beside a timer's tick and short beside what else the machine does. */
const BLOCK_MS = 8;
const MAX_CALLS = 500;
/** With fewer, a median says nothing; with more, nothing new. */
const [MIN_BLOCKS, MAX_BLOCKS] = [3, 100];

/** Blocks of such a length and number that all sides together take about so many seconds. */
async function timed(seconds) {
  const callMs = await callTimeMs(sides.bare);
  const calls = Math.max(1, Math.min(MAX_CALLS, Math.round(BLOCK_MS / callMs)));
  const roundMs = callMs * calls * Object.keys(sides).length;
  const wanted = Math.floor((seconds * 1000) / roundMs);
  const blocks = Math.max(MIN_BLOCKS, Math.min(MAX_BLOCKS, wanted));
  // What takes long runs as fast the second time.
  const warmUp = Math.max(Math.ceil(warmUpCalls / calls), Math.min(blocks, Math.max(1, Math.round(wanted / 2))));
  const times = await inTurns(sides, { calls, blocks, warmUp });
  return Object.fromEntries(Object.entries(times).map(([side, blocks]) => [side, median(blocks)]));
}

const figures = await besideYardstick(async () => {
  const ns = await timed(seconds);
  const restore = await answerAtOnce(opened);
  const atOnce = await timed(Math.min(seconds, 1));
  restore();
  return { ns, atOnce };
});
checkWatched(opened, made);
const first = feeds[0][opened.session.inputNames[0]];
console.log(JSON.stringify({ dims: first.dims, ...figures }));
await leave(opened);
