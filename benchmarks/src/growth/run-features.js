// The child process: one monitor of so many features of one kind, as one line of JSON.
import { monitor } from '@driftspan/core';
import { context } from '@opentelemetry/api';
import { inTurns } from '../harness/blocks.js';
import { median } from '../harness/numbers.js';
import { parent, startTracing } from '../harness/tracing.js';
import { besideYardstick } from '../harness/yardstick.js';
import { measureCollections } from './collection.js';
import { weighStates } from './memory.js';
import { ANSWERS, grown, ROWS } from './models.js';
import { forgetMonitors, makeMonitors } from './monitors.js';

/** Features that are weighed together, over copies of the monitor: one of a single feature is too light to be weighed alone. */
const FEATURES_WEIGHED = 300;
const MOST_COPIES = 100;
/** Collections of each kind. */
const COLLECTIONS = 5;
/** Blocks of each side that are timed, and what one should take. */
const BLOCKS = 40;
/** Calls of each side before: a thousand features are 16 generated functions, whose optimisation waits for thousands of calls. */
const WARM_UP_CALLS = 6000;
/** What a process that has just started meets. */
const EARLY_CALLS = 100;
const BLOCK_NS = 1e6;
/** About what a call takes at most, for the size of blocks. */
const CALL_NS = 600;
const FEATURE_NS = 40;

const [kind, size] = process.argv[2].split('-');
const count = Number(size);
const copies = Math.min(MOST_COPIES, Math.max(1, Math.round(FEATURES_WEIGHED / count)));

const model = await grown(kind, count);
const rows = Array.from({ length: ROWS }, model.row);

const memory = await weighStates(model, copies, rows);
const timed = await besideYardstick(async () => {
  const { constructionMs, firstCallMs } = makeMonitors(model, copies, rows);
  forgetMonitors();
  const collection = await measureCollections(makeMonitors(model, 1, rows).turn, COLLECTIONS);
  forgetMonitors();
  return {
    construction: { medianMs: median(constructionMs), firstCallMs: median(firstCallMs) },
    collection,
    call: await timeCalls(),
  };
});
console.log(JSON.stringify({ memory, ...timed }));
process.exit(0);

/** ns a call: the model alone, watched by generated code, and by the loop that needs none; and of the last two over their first calls. */
async function timeCalls() {
  startTracing();
  const answer = async () => ANSWERS[0];
  const calling = fn => async calls => {
    for (let i = 0; i < calls; i++) await fn(rows[i & (ROWS - 1)]);
  };
  const sides = {
    bare: calling(answer),
    generated: calling(monitor(answer, model.options('generated'))),
    loop: calling(monitor(answer, model.options('loop', { codegen: false }))),
  };
  const calls = Math.max(4, Math.round(BLOCK_NS / (CALL_NS + count * FEATURE_NS)));
  const warmUp = Math.max(BLOCKS, Math.ceil(WARM_UP_CALLS / calls));
  return context.with(parent(false), async () => {
    const early = await inTurns(
      { generated: sides.generated, loop: sides.loop },
      { calls: EARLY_CALLS, blocks: 1, warmUp: 0 },
    );
    const times = await inTurns(sides, { calls, blocks: BLOCKS, warmUp });
    return { ...medians(times), early: medians(early) };
  });
}

function medians(times) {
  return Object.fromEntries(Object.entries(times).map(([side, blocks]) => [side, median(blocks)]));
}
